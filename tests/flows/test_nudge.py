"""Personal facts: a word before sending, kept between the page and its writer."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from community.rooms.models import Message
from community.safety.models import Notice
from moderation.store.audit import AuditRow
from moderation.store.cases import Case
from moderation.store.observations import ObservationRow
from tests.factories import People

TEXT = "my number is 555 010 0142"


def _count(people: People, model: object) -> int:
    with people.house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0  # type: ignore[arg-type]


def test_nothing_of_a_nudge_is_stored(people: People) -> None:
    people.room()
    socket = people.member().socket()
    before = _count(people, AuditRow)
    answer = socket.emit("message:send", {"room": "talk", "client_id": "c", "text": TEXT}, callback=True)
    assert (answer["state"], answer["topic"]) == ("nudge", "phone")
    start, end = answer["spans"][0]
    assert "555 010 0142" in TEXT[start:end]
    again = socket.emit("message:send", {"room": "talk", "client_id": "c", "text": TEXT}, callback=True)
    assert again["state"] == "nudge"
    assert [_count(people, model) for model in (Message, Case, ObservationRow)] == [0, 0, 0]
    assert _count(people, AuditRow) == before


def test_what_a_nudged_text_would_say_about_its_writer_is_not_remembered(people: People) -> None:
    """The text above holds no signal to forget; this one does, and was never sent."""
    people.room()
    socket = people.member().socket()
    asking = {"room": "talk", "client_id": "c", "text": f"how old are you? {TEXT}"}
    assert socket.emit("message:send", asking, callback=True)["state"] == "nudge"
    assert _count(people, ObservationRow) == 0
    assert socket.emit("message:send", {**asking, "review": True}, callback=True)["state"] == "held"
    assert _count(people, ObservationRow) > 0, "sent to review it is: the first half of this test says something"


@pytest.mark.parametrize(
    ("words", "tier", "card"),
    [
        ("i want to kill myself tonight, my number is 555 010 0142", "P0", "care-self"),
        ("he said he will kill me tonight, im at 12 oak street", "P0", "care-now"),
        ("my stepdad hits me, call me at 555 010 0142", "P1", "care-harm"),
        ("my stepdad hits me and i want to kill myself", "P0", "care-self"),
        ("tomé muchas pastillas, mi número es 555 010 0142", "P0", "care-self"),
    ],
)
def test_who_tells_of_danger_reaches_the_team_at_once(people: People, words: str, tier: str, card: str) -> None:
    """A number in it is not shown to the room, and nobody is asked to edit first: they may not write twice."""
    people.room()
    writer, other = people.member(), people.member()
    answer = writer.socket().emit("message:send", {"room": "talk", "client_id": "c", "text": words}, callback=True)
    has_a_fact = any(letter.isdigit() for letter in words)
    assert answer["state"] == ("held" if has_a_fact else "published")
    assert (words in other.http.get("/rooms/talk").get_data(as_text=True)) is not has_a_fact
    with people.house.database.reading() as session:
        (case,) = session.scalars(select(Case))
        assert case.tier == tier
        assert session.scalars(select(Notice.kind).where(Notice.account_id == writer.account.id)).all() == [card]


def test_sending_to_review_holds_it_for_a_person(people: People) -> None:
    people.room()
    answer = (
        people.member()
        .socket()
        .emit("message:send", {"room": "talk", "client_id": "c", "text": TEXT, "review": True}, callback=True)
    )
    assert answer["state"] == "held"
    assert _count(people, Case) == 1


def test_without_javascript_the_page_asks_and_keeps_the_draft(people: People) -> None:
    people.room()
    page = people.member().post("/rooms/talk", text=TEXT, client_id="c").get_data(as_text=True)
    assert "That looks like a phone number" in page
    assert TEXT in page
