"""What telling us about a person, or blocking them, changes: their next doubtful line waits for a person."""

from __future__ import annotations

import pytest

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
