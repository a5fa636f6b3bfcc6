"""The engine, the two ways to open a session, and the only commit in the house."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from community import clock
from moderation.store.base import NAMING

LOCK_SECONDS = 30
# Everything the database may raise when it is not well; what the pool's own set-up meets comes unwrapped.
TROUBLE = (SQLAlchemyError, sqlite3.Error, TimeoutError)
BUSY_TIMEOUT = "busy_timeout=5000"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    BUSY_TIMEOUT,
    "temp_store=MEMORY",
    "secure_delete=ON",
)
# Which of PostgreSQL's advisory locks is the writers' turn. Any number would do, as long as it stays.
_TURN = 4_283_600


class Base(DeclarativeBase):
    """Base of the community's tables. Moderation has its own; one database and one migration history serve both."""

    metadata = MetaData(naming_convention=NAMING)


class Database:
    """One database. `after_commit` receives what was queued in the session's outbox, once it is safe to tell people.

    One writer at a time, on SQLite because it has no more, on PostgreSQL because every act joins one audit chain anyway
    and so nothing can change between a look and a write (docs/decisions/0016). Writers queue on a lock of ours: waiting
    for SQLite inside the driver would stop every greenlet, and on PostgreSQL it would use up connections. What reads
    sees one moment from its first statement to its last, on both.
    """

    def __init__(self, url: str, after_commit: Callable[[list[Any]], None]) -> None:
        self.is_sqlite = url.startswith("sqlite")
        how = _SQLITE if self.is_sqlite else _POSTGRES
        # Without `hide_parameters` the message of an error would quote what people wrote.
        self.engine: Engine = create_engine(
            url, pool_size=20, max_overflow=20, execution_options=how.always, hide_parameters=True
        )
        self._reader = self.engine.execution_options(**how.reading)
        self._writer = self.engine.execution_options(**how.writing)
        self._after_commit = after_commit
        self._lock = threading.Lock()
        self.copies_since: datetime | None = None  # since when copies of erased rows could not be taken from the log
        event.listen(self.engine, "connect", how.prepare)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking. Nothing done in it is kept."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is kept if the block ends, and dropped, announcements included, if it raises."""
        if not self._lock.acquire(timeout=LOCK_SECONDS):
            raise TimeoutError("the database writer did not come free")
        try:
            with Session(self._writer, expire_on_commit=False) as session:
                yield session
                session.commit()
                queued = session.info.pop("outbox", [])
        finally:
            self._lock.release()
        if queued:
            self._after_commit(queued)

    def forget_erased(self) -> bool:
        """Leave no copy of erased rows in SQLite's log file; in the database file secure_delete overwrites them.

        Whoever reads, a backup or a command line too, keeps the log alive: then this is False and to be tried again,
        and `copies_since` says since when; so it does when trying raises.
        """
        if not self.is_sqlite:
            return True
        self.copies_since = self.copies_since or clock.now()
        with self._lock, self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            # SQLite would wait for them inside the driver, with our lock held: nobody could write, no greenlet run.
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                row = cursor.fetchone()  # busy, pages in the log, pages moved
            finally:
                cursor.execute(f"PRAGMA {BUSY_TIMEOUT}")
        is_done = row is not None and row[0] == 0
        if is_done:
            self.copies_since = None
        return is_done

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins too late (docs/decisions/0008): we send BEGIN ourselves.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.commit()


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of database is prepared and asked. `begin_with` is ours (`_begin`), the rest is SQLAlchemy's."""

    prepare: Callable[[Any, Any], None]
    always: Mapping[str, Any]
    reading: Mapping[str, Any]
    writing: Mapping[str, Any]


_SQLITE = _Kind(
    prepare=_prepare_sqlite,
    always={"begin_with": "BEGIN"},
    reading={},
    writing={"begin_with": "BEGIN IMMEDIATE"},
)
_POSTGRES = _Kind(
    prepare=_prepare_postgres,
    always={},
    reading={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    # The queue in this process is not enough: a command line beside the server is another.
    writing={"begin_with": f"SELECT pg_advisory_xact_lock({_TURN})"},
)


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("begin_with")
    if statement:
        connection.exec_driver_sql(statement)
