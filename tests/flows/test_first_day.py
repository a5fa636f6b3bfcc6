"""The first day in production, from an empty folder: the very lines of docs/operations.md, then people who use it."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from community import cli
from community.accounts.passphrases import totp_code
from community.clock import now
from community.factory import Wired, create_app
from config import from_env
from moderation.service import verify_audit

ROOT = Path(__file__).parents[2]
HOUSE = "https://haven.example"
ENTER = ("python", "-m", "community.cli")


def _lines() -> list[str]:
    page = (ROOT / "docs/operations.md").read_text()
    found = re.search(r"## First day in production.*?```sh\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found.group(1).splitlines()


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What each command of the page answered, by its first words; the first one runs as a process of its own."""
    for name in [name for name in os.environ if name.startswith("HAVEN_")]:
        monkeypatch.delenv(name)
    for name, value in {"MEMORY_KIB": "64", "PASSES": "1"}.items():  # only to save the test's time
        monkeypatch.setenv(f"HAVEN_ARGON2_{name}", value)
    with socket.socket() as probe:  # the usual port may be taken by a house that runs beside the tests
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HAVEN_PORT", str(probe.getsockname()[1]))
    answers: dict[str, str] = {}
    for line in _lines():
        for theirs, ours in {
            "/srv/haven": str(tmp_path / "haven"),
            "$(openssl rand -hex 32)": secrets.token_hex(32),
            "YYYY-MM-DD": (now() + timedelta(days=360)).date().isoformat(),
        }.items():
            line = line.replace(theirs, ours)
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            monkeypatch.setenv(name, value)
            continue
        assert tuple(words[:3]) == ENTER
        typed = words[3:]
        answers[" ".join(typed[:3])] = _outside(typed) if "agency" in typed else _inside(typed).output
    return answers


def _outside(typed: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *ENTER[1:], *typed], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def _inside(typed: list[str]) -> Result:
    result = CliRunner().invoke(cli.main, typed)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def wired(said: dict[str, str]) -> Iterator[Wired]:
    """The server that these settings and this database make."""
    made = create_app(from_env(os.environ))
    yield made
    made.house.database.close()


class _Browser:
    """A browser at the house's https address."""

    def __init__(self, wired: Wired) -> None:
        self.client: FlaskClient = wired.app.test_client()
        self.headers = {"Origin": HOUSE, "Referer": f"{HOUSE}/"}

    def get(self, path: str) -> str:
        return self.client.get(path, base_url=HOUSE).get_data(as_text=True)

    def post(self, path: str, **fields: str) -> TestResponse:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/help"))
        assert token is not None
        data = {"csrf_token": token.group(1), **fields}
        return self.client.post(path, base_url=HOUSE, headers=self.headers, data=data)

    def begin(self, shown: str, chosen: str) -> str:
        """An adult's first time: one-time passphrase, code from the app, a passphrase of their own."""
        name, passphrase, secret = (
            re.search(rf"^ +{what} +(.+)$", shown, re.MULTILINE).group(1)  # type: ignore[union-attr]
            for what in ("name", "passphrase", "app secret")
        )
        code = totp_code(secret, now())
        answer = self.post("/staff/sign-in", name=name, passphrase=passphrase, code=code)
        assert answer.headers["Location"] == "/staff/passphrase"
        return self.post("/staff/passphrase", new=chosen).headers["Location"]


def test_from_an_empty_folder_to_a_youth_who_writes(said: dict[str, str], wired: Wired) -> None:
    assert "demo" not in said["prepare"].casefold()
    lead, shelter, youth, visitor = (_Browser(wired) for _ in range(4))
    assert "demo-title" not in lead.get("/staff/sign-in")
    assert lead.begin(said["staff add YOUR LEAD"], "kettle moon paper boat") == "/desk"
    lead.post("/invites", band="16-17")
    made = lead.get("/invites")
    code = re.search(r"([A-Z0-9]{5})-([A-Z0-9]{5})", made)
    assert code is not None
    assert f"{HOUSE}/join" in made

    assert youth.post("/join", code=code.group(0)).headers["Location"] == "/join/name"
    answer = youth.post("/join/name", name="velvet-otter", passphrase="plain words four here")
    assert answer.headers["Location"] == "/rights"
    assert youth.post("/rights").headers["Location"] == "/rooms"
    assert "Just talking" in youth.get("/rooms")
    assert youth.post("/rooms/talk-16-17", text="hola, anyone up", client_id="c-1").status_code == 303
    assert "hola, anyone up" in lead.get("/rooms/talk-16-17")

    assert shelter.begin(said["provider add SHELTER DESK"], "plum ladder rain coin") == "/services"
    assert "National Runaway Safeline" in visitor.get("/")
    with wired.house.database.reading() as session:
        assert verify_audit(session) is None
