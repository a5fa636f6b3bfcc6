"""The servers measured: how each is started on its core, what it holds in memory, how it is stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
COUNTED = "tests.bench.counted"
STATS = "bench-stats.json"
START_SECONDS = 60
STOP_SECONDS = 20
COUNT_SECONDS = 10


class Kind(Protocol):
    """One kind of server: made ready, then started with a command, an environment and its clients."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def counts(self) -> bool:
        """Whether it counts its own statements (`counted.py`)."""

    def prepare(self, folder: Path, clients: int, rooms: int) -> list[dict[str, str]]:
        """Set up data in `folder`; returns cookie and room of each client."""

    def command(self, port: int) -> list[str]:
        """The command line."""

    def environment(self, folder: Path, port: int) -> dict[str, str]:
        """What to add to the environment."""


def _gunicorn(port: int, target: str, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "-k", "gevent", "-w", "1", "--graceful-timeout", "3"),
        *("--log-level", "error", "-b", f"127.0.0.1:{port}", *more, target),
    ]


@dataclass(frozen=True, slots=True)
class Bare:
    """Flask-SocketIO as it comes."""

    gunicorn: bool
    name: str = "bare"
    script: str = "bare_server"
    counts: bool = False

    def prepare(self, folder: Path, clients: int, rooms: int) -> list[dict[str, str]]:  # noqa: ARG002
        """Nobody to make: anyone may join."""
        return [{"cookie": "", "room": f"room-{n * rooms // clients}"} for n in range(clients)]

    def command(self, port: int) -> list[str]:
        """`socketio.run`, or gunicorn's gevent worker."""
        if self.gunicorn:
            return _gunicorn(port, f"tests.bench.{self.script}:app", "-c", os.devnull)  # not Haven's gunicorn.conf.py
        return [sys.executable, "-m", f"tests.bench.{self.script}"]

    def environment(self, folder: Path, port: int) -> dict[str, str]:  # noqa: ARG002
        """Only the port."""
        return {"HAVEN_PORT": str(port)}


@dataclass(frozen=True, slots=True)
class Haven:
    """Ours: real database, real screening, real sessions."""

    gunicorn: bool
    name: str = "ours"
    counts: bool = True

    def prepare(self, folder: Path, clients: int, rooms: int) -> list[dict[str, str]]:
        """Make the members and sign them in."""
        done = subprocess.run(
            [sys.executable, "-m", "community.cli", "bench-seed", "--members", str(clients), "--rooms", str(rooms)],
            cwd=ROOT,
            env={**clean_environment(), "HAVEN_DATA": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"bench-seed failed: {done.stderr.strip()[-2000:]}")
        members: list[dict[str, str]] = json.loads(done.stdout.strip().splitlines()[-1])["members"]
        return members

    def command(self, port: int) -> list[str]:
        """`wsgi.py`, with a counter on its database (`counted.py`), by itself or under gunicorn's gevent worker."""
        return _gunicorn(port, "tests.bench.counted:app") if self.gunicorn else [sys.executable, "-m", COUNTED]

    def environment(self, folder: Path, port: int) -> dict[str, str]:
        """A fresh data folder; no limit on how fast one person may write."""
        return {
            "HAVEN_DATA": str(folder),
            "HAVEN_PORT": str(port),
            "HAVEN_SEND_BURST": "1000000",
            "BENCH_STATS": str(folder / STATS),
        }


def clean_environment() -> dict[str, str]:
    """Ours without any Haven setting of the person who runs the benchmark."""
    return {k: v for k, v in os.environ.items() if not k.startswith("HAVEN_")}


class Server:
    """A server running on core 0 with a fresh folder. Use as a context manager."""

    def __init__(self, kind: Kind, clients: int, rooms: int) -> None:
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix=f"haven-bench-{kind.name}-"))
        self.port = free_port()
        self.clients: list[dict[str, str]] = []
        self._wanted = (clients, rooms)
        self._log = (self.folder / "server.log").open("w")

    def __enter__(self) -> Server:
        try:
            self.clients = self.kind.prepare(self.folder, *self._wanted)
            self.process = subprocess.Popen(
                self.kind.command(self.port),
                cwd=ROOT,
                env={**clean_environment(), **self.kind.environment(self.folder, self.port)},
                stdout=self._log,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: os.sched_setaffinity(0, {0}),
            )
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "process"):
            self.stop()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory(self) -> int:
        """Resident bytes of the server and its children."""
        total = 0
        for pid in [self.process.pid, *children(self.process.pid)]:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return total

    def stop(self) -> None:
        """Ask it to end, wait, and make sure."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def complaints(self) -> str:
        """The end of what it wrote to its output."""
        return (self.folder / "server.log").read_text(errors="replace")[-3000:]

    def counts(self) -> dict[str, int]:
        """Statements and commits so far; empty when this kind of server does not count."""
        if not self.kind.counts:
            return {}
        path = self.folder / STATS
        path.unlink(missing_ok=True)
        path.with_suffix(".ask").touch()
        end = time.monotonic() + COUNT_SECONDS
        while not path.exists():
            if time.monotonic() > end:
                raise SystemExit(f"{self.kind.name} did not say what it counted:\n{self.complaints()}")
            time.sleep(0.02)
        counted: dict[str, int] = json.loads(path.read_text())
        return counted

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"{self.kind.name} did not start:\n{self.complaints()}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit(f"{self.kind.name} did not listen within {START_SECONDS} s:\n{self.complaints()}")


def children(pid: int) -> list[int]:
    """Direct and indirect children of a process."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
