"""SIGTERM in the middle of everything: the server ends by itself, at once, with a clean status."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.frames import Client
from tests.databases import Databases
from tests.flows.server import Server

TIMES = 2


@pytest.fixture
def server(tmp_path: Path, databases: Databases) -> Iterator[Server]:
    with databases.empty(tmp_path) as url:
        running = Server(tmp_path / "data", database_url=url)
        yield running
        running.stop(signal.SIGKILL)


@pytest.mark.timeout(120)
def test_a_busy_server_stops_when_told(server: Server) -> None:
    """The libraries catch whatever an event's handler raises: a stop that arrives as an exception would be lost."""
    member = json.loads(server.cli("bench-seed", "--members", "1", "--rooms", "1"))["members"][0]
    for _ in range(TIMES):
        server.start()
        assert server.process is not None
        client = Client(server.port, member["cookie"])
        client.connect()
        client.join(member["room"])
        busy = threading.Event()

        def flood(client: Client = client, busy: threading.Event = busy) -> None:
            try:
                for number in range(10**6):
                    name = f"s-{number}"
                    body = {"room": member["room"], "client_id": name, "text": f"line {number}"}
                    client.send(f"42{number}" + json.dumps(["message:send", body]))
                    if number == 100:
                        busy.set()
            except OSError:
                return

        writer = threading.Thread(target=flood)
        writer.start()
        busy.wait(10)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=10) == 0
        client.close()
        writer.join()
