"""`make test-postgres`: a PostgreSQL server of our own, pytest against it, and nothing left behind.

Run as `python -m tools.postgres [pytest's arguments]`. Exits with pytest's status, 2 when there is no PostgreSQL.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
DEBIAN = Path("/usr/lib/postgresql")  # Debian keeps each version's programs apart, and off the PATH
NEEDED = ("initdb", "pg_ctl", "postgres")
MISSING = "PostgreSQL is not here; install it with: apt-get install postgresql"
# The server refuses to run as root; Debian's package makes this account for it.
ACCOUNT = "postgres"
PORT = 5432  # only a part of the socket's name
STOPPED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str]) -> int:
    """Start a server, run the tests on it, take it away again."""
    programs = found_programs(DEBIAN, os.environ.get("PATH", ""))
    if programs is None:
        leave(MISSING)
    for number in STOPPED_BY:
        signal.signal(number, _stopped)
    with server(programs, server_account(os.geteuid())) as url:
        return run_tests(arguments, url)


def found_programs(debian: Path, path: str) -> Path | None:
    """The folder with the server's programs: the newest of Debian's, else the first on the PATH. None without any."""
    places = [*newest_first(debian.glob("*/bin")), *(Path(entry) for entry in path.split(os.pathsep) if entry)]
    return next((place for place in places if all((place / name).is_file() for name in NEEDED)), None)


def newest_first(folders: Iterator[Path]) -> list[Path]:
    """`…/15/bin` before `…/9.6/bin`: by number, not by letter."""
    return sorted(folders, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)])[::-1]


def server_account(euid: int) -> str | None:
    """Who the server runs as: whoever we are, and `ACCOUNT` when we are root."""
    if euid != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError:
        leave(f"PostgreSQL refuses to run as root, and there is no account {ACCOUNT!r}; run this as another user")


def address(folder: Path) -> str:
    """The server's SQLAlchemy URL, through its socket in `folder`."""
    return f"postgresql+psycopg://{ACCOUNT}@/postgres?host={folder}&port={PORT}"


def server_options(folder: Path) -> str:
    """What pg_ctl hands the server. What it holds may be lost, so it never waits for the disk.

    It asks nobody for a password, so it listens only on a socket in a folder that nobody else can open.
    """
    options = {
        "listen_addresses": "''",
        "port": str(PORT),
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    return " ".join(f"-c {name}={value}" for name, value in options.items())


@contextmanager
def server(programs: Path, account: str | None) -> Iterator[str]:
    """A running server in a fresh folder; both are gone afterwards, whatever happens. Yields its address."""
    folder = Path(tempfile.mkdtemp(prefix="haven-postgres-"))
    data, log = folder / "data", folder / "log"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-s", "-w"]
    try:
        if account is not None:
            shutil.chown(folder, account)
        made = [str(programs / "initdb"), "-D", str(data), "-U", ACCOUNT, "-A", "trust", "--no-sync"]
        _step([*made, "--encoding=UTF8", "--locale=C.UTF-8"], account, "initdb failed; its own words are above")
        started = ["-l", str(log), "-o", server_options(folder), "start"]
        _step([*control, *started], account, "PostgreSQL did not start; its own words are above", log)
        say(f"a server of PostgreSQL {programs.parent.name} runs in {folder}")
        yield address(folder)
    finally:
        for number in STOPPED_BY:
            signal.signal(number, signal.SIG_IGN)  # clearing up is short, and is not stopped half-way
        if (data / "postmaster.pid").exists():
            _run([*control, "-m", "immediate", "stop"], account)
        shutil.rmtree(folder, ignore_errors=True)


def run_tests(arguments: Sequence[str], url: str) -> int:
    """Run pytest on the server, and say how it ended. Ctrl-C reaches pytest by itself; we wait until it is done."""
    command = [sys.executable, "-m", "pytest", *arguments]
    tests = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TEST_POSTGRES_URL": url})
    for number in STOPPED_BY:
        signal.signal(number, lambda *_: tests.terminate())
    signal.signal(signal.SIGINT, lambda *_: None)
    return exit_status(tests.wait())


def exit_status(code: int) -> int:
    """A shell's status for a process's: one that a signal ended counts as 128 and the signal's number."""
    return 128 - code if code < 0 else code


def say(line: str) -> None:
    """One line of progress."""
    print(f"postgres: {line}", flush=True)


def leave(line: str) -> NoReturn:
    """Say why and stop."""
    print(f"postgres: {line}", file=sys.stderr)
    raise SystemExit(2)


def _stopped(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _step(command: Sequence[str], account: str | None, problem: str, log: Path | None = None) -> None:
    done = _run(command, account)
    if done.returncode != 0:
        print(done.stdout, log.read_text() if log and log.exists() else "", file=sys.stderr)
        leave(problem)


def _run(command: Sequence[str], account: str | None) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs in a folder its account can be in, and in a session that Ctrl-C misses."""
    groups = {} if account is None else {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}
    return subprocess.run(
        command,
        cwd="/",
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **groups,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
