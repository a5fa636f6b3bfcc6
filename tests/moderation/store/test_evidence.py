"""Copies of text: each version once, with its hash, whatever the text is made of."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import select

from moderation.ports import Line
from moderation.service import open_case
from moderation.store import evidence
from moderation.store.evidence import Evidence
from tests.moderation.fakes import NOON, Bench, draft, message, reason, verdict


def test_each_version_of_a_line_is_kept_once(house: Bench) -> None:
    first = Line(message(1), "p_fern", NOON, "published", "first words")
    edited = Line(message(1), "p_fern", NOON, "published", "other words")
    with house.session() as session:
        case_id = open_case(
            session, house.runtime, ref=message(9), draft=draft("x"), verdict=verdict(reason()), held=True
        )
        evidence.copy_lines(session, case_id, [first, first], NOON)
        evidence.copy_lines(session, case_id, [edited, first], NOON + timedelta(minutes=1))
        rows = [row for row in evidence.of_case(session, case_id) if row.ref == message(1)]
    assert sorted(row.text for row in rows) == ["first words", "other words"]
    assert all(row.hash == hashlib.sha256(row.text.encode()).hexdigest() for row in rows)


def test_what_happens_to_the_room_changes_nothing(house: Bench) -> None:
    line = house.say(1, "keep this between us", state="held")
    with house.session() as session:
        open_case(session, house.runtime, ref=line.ref, draft=draft(line.text), verdict=verdict(reason()), held=True)
    house.host.lines.clear()
    with house.session() as session:
        assert session.scalars(select(Evidence.text)).all() == ["keep this between us"]
