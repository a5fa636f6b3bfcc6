"""Databases for tests: one migrated template a run, and quick copies of it, as SQLite files or on a PostgreSQL server.

SQLite, unless TEST_POSTGRES_URL names a server where databases may be made (`make test-postgres` starts one).
"""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, make_url

from community import migrating

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


class Databases(Protocol):
    """Makes databases. Each is there for a block, by its address, and gone after it. Files go into `folder`."""

    def migrated(self, folder: Path) -> AbstractContextManager[str]:
        """One at the newest revision with nothing in it."""

    def empty(self, folder: Path) -> AbstractContextManager[str]:
        """One without a single table."""


class SqliteFiles:
    """`haven.db` where a house would have it, in its data folder."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        _migrate(f"sqlite:///{self._template}")

    @contextmanager
    def migrated(self, folder: Path) -> Iterator[str]:
        """A copy of the template."""
        shutil.copy(self._template, folder / "haven.db")
        yield f"sqlite:///{folder / 'haven.db'}"

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """A file that is not there yet."""
        yield f"sqlite:///{folder / 'haven.db'}"


class PostgresServer:
    """Databases on one server, under names that no other run has."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self._names = (f"haven_test_{secrets.token_hex(4)}_{number}" for number in itertools.count())
        self._template = next(self._names)
        with self._engine.connect() as connection:
            version = connection.dialect.server_version_info or (0,)
        # Where there is a choice, the quicker one for a small database and a server that does not wait for its disk.
        self._strategy = "STRATEGY file_copy" if version >= (15,) else ""
        self._run(f"CREATE DATABASE {self._template}")
        _migrate(self._address(self._template))

    def migrated(self, folder: Path) -> AbstractContextManager[str]:  # noqa: ARG002
        """A copy of the template."""
        return self._made(f"TEMPLATE {self._template} {self._strategy}")

    def empty(self, folder: Path) -> AbstractContextManager[str]:  # noqa: ARG002
        """A bare one."""
        return self._made("")

    def close(self) -> None:
        """Remove the template and leave the server."""
        self._run(f"DROP DATABASE {self._template} WITH (FORCE)")
        self._engine.dispose()

    @contextmanager
    def _made(self, how: str) -> Iterator[str]:
        name = next(self._names)
        self._run(f"CREATE DATABASE {name} {how}")
        try:
            yield self._address(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


def _migrate(url: str) -> None:
    engine = create_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
