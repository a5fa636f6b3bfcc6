"""Evaluation is live chat: the same lines, posted to a real room and replayed, get the same verdicts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from community import clock
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
from tests.factories import People

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
    ("ash-lark", "send me a pic of you"),
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
        "score": round(verdict.score, 6),
        "nudge": verdict.nudge,
        "reasons": [(reason.rule_id, reason.tier, reason.signals, len(reason.refs)) for reason in verdict.reasons],
        "findings": [
            (found.rule_id, found.span, [names.get(one, one) for one in found.target_ids]) for found in verdict.findings
        ],
        "remembered": {(seen.signal, names.get(seen.target_id or "", seen.target_id)) for seen in verdict.observations},
    }


def test_a_live_room_and_a_replay_say_the_same(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.room()
    cast = {
        "ash-lark": people.member("ash-lark", days=2),
        "ember-owl": people.member("ember-owl", days=60),
        "teal-finch": people.member("teal-finch", days=60),
        "Staff Robin": people.staff(Duty.CASE_READ, name="Staff Robin"),
    }
    live: list[Verdict] = []
    real = moderation.screen

    def watched(*asked: Any) -> Verdict:
        live.append(real(*asked))
        return live[-1]

    monkeypatch.setattr(moderation, "screen", watched)
    start = clock.now()
    for number, (who, text) in enumerate(LINES):
        parcel = Parcel(cast[who].actor.session_id, SendMessage("talk", f"c-{number}", text))
        with people.house.database.writing() as session:
            post(
                session,
                people.house.runtime,
                [parcel],
                now=start + timedelta(seconds=30 * number),
                lasting=people.house.lasting,
            )

    about = {
        name: {"role": "staff" if name == "Staff Robin" else "youth", "band": "16-17", "tenure_days": days}
        for name, days in (("ash-lark", 2), ("ember-owl", 60), ("teal-finch", 60), ("Staff Robin", 400))
    }
    messages = [{"from": who, "t": number / 2, "text": text} for number, (who, text) in enumerate(LINES)]
    case = case_from({"participants": about, "messages": messages}, "live")
    book: Rulebook = load()
    names = {someone.account.public_id: name for name, someone in cast.items()}
    replayed = [told(verdict, {}) for _, verdict in verdicts(case, book)]
    assert len(live) == len(LINES)
    assert {verdict.action for verdict in live} == {"publish", "nudge", "hold"}
    for line, one, other in zip(LINES, [told(verdict, names) for verdict in live], replayed, strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=1e-3), line
        assert one | {"score": 0} == other | {"score": 0}, line
