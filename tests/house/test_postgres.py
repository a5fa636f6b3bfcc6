"""The pure parts of `make test-postgres`: which server is taken, how it is reached, which status comes back."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tools import postgres


def _programs(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in postgres.NEEDED:
        (folder / name).touch()
    return folder


def test_the_newest_of_debians_servers_is_taken_before_one_on_the_path(tmp_path: Path) -> None:
    debian, elsewhere = tmp_path / "debian", _programs(tmp_path / "elsewhere")
    assert postgres.found_programs(debian, str(elsewhere)) == elsewhere
    for version in ("9.6", "15", "14"):
        _programs(debian / version / "bin")
    (debian / "16" / "bin").mkdir(parents=True)  # its client alone
    assert postgres.found_programs(debian, str(elsewhere)) == debian / "15" / "bin"


def test_without_a_server_there_is_one_line_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as left:
        postgres.main([])
    assert left.value.code == 2
    assert capsys.readouterr().err == f"postgres: {postgres.MISSING}\n"


def test_only_root_needs_another_account() -> None:
    assert postgres.server_account(1000) is None


def test_the_server_is_reached_through_a_socket_only(tmp_path: Path) -> None:
    url = make_url(postgres.address(tmp_path))
    assert (url.host, url.query["host"]) == (None, str(tmp_path))
    assert "-c listen_addresses=''" in postgres.server_options(tmp_path)


@pytest.mark.parametrize(("code", "status"), [(0, 0), (1, 1), (-signal.SIGTERM, 143)])
def test_a_tests_end_is_told_as_a_shell_would(code: int, status: int) -> None:
    assert postgres.exit_status(code) == status


def test_pytests_status_comes_back_and_it_knows_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = [(number, signal.getsignal(number)) for number in postgres.STOPPED_BY]
    try:
        assert postgres.run_tests(["--no-such-option"], "postgresql://nowhere") == pytest.ExitCode.USAGE_ERROR
    finally:
        for number, handler in handlers:
            signal.signal(number, handler)
