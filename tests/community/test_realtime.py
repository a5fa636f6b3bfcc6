"""Live events leave after the commit, in order, through one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from community.db import Database
from community.realtime import Event, Hub, Leave, publish


class Wire:
    def __init__(self) -> None:
        self.sent: list[tuple[tuple[str, ...], str, Any]] = []

    def members(self, channel: str) -> list[str]:
        return [f"{channel}/1", f"{channel}/2"]

    def send(self, sids: list[str], name: str, payload: Mapping[str, Any]) -> None:
        self.sent.append((tuple(sids), name, payload))

    def leave_rooms(self, sid: str) -> None:
        self.sent.append(((sid,), "left", None))

    def close(self, sid: str) -> None:
        self.sent.append(((sid,), "closed", None))


def _change(number: int) -> dict[str, Any]:
    return {"room": "talk", "messages": [number]}


@pytest.fixture
def wired(database_url: str) -> tuple[Database, Wire]:
    hub, wire = Hub(), Wire()
    hub.transport = wire
    return Database(database_url, hub.flush), wire


def test_what_is_rolled_back_is_never_announced(wired: tuple[Database, Wire]) -> None:
    database, wire = wired

    def fail() -> None:
        with database.writing() as session:
            publish(session, "room:1", "room:changes", _change(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert wire.sent == []
    with database.writing() as session:
        publish(session, "room:1", "room:changes", _change(2))
        assert wire.sent == []
    assert [payload for _, _, payload in wire.sent] == [_change(2)]
    database.close()


def test_one_frame_a_room_and_audience_in_the_order_queued() -> None:
    hub, wire = Hub(), Wire()
    hub.transport = wire
    away = frozenset({"p_x"})
    hub.flush(
        [
            Event("room:1", "room:changes", _change(1)),
            Event("person:a", "notice:new", {}),
            Event("room:1", "room:changes", _change(2)),
            Event("room:1", "room:changes", _change(3), away),
            Leave("person:b", close=False),
        ]
    )
    assert [(name, payload) for _, name, payload in wire.sent] == [
        ("room:changes", {"room": "talk", "messages": [1, 2]}),
        ("notice:new", {}),
        ("room:changes", _change(3)),
        ("left", None),
        ("left", None),
    ]


def test_people_who_block_each_other_are_left_out() -> None:
    hub, wire = Hub(), Wire()
    hub.transport = wire
    hub.connected("room:1/2", "p_blocker", 1)
    hub.flush([Event("room:1", "room:changes", _change(1), frozenset({"p_blocker"}))])
    assert wire.sent[0][0] == ("room:1/1",)
    hub.disconnected("room:1/2")
    hub.flush([Event("room:1", "room:changes", _change(1), frozenset({"p_blocker"}))])
    assert wire.sent[1][0] == ("room:1/1", "room:1/2")
