"""Connections nobody knows: they cannot fill the log, stay, or crowd others out; and no log quotes a frame."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from community.web import doorstep
from community.web.sockets import MOST_SOCKETS
from tests.bench.frames import RECEIVE, BrokenError, Client, encode
from tests.flows.server import GUNICORN, OWN, Server

MARK = "MARKERWORDS do not log me"


@pytest.fixture(params=[OWN, GUNICORN], ids=["own", "gunicorn"])
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    running = Server(tmp_path / "data", request.param)
    running.members = json.loads(running.cli("bench-seed", "--members", "1", "--rooms", "1"))["members"]
    running.start()
    yield running
    running.stop()


def ends(client: Client, seconds: float) -> bool:
    """True if the server closes the connection within so many seconds."""
    client.sock.settimeout(seconds)
    try:
        client.expect("never")
    except (BrokenError, ConnectionError):
        return True
    except TimeoutError:
        return False
    finally:
        client.close()
    return False


def hung_up(client: Client, seconds: float) -> bool:
    """True if the server ends the connection itself within so many seconds, not only what is said on it."""
    deadline = time.monotonic() + seconds
    try:
        while (left := deadline - time.monotonic()) > 0:
            client.sock.settimeout(left)
            data = client.sock.recv(9_999)
            if not data or b"\x88" in data:  # a WebSocket's close frame begins so; no text of ASCII holds it
                return True
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    finally:
        client.close()
    return False


def flood(client: Client, text: str, frames: int) -> None:
    try:
        for _ in range(frames):
            client.send(text)
    except OSError:
        pass


def test_strangers_are_shown_out_and_leave_nothing_in_the_log(server: Server) -> None:
    silent = Client(server.port, "")
    before = len(server.log)
    loud = Client(server.port, "")
    flood(loud, "42[", 300)
    assert ends(loud, doorstep.SECONDS + 3)
    refused = Client(server.port, "")
    refused.send("40")
    assert ends(refused, 2 * doorstep.SECONDS + 3)
    assert ends(silent, 2 * doorstep.SECONDS + 3)
    known = Client(server.port, server.members[0]["cookie"])
    known.connect()
    flood(known, f'42["message:send",{{"text":"{MARK}', 300)
    assert ends(known, doorstep.SECONDS + 3)
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(f"{MARK}\r\n\r\n".encode())
        raw.settimeout(5)
        raw.recv(1000)
    assert MARK.split()[0] not in server.log
    assert "Traceback" not in server.log
    assert len(server.log) - before < 3000


def test_who_is_let_in_stays_and_what_is_open_from_one_address_has_an_end(server: Server) -> None:
    known = Client(server.port, server.members[0]["cookie"])
    known.connect()
    crowd = [Client(server.port, "") for _ in range(doorstep.MOST)]
    with pytest.raises(BrokenError, match="no upgrade"):
        Client(server.port, "")
    time.sleep(doorstep.SECONDS + 1)
    known.join(server.members[0]["room"])
    Client(server.port, "").close()
    for client in (known, *crowd):
        client.close()


@pytest.mark.parametrize("server", [OWN], indirect=True, ids=["own"])
def test_a_connection_may_ask_in_once_and_says_nothing_else_it_should_not(server: Server) -> None:
    """Asking is a look at the database, and the library keeps attachments for as long as a connection lives."""
    stranger = Client(server.port, "")
    stranger.expect("0")
    stranger.sock.sendall(encode("40", stranger.mask) * 200)
    answers = b""
    with suppress(ConnectionError):
        while data := stranger.sock.recv(RECEIVE):
            answers += data
    assert answers.count(b"44") == 1
    stranger.close()
    for more in ("40", "41", '4510-["x",{"_placeholder":true,"num":0}]'):
        known = Client(server.port, server.members[0]["cookie"])
        known.connect()
        known.send(more)
        assert ends(known, doorstep.SECONDS + 3), more
    tabs = [Client(server.port, server.members[0]["cookie"]) for _ in range(MOST_SOCKETS + 1)]
    for tab in tabs[:-1]:
        tab.connect()
    with pytest.raises(BrokenError, match="refused"):
        tabs[-1].connect()
    for tab in tabs:
        tab.close()


def test_who_leaves_keeps_no_connection(server: Server) -> None:
    known = Client(server.port, server.members[0]["cookie"])
    known.connect()
    known.send("41")  # Socket.IO's goodbye; the connection under it is up to the client
    assert hung_up(known, doorstep.SECONDS / 2)


def test_the_connection_under_an_ended_session_is_over_at_once(server: Server) -> None:
    """Not only its Socket.IO half, and before the doorstep would see a stranger out."""
    cookie = server.members[0]["cookie"]
    known = Client(server.port, cookie)
    known.connect()
    asked = urllib.request.Request(f"{server.url}/exit", method="POST", headers={"Cookie": f"haven={cookie}"})
    asked.add_header("Accept", "application/json")  # the address to go to, instead of being sent there
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert answer.status == 200
    assert hung_up(known, doorstep.SECONDS / 2)
