"""The adviser as served: a message is sent over a socket, and what the model says of it reaches the digest."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench.frames import Client
from tests.flows.server import GUNICORN, OWN, Server
from tests.model.test_worker import until

pytestmark = pytest.mark.model


@pytest.mark.parametrize("how", [OWN, GUNICORN], ids=["own", "gunicorn"])
def test_advice_reaches_the_digest_and_holds_nothing(tmp_path: Path, bert_once: Path, how: tuple[str, ...]) -> None:
    server = Server(tmp_path / "data", how, HAVEN_TOXICITY_WEIGHTS=str(bert_once), HAVEN_TOXICITY_TIMEOUT="60")
    (member,) = json.loads(server.cli("bench-seed", "--members", "1", "--rooms", "1"))["members"]
    server.start()
    try:
        client = Client(server.port, member["cookie"])
        client.connect()
        for number, text in enumerate(("sun tree", "sun grumble river")):
            message = {"room": member["room"], "client_id": f"c-{number}", "text": text}
            client.send(f"42{number}" + json.dumps(["message:send", message]))
            assert json.loads(client.expect("43").lstrip("0123456789"))[0]["state"] == "published"
        client.close()
        with closing(sqlite3.connect(server.data / "haven.db")) as database:

            def flagged() -> list[tuple[str, str]]:
                return database.execute(
                    "SELECT f.rule_id, m.text FROM mod_flag f JOIN message m ON CAST(m.id AS TEXT) = f.ref_id"
                ).fetchall()

            assert until(lambda: bool(flagged()), seconds=90)
            assert flagged() == [("toxicity-adviser", "sun grumble river")]
    finally:
        server.stop()
