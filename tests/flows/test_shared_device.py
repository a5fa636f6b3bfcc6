"""A shared device signs itself out when it is quiet, any device when it is old: on pages, sockets and in posting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from community import clock, standing
from community.accounts.lasting import Lasting
from community.accounts.models import DeviceSession
from tests.bench.frames import BrokenError, Client
from tests.databases import Databases
from tests.factories import People, Someone
from tests.flows.server import Server
from tests.flows.test_live_room import heard, join, send

RULE = Lasting(idle=timedelta(minutes=10), longest=timedelta(days=30))
SAMPLES: dict[str, dict[str, Any]] = {
    "room:join": {"room": "talk"},
    "room:history": {"room": "talk", "before": 9},
    "message:send": {"room": "talk", "client_id": "c", "text": "hi"},
    "message:withdraw": {"id": 1},
}


def move(people: People, **ago: timedelta) -> None:
    """Make every sign-in look as if it had been seen or started so long ago."""
    with people.house.database.writing() as session:
        session.execute(update(DeviceSession).values({name: clock.now() - by for name, by in ago.items()}))


def seen(people: People) -> list[datetime]:
    with people.house.database.reading() as session:
        return list(session.scalars(select(DeviceSession.seen_at).order_by(DeviceSession.id)))


@pytest.fixture
def shared(people: People) -> Someone:
    people.room()
    return people.sign_in(people.member("paper-comet").account, shared=True)


@pytest.mark.parametrize(
    ("quiet", "old", "shared", "over"),
    [
        (timedelta(minutes=10), timedelta(), True, False),
        (timedelta(minutes=10, seconds=1), timedelta(), True, True),
        (timedelta(days=20), timedelta(), False, False),
        (timedelta(), timedelta(days=30), False, False),
        (timedelta(), timedelta(days=30, seconds=1), False, True),
        (timedelta(), timedelta(days=30, seconds=1), True, True),
    ],
)
def test_the_rule(quiet: timedelta, old: timedelta, shared: bool, over: bool) -> None:
    now = clock.now()
    assert RULE.is_over(started_at=now - old, seen_at=now - quiet, shared=shared, now=now) is over


def test_a_short_idle_time_is_noticed_often_enough() -> None:
    assert Lasting(idle=timedelta(minutes=1)).noticed_every <= timedelta(seconds=15)
    assert RULE.noticed_every == timedelta(minutes=1)


@pytest.mark.parametrize("ago", [{"seen_at": timedelta(minutes=11)}, {"started_at": timedelta(days=31)}])
def test_a_page_asks_to_sign_in_again(people: People, shared: Someone, ago: dict[str, timedelta]) -> None:
    assert shared.http.get("/rooms").status_code == 200
    move(people, **ago)
    assert shared.http.get("/rooms").status_code == 303


def test_a_device_of_ones_own_may_be_quiet(people: People) -> None:
    member = people.member()
    move(people, seen_at=timedelta(days=2))
    assert member.http.get("/rooms").status_code == 200


@pytest.mark.parametrize("event", sorted(SAMPLES))
@pytest.mark.parametrize("ago", [{"seen_at": timedelta(minutes=11)}, {"started_at": timedelta(days=31)}])
def test_an_open_socket_can_do_nothing_either(
    people: People, shared: Someone, event: str, ago: dict[str, timedelta]
) -> None:
    socket = shared.socket()
    move(people, **ago)
    answer = socket.emit(event, SAMPLES[event], callback=True)
    assert (answer["ok"], answer["error"]) == (False, "session-ended")


def test_the_sweep_closes_the_socket_and_tells_the_page(people: People, shared: Someone) -> None:
    other = people.member()
    socket, talking = shared.socket(), other.socket()
    told: list[str] = []
    transport = people.house.hub.transport
    assert transport is not None
    real = transport.send
    transport.send = lambda sids, name, payload: (told.append(name), real(sids, name, payload))[1]  # type: ignore[func-returns-value, method-assign]
    join(socket, "talk")
    standing.sweep(people.house, now=clock.now())
    assert socket.is_connected()
    move(people, seen_at=timedelta(minutes=11))
    standing.sweep(people.house, now=clock.now())
    assert told == ["session:ended"]
    assert not socket.is_connected()
    assert talking.is_connected()
    assert shared.http.get("/rooms").status_code == 303


@pytest.mark.parametrize("event", ["message:send", "room:history"])
def test_who_only_chats_is_not_signed_out(people: People, shared: Someone, event: str) -> None:
    socket = shared.socket()
    move(people, seen_at=timedelta(minutes=9))
    assert socket.emit(event, SAMPLES[event], callback=True)["ok"]
    standing.sweep(people.house, now=clock.now())
    assert clock.now() - seen(people)[-1] < timedelta(minutes=1)
    before = seen(people)
    assert socket.emit(event, SAMPLES[event], callback=True)["ok"]
    standing.sweep(people.house, now=clock.now())
    assert seen(people) == before, "at most one write a minute"


def test_being_connected_is_not_being_there(people: People, shared: Someone) -> None:
    socket = shared.socket()
    move(people, seen_at=timedelta(minutes=9))
    before = seen(people)
    join(socket, "talk", after=0)
    send(people.member().socket(), "talk", "hello?", "c-1")
    assert heard(socket)
    assert shared.socket().is_connected(), "the network came back"
    socket.emit("message:send", {"rubbish": 1}, callback=True)
    standing.sweep(people.house, now=clock.now())
    assert seen(people)[: len(before)] == before


@pytest.fixture
def server(tmp_path: Path, databases: Databases) -> Iterator[Server]:
    with databases.empty(tmp_path) as url:
        yield Server(tmp_path / "data", database_url=url)


def test_the_page_of_an_idle_device_hears_it_over_a_real_socket(server: Server) -> None:
    (member,) = json.loads(server.cli("bench-seed", "--members", "1", "--rooms", "1"))["members"]
    server.start()
    try:
        client = Client(server.port, member["cookie"])
        client.connect()
        eleven_ago = clock.now() - timedelta(minutes=11)
        server.write(update(DeviceSession).values(shared_device=True, seen_at=eleven_ago))
        assert "session:ended" in client.expect("42")
        with pytest.raises(BrokenError):
            client.expect("never")
        client.close()
    finally:
        server.stop()
