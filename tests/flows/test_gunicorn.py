"""The way a house is served in production: gunicorn with the file it reads by itself, sockets and all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.frames import Client
from tests.databases import Databases
from tests.flows.server import GUNICORN, Server


@pytest.fixture
def server(tmp_path: Path, databases: Databases) -> Iterator[Server]:
    with databases.empty(tmp_path) as url:
        yield Server(tmp_path / "data", GUNICORN, database_url=url)


def test_two_youth_talk_under_gunicorn(server: Server) -> None:
    members = json.loads(server.cli("bench-seed", "--members", "2", "--rooms", "1"))["members"]
    server.start()
    try:
        ana, ben = (Client(server.port, member["cookie"]) for member in members)
        for client in (ana, ben):
            client.connect()
            client.join(members[0]["room"])
        ana.send(
            '427["message:send",' + json.dumps({"room": members[0]["room"], "client_id": "c", "text": "hey"}) + "]"
        )
        assert json.loads(ana.expect("437")[3:])[0]["state"] == "published"
        assert '"hey"' in ben.expect("42")
        ana.close()
        ben.close()
    finally:
        server.stop()
