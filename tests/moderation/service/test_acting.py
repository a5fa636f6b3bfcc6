"""Taking, letting go, showing and noting: one holder at a time, every look written down, nobody on their own case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.core.duties import Duty
from moderation.service import claim, count_shown, look, note, open_case, report, reveal, unclaim, verify_audit
from moderation.service.errors import (
    BadField,
    CaseClosed,
    ClaimTaken,
    NoSuchCase,
    NotAllowed,
    Refused,
)
from moderation.store.audit import AuditRow
from moderation.store.cases import Case, CaseEvent, CaseState
from moderation.store.evidence import Evidence
from tests.moderation.fakes import AVERY, NOON, ROWAN, Bench, draft, message, reason, verdict


@pytest.fixture
def case_id(house: Bench) -> int:
    house.say(9, "i can pick you up", state="held")
    with house.session() as session:
        return open_case(session, house.runtime, ref=message(9), draft=draft(), verdict=verdict(reason()), held=True)


def stored(house: Bench, case_id: int) -> Case:
    with house.session() as session:
        return session.get_one(Case, case_id)


def test_one_of_two_gets_it_and_the_other_hears_who_and_until_when(house: Bench, case_id: int) -> None:
    with house.session() as session:
        until = claim(session, house.runtime, ROWAN, case_id)
    with pytest.raises(ClaimTaken) as taken, house.session() as session:
        claim(session, house.runtime, AVERY, case_id)
    assert (taken.value.holder, taken.value.until) == ("p_rowan", NOON + timedelta(minutes=15))
    assert until == taken.value.until
    assert stored(house, case_id).claimed_by == "p_rowan"


def test_a_lease_renews_with_activity_and_ends_by_itself(house: Bench, case_id: int) -> None:
    with house.session() as session:
        claim(session, house.runtime, ROWAN, case_id)
    house.later(minutes=14)
    with house.session() as session:
        note(session, house.runtime, ROWAN, case_id, "reading")
    assert stored(house, case_id).claimed_until == house.now[0] + timedelta(minutes=15)
    house.later(minutes=15)
    with house.session() as session:
        claim(session, house.runtime, AVERY, case_id)
    assert stored(house, case_id).claimed_by == "p_avery"
    assert stored(house, case_id).looked_at == NOON


def test_letting_go_frees_it_for_others_only_by_its_holder(house: Bench, case_id: int) -> None:
    with house.session() as session:
        claim(session, house.runtime, ROWAN, case_id)
    with pytest.raises(ClaimTaken), house.session() as session:
        unclaim(session, house.runtime, AVERY, case_id)
    with house.session() as session:
        unclaim(session, house.runtime, ROWAN, case_id)
        claim(session, house.runtime, AVERY, case_id)
    assert stored(house, case_id).claimed_by == "p_avery"


def test_a_closed_case_cannot_be_taken(house: Bench, case_id: int) -> None:
    with house.session() as session:
        case = session.get_one(Case, case_id)
        case.state, case.decided_by, case.decided_at = CaseState.DECIDED, "p_x", NOON
    with pytest.raises(CaseClosed), house.session() as session:
        claim(session, house.runtime, ROWAN, case_id)


def test_every_look_at_a_case_or_a_line_is_in_the_audit(house: Bench, case_id: int) -> None:
    with house.session() as session:
        line = session.scalars(select(Evidence)).one()
        look(session, house.runtime, ROWAN, case_id)
        assert reveal(session, house.runtime, ROWAN, line.id) == "i can pick you up"
        events = session.execute(select(AuditRow.event, AuditRow.subject).order_by(AuditRow.id.desc()).limit(2)).all()
        assert [tuple(event) for event in events] == [
            ("evidence:shown", f"evidence:{line.id}"),
            ("case:opened-page", f"case:{case_id}"),
        ]
        assert verify_audit(session) is None
        assert count_shown(session, ROWAN.id, NOON - timedelta(days=1)) == 1
        assert count_shown(session, AVERY.id, NOON - timedelta(days=1)) == 0
        written = [*session.scalars(select(AuditRow.data)), *map(str, session.scalars(select(CaseEvent.data)))]
    assert not any("pick you up" in data for data in written)


@pytest.mark.parametrize("person", ["p_fern", "p_slow", "p_reporter"])
def test_nobody_touches_a_case_they_are_in(house: Bench, case_id: int, person: str) -> None:
    with house.session() as session:
        report(session, house.runtime, ref=message(9), reporter_id="p_reporter", topic="offer", note="", at=NOON)
        line = session.scalars(select(Evidence.id)).one()
    insider = replace(ROWAN, id=person)
    for act in (
        lambda s: claim(s, house.runtime, insider, case_id),
        lambda s: unclaim(s, house.runtime, insider, case_id),
        lambda s: look(s, house.runtime, insider, case_id),
        lambda s: reveal(s, house.runtime, insider, line),
        lambda s: note(s, house.runtime, insider, case_id, "x"),
    ):
        with pytest.raises(NoSuchCase), house.session() as session:
            act(session)


def test_without_the_duty_nothing_opens(house: Bench, case_id: int) -> None:
    other = replace(ROWAN, duties=frozenset({Duty.LISTING_REVIEW}))
    with house.session() as session:
        line = session.scalars(select(Evidence.id)).one()
    for act in (
        lambda s: claim(s, house.runtime, other, case_id),
        lambda s: look(s, house.runtime, other, case_id),
        lambda s: reveal(s, house.runtime, other, line),
        lambda s: note(s, house.runtime, other, case_id, "x"),
    ):
        with pytest.raises(NotAllowed), house.session() as session:
            act(session)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_note_needs_words(house: Bench, case_id: int, text: str) -> None:
    with pytest.raises(BadField) as bad, house.session() as session:
        note(session, house.runtime, ROWAN, case_id, text)
    assert bad.value.field == "note"


def test_what_is_not_there_is_said_so(house: Bench) -> None:
    with house.session() as session:
        for act in (claim, unclaim, look, reveal):
            with pytest.raises(NoSuchCase):
                act(session, house.runtime, ROWAN, 404)


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in Refused.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert all(code == code.lower() and " " not in code and "_" not in code for code in codes)
