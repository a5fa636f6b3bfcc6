"""What telling us about a person, or blocking them, changes: their next doubtful line waits for a person."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from moderation.store.cases import Case
from tests.factories import People, Someone

DOUBTFUL = "@paper-comet i know a gig, easy money, no experience needed"


def send(person: Someone, text: str, client_id: str) -> dict[str, object]:
    answer: dict[str, object] = person.socket().emit(
        "message:send", {"room": "talk", "client_id": client_id, "text": text}, callback=True
    )
    return answer


@pytest.mark.parametrize("how", ["nothing", "report", "block", "mute"])
def test_a_doubtful_line_waits_once_somebody_spoke_against_its_writer(people: People, how: str) -> None:
    people.room()
    ana, ben, cleo = people.member("paper-comet"), people.member(), people.member()
    said = send(ben, "hi all", "c-1")
    send(ana, "hi", "c-2")
    message = said["message"]
    assert isinstance(message, dict)
    if how == "report":
        cleo.post(f"/messages/{message['id']}/report", topic="offer", also="none")
    elif how in {"block", "mute"}:
        assert cleo.post(f"/people/{ben.id}/{how}").status_code == 200
    expected = "held" if how in {"report", "block"} else "published"
    assert send(ben, DOUBTFUL, "c-3")["state"] == expected


@pytest.mark.parametrize(
    ("text", "tier", "title"),
    [
        ("can i ask about my bus card", "P1", "talk"),
        ("i dont feel safe at home, my stepdad hits me", "P1", "harm_disclosure"),
        ("i want to kill myself tonight", "P0", "self_harm_crisis"),
        ("ya no quiero vivir", "P0", "self_harm_crisis"),
        ("a guy said send the money by tonight or i show everyone your picture", "P1", "talk"),
    ],
)
def test_a_talk_about_harm_does_not_wait_in_line(people: People, text: str, tier: str, title: str) -> None:
    people.member().post("/talk", text=text)
    with people.house.database.reading() as session:
        (case,) = session.scalars(select(Case)).all()
    assert (case.kind.value, case.tier.value, case.title) == ("talk", tier, title)


def test_the_report_page_shows_what_it_is_about_and_the_answer_what_was_done(people: People) -> None:
    people.room()
    ana, ben = people.member("paper-comet"), people.member("fern-signal")
    message = send(ben, "come find me <b>outside</b>", "c-1")["message"]
    assert isinstance(message, dict)
    path = f"/messages/{message['id']}/report"
    page = ana.http.get(path).get_data(as_text=True)
    assert "fern-signal wrote this" in page
    assert "come find me &lt;b&gt;outside" in page
    for also, said, not_said in (
        ("none", "You can still mute or block", "You blocked"),
        ("talk", "write you back under You", "You can still mute or block"),
        ("mute", "see fern-signal until", "You can still mute or block"),
        ("block", "You blocked fern-signal", "You can still mute or block"),
    ):
        answer = ana.post(path, topic="worry", also=also).get_data(as_text=True)
        assert "A person will look" in answer
        assert said in answer
        assert not_said not in answer
    after = ana.http.get(path).get_data(as_text=True)
    assert "come find me" not in after, "words of someone blocked"
    assert "Staff can still look" in after


def test_a_report_about_staff_says_that_they_cannot_be_blocked(people: People) -> None:
    people.room()
    said = send(people.moderator(), "hi all, Rowan here", "c-1")["message"]
    assert isinstance(said, dict)
    answer = people.member().post(f"/messages/{said['id']}/report", topic="other", also="block").get_data(as_text=True)
    assert "You can&#39;t block staff" in answer


def test_who_asks_to_talk_sees_their_words_again_and_is_asked_nothing(people: People) -> None:
    people.room()
    ana = people.member()
    sent = ana.post("/talk", text="i feel <weird> about a job").get_data(as_text=True)
    for page in (sent, ana.http.get("/you").get_data(as_text=True)):
        assert "You wrote" in page
        assert "i feel &lt;weird&gt; about a job" in page
        assert "Your answer" not in page
    quiet = people.member()
    assert "You wrote" not in quiet.post("/talk", text=" ").get_data(as_text=True)
    assert "You wrote" not in quiet.http.get("/you").get_data(as_text=True)


def test_a_worry_about_a_life_is_raised_and_names_a_number_to_call(people: People) -> None:
    people.room()
    ana, ben = people.member("paper-comet"), people.member("fern-signal")
    message = send(ben, "idk anymore", "c-1")["message"]
    assert isinstance(message, dict)
    words = "he said he has a knife and will kill himself tonight"
    answer = ana.post(f"/messages/{message['id']}/report", topic="worry", also="none", note=words)
    assert 'href="tel:988"' in answer.get_data(as_text=True)
    assert 'href="tel:988"' in ana.post("/talk", text="can i ask something").get_data(as_text=True)
    with people.house.database.reading() as session:
        first = session.scalars(select(Case).order_by(Case.id)).first()
        assert first is not None
        assert (first.tier, first.title) == ("P0", "danger_now")


def test_the_note_about_a_life_comes_before_the_one_about_harm_and_keeps_its_way_to_988(people: People) -> None:
    people.room()
    ana = people.member("paper-comet")
    send(ana, "my stepdad hits me", "c-1")
    send(ana, "i want to kill myself", "c-2")
    room = ana.http.get("/rooms/talk").get_data(as_text=True)
    data = json.loads(re.search(r'<script[^>]*id="page-data"[^>]*>(.*?)</script>', room, re.S)[1])  # type: ignore[index]
    assert [note["kind"] for note in data["notices"]] == ["care-self", "care-harm"]
    ana.post(f"/notices/{data['notices'][0]['id']}/choose", choice="later")
    assert "Call or text 988</a>" in ana.http.get("/you").get_data(as_text=True)
