"""SIGKILL under load: every acknowledged message is there exactly once, every held one has its case."""

from __future__ import annotations

import gc
import json
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from tests.databases import Databases
from tests.flows.server import Server

CLIENTS = 6
RISKY = "send the money by tonight or i show everyone your picture"


class _Writer(threading.Thread):
    """One member who keeps writing and remembers every acknowledged message."""

    def __init__(self, server: Server, number: int, cookie: str, room: str, acked: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.server, self.number, self.cookie, self.room, self.acked = server, number, cookie, room, acked
        self.going = True
        self.sent = 0

    def run(self) -> None:
        while self.going:
            client = socketio.SimpleClient()
            try:
                client.connect(self.server.url, headers={"Cookie": f"haven={self.cookie}"}, transports=["websocket"])
                while self.going:
                    self._write(client)
            except Exception:  # noqa: BLE001 - the server dies under us on purpose, in any way a socket can fail
                time.sleep(0.02)
            finally:
                client.disconnect()

    def _write(self, client: Any) -> None:
        self.sent += 1
        name = f"k{self.number}-{self.sent}"
        text = RISKY if self.sent % 8 == 0 else f"line {self.sent} from {self.number}"
        answer = client.call("message:send", {"room": self.room, "client_id": name, "text": text}, timeout=3)
        if answer and answer.get("ok"):
            self.acked[name] = answer["state"]


def _kill_and_count(server: Server, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    members = json.loads(server.cli("bench-seed", "--members", str(CLIENTS), "--rooms", "1"))["members"]
    acked: dict[str, str] = {}
    server.start()
    writers = [_Writer(server, n, m["cookie"], m["room"], acked) for n, m in enumerate(members)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(kills):
            before = len(acked)
            while len(acked) < before + 40:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.3)
            server.stop(signal.SIGKILL)
            server.start()
    finally:
        for writer in writers:
            writer.going = False
        for writer in writers:
            writer.join(timeout=10)
        server.stop()
        gc.collect()  # so that what the client left open is counted here and not in another test
    stored = server.rows("SELECT client_id, state, id FROM message")
    evidence = {row[0] for row in server.rows("SELECT ref_id FROM mod_evidence")}
    states = {client_id: state for client_id, state, _ in stored}
    assert len(states) == len(stored), "a message is there twice"
    assert {name: state for name, state in acked.items() if states.get(name) != state} == {}
    held = [str(message_id) for _, state, message_id in stored if state == "held"]
    assert held, "the load held nothing: this test would prove little"
    assert [message_id for message_id in held if message_id not in evidence] == []
    assert "whole" in server.cli("verify-audit")


# The client library leaves its own sockets open when the server is killed under it.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def server(tmp_path: Path, databases: Databases) -> Iterator[Server]:
    with databases.empty(tmp_path) as url:
        yield Server(tmp_path / "data", database_url=url)


@pytest.mark.timeout(120)
def test_acknowledged_messages_survive_a_kill(server: Server) -> None:
    _kill_and_count(server, kills=2, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_twenty_kills(server: Server) -> None:
    _kill_and_count(server, kills=20, seed=2)
