"""Evaluation is live chat: the same lines, posted to a real room and replayed, get the same verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from community import clock
from community.accounts.lasting import Lasting
from community.rooms.admission import Parcel, SendMessage
from community.rooms.posting import post
from moderation import service as moderation
from moderation.core.duties import Duty
from moderation.core.model import Verdict
from moderation.core.remembering import NEWEST
from moderation.core.rules import Rulebook
from moderation.evaluate.cases import case_from
from moderation.evaluate.replay import verdicts
from moderation.rulebook import load
from tests.factories import People, Someone

FOREVER = Lasting(idle=timedelta(days=3650), longest=timedelta(days=3650))

LINES = (
    ("ash-lark", "hey, new here"),
    ("ember-owl", "hi! i have nowhere to sleep tonight"),
    ("ash-lark", "@ember-owl my number is 212-555-0163"),
    ("ash-lark", "add me on snap"),
    ("ash-lark", "@ember-owl you can stay with me, dont tell staff"),
    ("Staff Robin", "@ember-owl the shelter on 3rd has beds"),
    ("ash-lark", "add me on snap"),
    ("teal-finch", "@staff robin @ash lark hi both"),
    ("ash-lark", "keep it between us ok"),
    ("ember-owl", "idk"),
    ("teal-finch", "hm"),
    ("ash-lark", "hey ember, send me a pic of you"),
    ("Staff Robin", "text me at 555-0163, dont tell your case manager"),
    *((("ember-owl", "teal-finch")[n % 2], f"line {n}") for n in range(21)),
    *((("ash-lark", "@ember-owl add me on snap"), ("ember-owl", "no"))[n % 2] for n in range(2 * NEWEST + 4)),
    ("ash-lark", "i can pick you up tonight"),
    ("teal-finch", "@ash-lark does your mom check your phone"),
    ("ember-owl", "@teal-finch @staff robin you don't need them"),
    ("teal-finch", "@ember-owl psa: if someone asks you to keep it between us, tell staff"),
)


def told(verdict: Verdict, names: dict[str, str]) -> dict[str, Any]:
    """A verdict without what numbers messages and accounts differently."""
    return {
        "action": verdict.action,
        "tier": verdict.tier,
        "routes": verdict.routes,
        "score": pytest.approx(verdict.score, abs=1e-3),
        "nudge": verdict.nudge,
        "reasons": [(reason.rule_id, reason.tier, reason.signals, len(reason.refs)) for reason in verdict.reasons],
        "findings": [
            (found.rule_id, found.span, [names.get(one, one) for one in found.target_ids]) for found in verdict.findings
        ],
        "remembered": {(seen.signal, names.get(seen.target_id or "", seen.target_id)) for seen in verdict.observations},
    }


# Two who answer each other for six weeks, one who answers and is never answered, and then the same offer of each.
WEEKS = (
    *(
        (10 * 24 * 60 * turn + minute, who, text)
        for turn in range(5)
        for minute, who, text in (
            (0, "ember-owl", "@teal-finch good game today"),
            (1, "teal-finch", "@ember-owl thanks you too"),
            (2, "moss-wren", "@teal-finch well played"),
        )
    ),
    (41 * 24 * 60, "ember-owl", "@teal-finch i got a job for you, pays good"),
    (41 * 24 * 60 + 1, "moss-wren", "@teal-finch i got a job for you, pays good"),
)


def test_a_live_room_and_a_replay_know_the_same_ties(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = {name: people.member(name, days=60) for name in ("ember-owl", "teal-finch", "moss-wren")}
    live, replayed = both(people, monkeypatch, cast, WEEKS)
    assert live == replayed
    friend, stranger = ([rule for rule, *_ in verdict["reasons"]] for verdict in live[-2:])
    assert "r12-long-tie" in friend
    assert "r12-long-tie" not in stranger


def test_a_live_room_and_a_replay_say_the_same(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = {
        "ash-lark": people.member("ash-lark", days=2),
        "ember-owl": people.member("ember-owl", days=60),
        "teal-finch": people.member("teal-finch", days=60),
        "Staff Robin": people.staff(Duty.CASE_READ, name="Staff Robin"),
    }
    timed = [(number / 2, who, text) for number, (who, text) in enumerate(LINES)]
    live, replayed = both(people, monkeypatch, cast, timed)
    assert {verdict["action"] for verdict in live} == {"publish", "nudge", "hold"}
    for line, one, other in zip(LINES, live, replayed, strict=True):
        assert one == other, line


def both(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    cast: dict[str, Someone],
    lines: Sequence[tuple[float, str, str]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a live room and a replay say of the same lines (minute, writer, text)."""
    people.room()
    live: list[Verdict] = []
    real = moderation.screen

    def watched(*asked: Any) -> Verdict:
        live.append(real(*asked))
        return live[-1]

    monkeypatch.setattr(moderation, "screen", watched)
    start, days = clock.now(), {}
    for number, (minute, who, text) in enumerate(lines):
        parcel = Parcel(cast[who].actor.session_id, SendMessage("talk", f"c-{number}", text))
        now = start + timedelta(minutes=minute)
        with people.house.database.writing() as session:
            post(session, people.house.runtime, [parcel], now=now, lasting=FOREVER)
    for name, someone in cast.items():
        days[name] = round((start - someone.account.created_at) / timedelta(days=1))
    about = {
        name: {
            "role": "youth" if someone.account.kind == "member" else "staff",
            "band": "16-17",
            "tenure_days": days[name],
        }
        for name, someone in cast.items()
    }
    messages = [{"from": who, "t": minute, "text": text} for minute, who, text in lines]
    book: Rulebook = load()
    names = {someone.account.public_id: name for name, someone in cast.items()}
    case = case_from({"participants": about, "messages": messages}, "live")
    replayed = [told(verdict, {}) for _, verdict in verdicts(case, book)]
    assert len(live) == len(lines)
    return [told(verdict, names) for verdict in live], replayed
