"""A real server of ours in a process of its own, for tests that kill it or open it in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, create_engine, text

ROOT = Path(__file__).parents[2]


OWN = ("wsgi.py",)
GUNICORN = ("-m", "gunicorn", "wsgi:app")


class Server:
    """A server on its own data folder, by itself or under gunicorn. What it writes to its log is read by nobody.

    Its database is in its data folder unless an address is given.
    """

    def __init__(self, data: Path, how: tuple[str, ...] = OWN, *, database_url: str = "", **settings: str) -> None:
        self.how = how
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.data = data
        self.database_url = database_url or f"sqlite:///{data / 'haven.db'}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HAVEN_")}
        cheap = {"HAVEN_ARGON2_MEMORY_KIB": "64", "HAVEN_ARGON2_PASSES": "1", "HAVEN_SEND_BURST": "100000"}
        where = {"HAVEN_DATA": str(data), "HAVEN_DATABASE_URL": database_url, "HAVEN_PORT": str(self.port)}
        self.environ = {**kept, **cheap, **where, **settings}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cli(self, *words: str) -> str:
        """Run one of our commands on the same data."""
        command = [sys.executable, "-m", "community.cli", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environ, check=True, capture_output=True, text=True).stdout

    def rows(self, statement: str) -> list[Any]:
        """Read the server's database past the server."""
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(statement)).all())
        finally:
            engine.dispose()

    def write(self, statement: Executable) -> None:
        """Change the server's database behind its back."""
        engine = create_engine(self.database_url)
        try:
            with engine.begin() as connection:
                connection.execute(statement)
        finally:
            engine.dispose()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, *self.how],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it, by SIGKILL if asked, and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=10)
            self.process = None
