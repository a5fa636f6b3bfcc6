"""A newcomer makes a private offer over several messages: it is held, people are offered choices, staff decide."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from community import clock
from community.rooms.changing import take_down
from community.rooms.models import Message
from community.safety.models import Notice, Restriction
from moderation.service import verify_audit
from moderation.store.cases import Case, CaseState
from moderation.store.evidence import Evidence
from tests.factories import People, Someone

SEQUENCES = {
    "en": (
        "hey @paper-comet i know a gig, easy money, no experience needed",
        "@paper-comet i can pick u up and drive u there",
    ),
    "es": ("@paper-comet tengo un trabajo para ti, buena paga", "@paper-comet yo paso por ti y te llevo"),
}


@dataclass
class Story:
    people: People
    newcomer: Someone
    youth: Someone
    watcher: Any
    answers: list[dict[str, Any]]

    def case(self) -> Case:
        with self.people.house.database.reading() as session:
            return session.scalars(select(Case)).one()

    def rows(self, model: Any) -> list[Any]:
        with self.people.house.database.reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))


@pytest.fixture(params=SEQUENCES)
def story(people: People, request: pytest.FixtureRequest) -> Story:
    people.room()
    youth, newcomer = people.member("paper-comet"), people.member("fern-signal", days=2)
    watcher = youth.socket()
    watcher.emit("room:join", {"room": "talk", "after": None}, callback=True)
    youth.socket().emit("message:send", {"room": "talk", "client_id": "y", "text": "hi all"}, callback=True)
    sending = newcomer.socket()
    answers = [
        sending.emit("message:send", {"room": "talk", "client_id": f"n{i}", "text": text}, callback=True)
        for i, text in enumerate(SEQUENCES[request.param])
    ]
    return Story(people, newcomer, youth, watcher, answers)


def test_no_single_line_would_do_but_the_sequence_is_held(story: Story) -> None:
    assert [answer["state"] for answer in story.answers] == ["published", "held"]
    assert story.case().tier.value == "P1"


def test_the_room_never_sees_the_line_that_crosses(story: Story) -> None:
    held = story.answers[-1]["message"]["text"]
    frames = str(story.watcher.get_received())
    again = story.watcher.emit("room:join", {"room": "talk", "after": 0}, callback=True)
    page = story.youth.http.get("/rooms/talk").get_data(as_text=True)
    for seen in (frames, str(again), page):
        assert held not in seen
        assert str(story.answers[-1]["message"]["id"]) not in [str(m["id"]) for m in again["messages"]]


def test_the_sender_sees_waiting_and_calm_words(story: Story) -> None:
    page = story.newcomer.http.get("/rooms/talk").get_data(as_text=True)
    assert "Waiting for a staff check" in page
    assert not re.search(r"suspect|danger|recruit", page.split("<main", 1)[1], re.IGNORECASE)


def test_the_recipient_is_offered_choices(story: Story) -> None:
    notices = [n for n in story.rows(Notice) if n.account_id == story.youth.account.id]
    assert [n.kind for n in notices] == ["choice-held"]
    page = story.youth.http.get("/rooms/talk").get_data(as_text=True)
    assert "You did nothing wrong" in page
    assert story.youth.post(f"/notices/{notices[0].id}/choose", choice="look").status_code == 303
    assert (
        "pick u up" in (look := story.youth.http.get(f"/notices/{notices[0].id}/look").get_data(as_text=True))
        or "te llevo" in look
    )
    assert story.newcomer.http.get(f"/notices/{notices[0].id}/look").status_code == 404


def test_screening_alone_restricts_nobody(story: Story) -> None:
    assert story.rows(Restriction) == []
    assert [m.state for m in story.rows(Message)] == ["published", "published", "held"]
    more = story.newcomer.socket().emit(
        "message:send", {"room": "talk", "client_id": "z", "text": "anyone like music"}, callback=True
    )
    assert more["state"] == "published"


def test_covered_text_is_not_in_the_case_page(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    page = moderator.http.get(f"/desk/cases/{story.case().id}").get_data(as_text=True)
    for text in (a["message"]["text"] for a in story.answers):
        assert text.split("@paper-comet ")[-1] not in page
    line = story.rows(Evidence)[-1]
    shown = moderator.post(f"/desk/cases/{line.case_id}/lines/{line.id}").get_data(as_text=True)
    assert "<mark>" in shown
    assert line.text.split("@paper-comet ")[-1] in re.sub("</?mark>", "", shown)
    with story.people.house.database.reading() as session:
        assert verify_audit(session) is None


def _decide(story: Story, moderator: Someone, **fields: Any) -> Any:
    case = story.case()
    return moderator.post(
        f"/desk/cases/{case.id}/decide",
        version=case.version,
        guideline="private-offers",
        confidence="high",
        reason="New tie, private ride.",
        told="Offers like this can put people at risk.",
        then="stay",
        **fields,
    )


def test_a_decision_reaches_room_sender_and_notices_at_once(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    message_id = story.answers[-1]["message"]["id"]
    sender = story.newcomer.socket()
    sender.emit("room:join", {"room": "talk", "after": None}, callback=True)
    story.watcher.get_received()
    answer = _decide(
        story,
        moderator,
        **{
            f"line-message:{message_id}": "remove",
            f"break-{story.newcomer.id}": "24",
            f"care-{story.youth.id}": "yes",
            f"note-{story.youth.id}": "Hi, how are you doing?",
        },
    )
    assert answer.status_code == 303
    assert story.case().state is CaseState.DECIDED
    kinds = {n.kind for n in story.rows(Notice)}
    assert {"message-kept", "limit", "care-offer"} <= kinds
    refused = sender.emit("message:send", {"room": "talk", "client_id": "q", "text": "hello"}, callback=True)
    assert refused["error"] == "on-a-break"
    names = {event["name"] for event in sender.get_received()}
    assert {"message:changed", "notice:new"} <= names
    story.youth.socket().emit("message:send", {"room": "talk", "client_id": "y2", "text": "ok"}, callback=True)
    assert not [e for e in sender.get_received() if e["name"] == "room:changes"]
    assert story.newcomer.http.get("/help").status_code == 200
    assert "It ends by itself" in story.newcomer.http.get("/rooms/talk").get_data(as_text=True)


def test_a_release_appears_in_its_first_place_and_undo_takes_it_back(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    message_id = story.answers[-1]["message"]["id"]
    story.youth.socket().emit("message:send", {"room": "talk", "client_id": "y2", "text": "later line"}, callback=True)
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    joined = story.watcher.emit("room:join", {"room": "talk", "after": None}, callback=True)
    ids = [m["id"] for m in joined["messages"]]
    assert ids == sorted(ids)
    assert message_id in ids[:-1]
    assert moderator.post("/desk/decisions/1/undo").status_code == 303
    joined = story.watcher.emit("room:join", {"room": "talk", "after": None}, callback=True)
    assert [(m["state"], m["text"]) for m in joined["messages"] if m["id"] == message_id] == [("again", "")]
    assert story.case().state is CaseState.OPEN


def test_an_undone_release_is_said_as_it_is_to_room_and_author(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    message_id = story.answers[-1]["message"]["id"]
    words = story.answers[-1]["message"]["text"]
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    quoting = {"room": "talk", "client_id": "y3", "text": "why", "reply_to": message_id}
    story.youth.socket().emit("message:send", quoting, callback=True)
    assert moderator.post("/desk/decisions/1/undo").status_code == 303
    room = story.youth.http.get("/rooms/talk").get_data(as_text=True)
    own = story.newcomer.http.get("/rooms/talk").get_data(as_text=True)
    assert "This message is being checked again." in room
    assert words not in room
    assert "looking at this message again. For now, only you and staff see it." in own
    assert words in own
    for page in (room, own):
        assert "Staff took this message down" not in page.split('id="page-texts"')[0]
    told = [n.kind for n in story.rows(Notice) if n.account_id == story.newcomer.account.id]
    assert told == ["message-again"], "a note that is no longer so stays beside the new one"
    assert _decide(story, moderator, **{f"line-message:{message_id}": "remove"}).status_code == 303
    assert moderator.post("/desk/decisions/2/undo").status_code == 303
    joined = story.watcher.emit("room:join", {"room": "talk", "after": None}, callback=True)
    assert [(m["state"], m["text"]) for m in joined["messages"] if m["id"] == message_id] == [("again", "")]
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    assert words in story.youth.http.get("/rooms/talk").get_data(as_text=True)


def test_undoing_a_message_kept_down_brings_it_back_to_waiting_never_into_the_room(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    message_id = story.answers[-1]["message"]["id"]
    assert _decide(story, moderator, **{f"line-message:{message_id}": "remove"}).status_code == 303
    story.watcher.get_received()
    assert moderator.post("/desk/decisions/1/undo").status_code == 303
    assert [m.state for m in story.rows(Message) if m.id == message_id] == ["held"]
    assert story.watcher.get_received() == []
    assert [n.kind for n in story.rows(Notice) if n.account_id == story.newcomer.account.id][-1] == "message-again"


@pytest.mark.parametrize("missing", ["guideline", "confidence", "reason"])
def test_a_decision_without_its_reasons_changes_nothing(story: Story, missing: str) -> None:
    moderator = story.people.moderator(name="Rowan")
    case = story.case()
    fields = {"version": case.version, "guideline": "no-concern", "confidence": "low", "reason": "Fine."}
    fields[f"line-message:{story.answers[-1]['message']['id']}"] = "release"
    del fields[missing]
    assert moderator.post(f"/desk/cases/{case.id}/decide", **fields).status_code == 422
    assert [m.state for m in story.rows(Message)][-1] == "held"


def test_a_stale_decision_is_refused(story: Story) -> None:
    moderator = story.people.moderator(name="Rowan")
    case = story.case()
    story.newcomer.socket().emit(
        "message:send",
        {"room": "talk", "client_id": "n9", "text": "@paper-comet keep it between us, dont tell staff"},
        callback=True,
    )
    answer = moderator.post(
        f"/desk/cases/{case.id}/decide", version=case.version, guideline="care", confidence="low", reason="x"
    )
    assert answer.status_code == 409


def test_evidence_outlives_the_message(story: Story) -> None:
    message_id = story.answers[-1]["message"]["id"]
    before = [line.text for line in story.rows(Evidence)]
    assert story.newcomer.socket().emit("message:withdraw", {"id": message_id}, callback=True)["ok"]
    assert [line.text for line in story.rows(Evidence)] == before


def test_the_desk_hears_of_it_live(people: People) -> None:
    people.room()
    moderator = people.moderator()
    desk = moderator.socket()
    newcomer = people.member(days=1)
    newcomer.socket().emit(
        "message:send",
        {"room": "talk", "client_id": "t", "text": "send the money by tonight or i show everyone your picture"},
        callback=True,
    )
    events = [event["args"][0] for event in desk.get_received() if event["name"] == "case:changed"]
    assert [event["tier"] for event in events] == ["P0"]


def test_the_same_words_as_a_warning_open_nothing(people: People) -> None:
    people.room()
    survivor = people.member(days=1).socket()
    for number, text in enumerate(
        ("he told me to keep it between us and offered me a job with a ride", "it was a lie, be careful everyone")
    ):
        answer = survivor.emit("message:send", {"room": "talk", "client_id": f"s{number}", "text": text}, callback=True)
        assert answer["state"] == "published"
    with people.house.database.reading() as session:
        assert [case for case in session.scalars(select(Case)) if case.kind.value == "conduct"] == []


def _cards(story: Story) -> list[tuple[str, str | None]]:
    return [(n.kind, n.chosen) for n in story.rows(Notice) if n.account_id == story.youth.account.id]


@pytest.mark.parametrize(
    ("choice", "words"), [("remove", "stays out of the room"), ("release", "in the room now")], ids=["kept", "shown"]
)
def test_a_decided_card_goes_and_says_what_became_of_it(story: Story, choice: str, words: str) -> None:
    moderator, message_id = story.people.moderator(name="Rowan"), story.answers[-1]["message"]["id"]
    assert _decide(story, moderator, **{f"line-message:{message_id}": choice}).status_code == 303
    assert _cards(story) == [("choice-held", "decided"), ("held-decided", None)]
    page = story.youth.http.get("/rooms/talk").get_data(as_text=True)
    assert words in page
    assert "was held so a person could look first" not in page.split('id="page-data"')[0]
    assert "notice:new" in {event["name"] for event in story.watcher.get_received()}
    moderator.post("/desk/decisions/1/undo")
    assert _cards(story) == [("choice-held", None)]


@pytest.mark.parametrize(("chosen", "told"), [("not-look", False), ("handle", True)])
def test_who_chose_for_themself_hears_no_more_of_it(story: Story, chosen: str, told: bool) -> None:
    moderator, message_id = story.people.moderator(name="Rowan"), story.answers[-1]["message"]["id"]
    card = next(n for n in story.rows(Notice) if n.account_id == story.youth.account.id)
    story.youth.post(f"/notices/{card.id}/choose", choice=chosen)
    assert _decide(story, moderator, **{f"line-message:{message_id}": "remove"}).status_code == 303
    assert _cards(story) == [("choice-held", chosen), *([("held-decided", None)] if told else [])]


def test_who_blocked_the_writer_since_is_not_told_where_their_words_are(story: Story) -> None:
    moderator, message_id = story.people.moderator(name="Rowan"), story.answers[-1]["message"]["id"]
    story.youth.post(f"/people/{story.newcomer.id}/block")
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    assert _cards(story) == [("choice-held", "decided")]


def _seen(story: Story) -> str:
    return html.unescape(story.youth.http.get("/you").get_data(as_text=True))


@pytest.mark.parametrize("chosen", ["", "handle", "ok"], ids=["did not choose", "wanted us to", "read the first note"])
def test_a_later_decision_takes_back_what_was_told_of_the_earlier_one(story: Story, chosen: str) -> None:
    """Let through, then reported and taken down, then that taken back: always one note, and a true one."""
    moderator, message_id = story.people.moderator(name="Rowan"), story.answers[-1]["message"]["id"]
    card = next(n for n in story.rows(Notice) if n.account_id == story.youth.account.id)
    if chosen == "handle":
        story.youth.post(f"/notices/{card.id}/choose", choice="handle")
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    assert "It's in the room now" in _seen(story)
    if chosen == "ok":
        story.youth.post(f"/notices/{story.rows(Notice)[-1].id}/choose", choice="ok")
    friend = story.people.member("kite-mango")
    assert friend.post(f"/messages/{message_id}/report", topic="offer", also="none").status_code == 200
    case = story.rows(Case)[-1]
    fields = {"guideline": "private-offers", "confidence": "high", "reason": "Seen again.", "told": "Not here."}
    path = f"/desk/cases/{case.id}/decide"
    down = moderator.post(path, version=case.version, then="stay", **fields, **{f"line-message:{message_id}": "remove"})
    assert down.status_code == 303
    asked = ("choice-held", "handle" if chosen == "handle" else "decided")
    assert _cards(story) == [asked, ("held-decided", None)]
    assert "It's in the room now" not in _seen(story)
    assert "It's not in the room any more" in _seen(story)
    assert moderator.post("/desk/decisions/2/undo").status_code == 303
    assert _cards(story) == [asked, ("held-decided", None)]
    assert "It's in the room now" in _seen(story)
    assert "It's not in the room any more" not in _seen(story)


def test_who_blocked_the_writer_after_being_told_keeps_no_untrue_note(story: Story) -> None:
    moderator, message_id = story.people.moderator(name="Rowan"), story.answers[-1]["message"]["id"]
    assert _decide(story, moderator, **{f"line-message:{message_id}": "release"}).status_code == 303
    story.youth.post(f"/people/{story.newcomer.id}/block")
    with story.people.house.database.writing() as session:
        take_down(session, message_id, reason="x", guideline="kindness", now=clock.now())
    assert _cards(story) == [("choice-held", "decided")]
