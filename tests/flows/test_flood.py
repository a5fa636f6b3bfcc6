"""Thousands of messages a second from one client: each answered, few kept, and the others do not notice."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.bench.frames import RECEIVE, Client, encode
from tests.databases import Databases
from tests.flows.server import Server

FLOOD, BURST = 2_000, 8


@pytest.fixture
def server(tmp_path: Path, databases: Databases) -> Iterator[Server]:
    with databases.empty(tmp_path) as url:
        running = Server(tmp_path / "data", database_url=url, HAVEN_SEND_BURST=str(BURST))
        yield running
        running.stop()


def two_in_a_room(server: Server) -> tuple[Client, Client, str]:
    members = json.loads(server.cli("bench-seed", "--members", "2", "--rooms", "1"))["members"]
    server.start()
    loud, calm = (Client(server.port, member["cookie"]) for member in members)
    room = members[0]["room"]
    for client in (loud, calm):
        client.connect()
        client.join(room)
    return loud, calm, room


def frame(number: int, room: str, text: str, client_id: str) -> str:
    return f"42{number}" + json.dumps(["message:send", {"room": room, "client_id": client_id, "text": text}])


def answer(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.expect("43").lstrip("0123456789"))[0]
    return found


@pytest.mark.timeout(60)
def test_a_flood_is_answered_and_drowns_nobody(server: Server) -> None:
    loud, calm, room = two_in_a_room(server)

    def flood() -> None:
        for number in range(FLOOD):
            loud.send(frame(number, room, f"flood {number}", f"f-{number}"))

    writer = threading.Thread(target=flood)
    writer.start()
    heard = []
    for number in range(5):
        calm.send(frame(number, room, f"calm {number}", f"calm-{number}"))
        heard.append(answer(calm)["state"])
    answers = [answer(loud) for _ in range(FLOOD)]
    writer.join()
    assert heard == ["published"] * 5
    told = Counter(one.get("error", one.get("state")) for one in answers)
    assert set(told) == {"published", "too-many"}
    assert all(one["retry_after"] >= 1 for one in answers if not one["ok"])
    loud.close()
    calm.close()
    server.stop()
    kept = Counter(name[0] for (name,) in server.rows("SELECT client_id FROM message"))
    assert kept == {"f": told["published"], "c": 5}
    assert BURST <= told["published"] <= BURST * 3, "the flood may last more than one window, not many"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["messages", "pings"])
def test_a_flood_without_an_end_stops_nobody_else(server: Server, kind: str) -> None:
    """The socket library reads one client for as long as bytes are there; everybody else must get turns."""
    loud, calm, room = two_in_a_room(server)
    ping = b"\x89\x80" + loud.mask  # an empty one; the server answers each
    once = ping * 500 if kind == "pings" else b"".join(encode(frame(n, room, "x", "x"), loud.mask) for n in range(500))
    going = True

    def write() -> None:
        with suppress(OSError):
            while going:
                loud.sock.sendall(once)

    def read() -> None:
        with suppress(OSError):
            while loud.sock.recv(RECEIVE):
                pass

    threads = [threading.Thread(target=one) for one in (write, read)]
    for thread in threads:
        thread.start()
    states = []
    for number in range(5):
        calm.send(frame(number, room, f"calm {number}", f"calm-{number}"))
        states.append(answer(calm)["state"])
    assert threads[0].is_alive(), "the flood must last for as long as the others talk"
    going = False
    loud.sock.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    loud.close()
    calm.close()
    assert states == ["published"] * 5
