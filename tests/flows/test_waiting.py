"""What tells someone that something is new: a dot at You while a note waits, and when each room was last used."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from community import clock
from community.rooms.models import Message
from community.safety.service import Note, give_notice
from tests.factories import People, Someone
from tests.statements import counted

SELECTS = 6  # who asks, their rooms, whom they do not see, when each was last used, a break, a note that waits


def _dot(page: str) -> bool:
    (attributes,) = re.findall(r"data-notes-wait( hidden)?>", page)
    return not attributes


def _give(people: People, person: Someone, kind: str) -> int:
    with people.house.database.writing() as session:
        return give_notice(session, person.account.id, Note(kind, {}, case_id=None), now=clock.now()).id


def test_a_dot_at_you_while_a_note_waits(people: People) -> None:
    people.room()
    ana = people.member()
    socket = ana.socket()
    socket.emit("room:join", {"room": "talk", "after": None}, callback=True)
    assert not _dot(ana.http.get("/rooms").get_data(as_text=True))
    _give(people, ana, "talk-sent")
    assert not _dot(ana.http.get("/rooms").get_data(as_text=True)), "a quiet note asks for nothing"
    notice = _give(people, ana, "care-offer")
    assert [event["name"] for event in socket.get_received()][-1] == "notice:new"
    page = ana.http.get("/rooms/talk").get_data(as_text=True)
    assert _dot(page)
    data = re.search(r'id="page-data">(.*?)</script>', page)
    assert data is not None
    assert json.loads(data[1])["waits"] is True
    assert "a note is waiting" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = ana.http.post(
        f"/notices/{notice}/choose",
        data={"csrf_token": token[1], "choice": "ok"},
        headers={"Accept": "application/json"},
    )
    assert answer.get_json()["waits"] is False
    assert not _dot(ana.http.get("/rooms").get_data(as_text=True))


@pytest.mark.parametrize("rooms", [2, 7])
def test_the_list_says_when_each_room_was_last_used_in_the_same_statements(people: People, rooms: int) -> None:
    ana, ben = people.member(), people.member()
    socket = ben.socket()
    for number in range(rooms):
        people.room(f"talk-{number}")
        said = {"room": f"talk-{number}", "client_id": f"c-{number}", "text": "hi all"}
        socket.emit("message:send", said, callback=True)
    with people.house.database.writing() as session:
        session.execute(update(Message).values(sent_at=clock.now() - timedelta(days=2)))
    with counted(people.house.database.engine) as statements:
        page = ana.http.get("/rooms").get_data(as_text=True)
    assert len(re.findall(r"Last: \w+day, \d", page)) == rooms
    assert len([one for one in statements if one.startswith("SELECT")]) == SELECTS
    ana.post(f"/people/{ben.id}/mute")
    assert "Last:" not in ana.http.get("/rooms").get_data(as_text=True)
