"""What telling us about a person, or blocking them, changes: their next doubtful line waits for a person."""

from __future__ import annotations

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
