"""While a case that can't wait is open, its author's lines to the same youth wait for a person (detection.md E4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from community.rooms.models import Message
from community.safety.models import Notice, Restriction
from moderation.core.leaning import Lean
from moderation.core.model import Tier
from moderation.store.cases import Case, CaseKind, CaseState, Flag
from tests.factories import People, Someone

THREAT = "@paper-comet send the money by tonight or i show everyone your picture"


@dataclass
class Between:
    """A writer whose threat to a youth waits for a person, and others in the room."""

    people: People
    writer: Someone
    youth: Someone
    friend: Someone
    rowan: Someone
    room: Any
    count: int = field(default=0)

    def say(self, who: Someone, text: str, **more: Any) -> dict[str, Any]:
        self.count += 1
        sent = {"room": "talk", "client_id": f"c-{self.count}", "text": text, **more}
        answer: dict[str, Any] = who.socket().emit("message:send", sent, callback=True)
        return answer

    def rows(self, model: Any) -> list[Any]:
        with self.people.house.database.reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def case(self) -> Case:
        (case,) = (one for one in self.rows(Case) if one.kind is CaseKind.CONDUCT)
        assert isinstance(case, Case)
        return case

    def decide(self, **fields: str) -> int:
        case = self.case()
        page = self.rowan.http.get(f"/desk/cases/{case.id}").get_data(as_text=True)
        lines = dict.fromkeys(re.findall(r'name="(line-message:\d+)"', page), "")
        ready = {
            "version": str(case.version),
            "guideline": "threats",
            "confidence": "high",
            "reason": "Read all of it.",
        }
        answer = self.rowan.post(f"/desk/cases/{case.id}/decide", **{**ready, **lines, "then": "stay", **fields})
        return int(answer.status_code)


@pytest.fixture
def between(people: People, monkeypatch: pytest.MonkeyPatch) -> Between:
    # What is tested is the case, not how an ordinary line happens to sound after a threat.
    monkeypatch.setattr("moderation.core.screen.lean", lambda *_args, **_more: Lean())
    people.room()
    writer, youth, friend = (people.member(name) for name in ("fern-signal", "paper-comet", "kite-mango"))
    made = Between(people, writer, youth, friend, people.moderator(name="Rowan"), youth.socket())
    made.room.emit("room:join", {"room": "talk", "after": None}, callback=True)
    made.say(youth, "hi all")
    assert made.say(writer, THREAT)["state"] == "held"
    assert made.case().tier is Tier.P0
    return made


def test_further_lines_to_that_youth_wait_with_it_and_nobody_is_told_why(between: Between) -> None:
    first = between.say(between.youth, "still here")
    for text, more in (("@paper-comet hello", {}), ("hey", {"reply_to": first["message"]["id"]}), ("you up", {})):
        assert between.say(between.writer, text, **more)["state"] == "held"
    assert "hello" not in str(between.room.get_received())
    page = between.writer.http.get("/rooms/talk").get_data(as_text=True)
    assert page.count("Waiting for a staff check") >= 4
    assert "case" not in re.sub(r"<[^>]+>|data-\w+", "", page.split("<main", 1)[1].split("<script", 1)[0])
    assert between.rows(Restriction) == []
    assert [one.kind for one in between.rows(Notice)] == ["choice-threat"]
    assert [flag.rule_id for flag in between.rows(Flag)][-3:] == ["case-still-open"] * 3
    assert between.case().tier is Tier.P0


def test_lines_to_others_and_by_others_go_on(between: Between) -> None:
    other = between.say(between.friend, "who likes soccer")
    assert between.say(between.writer, "me", reply_to=other["message"]["id"])["state"] == "published"
    assert between.say(between.writer, "@kite-mango hi")["state"] == "published"
    assert between.say(between.writer, "@Rowan why does my message wait")["state"] == "published"
    assert between.say(between.friend, "@paper-comet hello")["state"] == "published"
    assert between.say(between.youth, "@fern-signal stop")["state"] == "published"


def test_one_decision_lets_all_of_them_go_and_the_next_one_is_free(between: Between) -> None:
    between.say(between.writer, "@paper-comet hello")
    assert between.decide() == 422, "nothing that waits is swept away"
    assert between.decide(**{"all-held": "release", "guideline": "no-concern"}) == 303
    assert between.case().state is CaseState.DECIDED
    assert {message.state for message in between.rows(Message)} == {"published"}
    assert between.say(between.writer, "@paper-comet so")["state"] == "published"
    undo = re.search(r"/desk/decisions/\d+/undo", between.rowan.http.get("/desk/cases/1").get_data(as_text=True))
    assert undo is not None
    between.rowan.post(undo[0])
    assert between.say(between.writer, "@paper-comet and now")["state"] == "held"


def test_what_is_kept_down_frees_the_lines_after_it_too(between: Between) -> None:
    assert between.decide(**{"all-held": "remove", "told": "Not here."}) == 303
    assert between.say(between.writer, "@paper-comet sorry")["state"] == "published"


def test_a_case_that_can_wait_holds_no_other_line(between: Between) -> None:
    with between.people.house.database.writing() as session:
        case = session.get_one(Case, between.case().id)
        case.tier = Tier.P1
    assert between.say(between.writer, "@paper-comet hello")["state"] == "published"


def test_care_for_the_writer_is_never_held_up(between: Between) -> None:
    assert between.say(between.writer, "@paper-comet i want to kill myself")["state"] == "held"
    assert {case.kind for case in between.rows(Case)} == {CaseKind.CONDUCT, CaseKind.CARE}
    assert "care-self" in {notice.kind for notice in between.rows(Notice)}


def test_what_a_threat_asks_for_stays_and_says_that_a_person_has_looked(between: Between) -> None:
    before = between.youth.http.get("/rooms/talk").get_data(as_text=True)
    between.decide(**{"line-message:2": "remove", "told": "Not here."})
    after = between.youth.http.get("/rooms/talk").get_data(as_text=True)
    for page, looked in ((before, False), (after, True)):
        assert "Don&#39;t pay." in page
        assert ("A person on the team has looked. This message stays out of the room." in page) is looked
