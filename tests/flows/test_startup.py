"""Starting: one clear line for each thing that is wrong, a status that is not zero, and never a stack trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from community import starting

ROOT = Path(__file__).parents[2]


def start(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAVEN_")}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=kept | settings, capture_output=True, text=True, timeout=60, check=False
    )


def problems(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return [line.removeprefix("haven: ") for line in done.stderr.splitlines() if "Starting gunicorn" not in line]


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words in (["wsgi.py"], ["-m", "community.cli", "prepare"]):
            said = problems(start(*words, HAVEN_DATA=str(tmp_path), HAVEN_PORT=port))
            assert said[-1] == f"port {port} on 127.0.0.1 is taken or not allowed; set HAVEN_PORT to another"


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said = problems(start("wsgi.py", HAVEN_DATA=str(tmp_path / "file" / "data")))
    assert said == [f"the data folder {tmp_path}/file/data cannot be written; set HAVEN_DATA to one that can"]


def test_every_bad_setting_is_said_at_once() -> None:
    said = problems(
        start("wsgi.py", HAVEN_PORT="http", HAVEN_EXIT_URL="http://x.example", HAVEN_SENT_BURST="3", HAVEN_ENV="test")
    )
    assert said == [
        "setting HAVEN_SENT_BURST: no such setting",
        "setting HAVEN_PORT: must be a whole number",
        "setting HAVEN_ENV: must be demo or production",
        "setting HAVEN_EXIT_URL: must start with https://",
    ]


def test_production_without_secrets_does_not_start(tmp_path: Path) -> None:
    said = problems(start("wsgi.py", HAVEN_ENV="production", HAVEN_DATA=str(tmp_path)))
    assert said == [
        "setting HAVEN_SECRET_KEY: production needs 32 characters or more",
        "setting HAVEN_PUBLIC_URL: production needs an https address",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("more", [["-w", "2"], ["--preload"]])
def test_gunicorn_does_not_start_what_would_lose_messages(tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "secret_key").write_text("only for tests " * 3)
    said = problems(start("-m", "gunicorn", *more, "wsgi:app", HAVEN_DATA=str(tmp_path)))
    assert said == ["one worker and no preload, or rooms would not hear each other; see docs/operations.md"]


def test_gunicorn_says_every_bad_setting_too() -> None:
    assert problems(start("-m", "gunicorn", "wsgi:app", HAVEN_PORT="0")) == [
        "setting HAVEN_PORT: must be between 1 and 65535"
    ]


def test_a_second_start_needs_no_set_up_and_makes_no_second_key(tmp_path: Path) -> None:
    first = start("-m", "community.cli", "check-config", HAVEN_DATA=str(tmp_path))
    assert "made a secret key" in first.stderr
    key = tmp_path / "secret_key"
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text()
    assert before not in first.stderr + first.stdout
    assert start("-m", "community.cli", "check-config", HAVEN_DATA=str(tmp_path)).stderr == ""
    assert key.read_text() == before


def test_a_missing_browser_client_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    starting.check_files_or_exit()
    monkeypatch.setattr(starting, "STATIC", tmp_path)
    with pytest.raises(SystemExit) as left:
        starting.check_files_or_exit()
    assert left.value.code == 2
    assert "`make run` brings it" in capsys.readouterr().err


def test_settings_that_would_hurt_do_not_start() -> None:
    bad = {
        "HAVEN_CHAT_DAYS": "0",
        "HAVEN_IDLE_MINUTES": "0",
        "HAVEN_TIME_ZONE": "Nowhere/Land",
        "HAVEN_TOXICITY_TIMEOUT": "nan",
        "HAVEN_HOST": "0.0.0.0",  # noqa: S104 - the very thing that is refused
    }
    said = problems(start("wsgi.py", **bad))
    assert {line.split(":")[0].removeprefix("setting ") for line in said} == set(bad)


def test_what_people_wrote_is_readable_by_nobody_else_on_the_machine(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert start("-m", "community.cli", "migrate", HAVEN_DATA=str(data)).returncode == 0
    kept = [data, *data.iterdir()]
    assert any(path.name == "haven.db" for path in kept)
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
