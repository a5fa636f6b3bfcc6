"""The engine, the two ways to open a session, and the only commit in the house."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from moderation.store.base import NAMING

LOCK_SECONDS = 30
# Everything the database may raise when it is not well; what the pool's own set-up meets comes unwrapped.
TROUBLE = (SQLAlchemyError, sqlite3.Error, TimeoutError)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "secure_delete=ON",
)


class Base(DeclarativeBase):
    """Base of the community's tables. Moderation has its own; one database and one migration history serve both."""

    metadata = MetaData(naming_convention=NAMING)


class Database:
    """One database. `after_commit` receives what was queued in the session's outbox, once it is safe to tell people.

    SQLite has one writer. Waiting for it inside the driver would stop every greenlet, the one that holds the lock
    included, so writers queue here instead, where waiting lets others run.
    """

    def __init__(self, url: str, after_commit: Callable[[list[Any]], None]) -> None:
        self.is_sqlite = url.startswith("sqlite")
        # Without `hide_parameters` the message of an error would quote what people wrote.
        self.engine: Engine = create_engine(url, pool_size=20, max_overflow=20, hide_parameters=True)
        self._writer = self.engine
        self._after_commit = after_commit
        self._lock = threading.Lock()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            self._writer = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking. Nothing done in it is kept."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is kept if the block ends, and dropped, announcements included, if it raises."""
        if self.is_sqlite and not self._lock.acquire(timeout=LOCK_SECONDS):
            raise TimeoutError("the database writer did not come free")
        try:
            with Session(self._writer, expire_on_commit=False) as session:
                yield session
                session.commit()
                queued = session.info.pop("outbox", [])
        finally:
            if self.is_sqlite:
                self._lock.release()
        if queued:
            self._after_commit(queued)

    def forget_erased(self) -> None:
        """Leave no copy of erased rows in SQLite's log file; in the database file secure_delete overwrites them."""
        if self.is_sqlite:
            with self._lock, self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins too late (docs/decisions/0008): we send BEGIN ourselves.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
