"""What a connection promises before anything is asked of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from community.db import LOCK_SECONDS, Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url, lambda _queued: None)
    yield made
    made.close()


@pytest.mark.sqlite("its write-ahead log and when it waits for the disk")
def test_what_is_acknowledged_is_on_the_disk(database: Database) -> None:
    with database.reading() as session:
        found = [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert found == ["wal", 2, 1]


def test_nobody_waits_for_a_lock_for_ever(database: Database) -> None:
    asked = "PRAGMA busy_timeout" if database.is_sqlite else "SHOW lock_timeout"
    with database.writing() as session:
        waits = str(session.scalar(text(asked)))
    assert waits in {"5000", f"{LOCK_SECONDS}s"}


@pytest.mark.sqlite("its write-ahead log")
def test_erasing_says_when_someone_who_reads_keeps_copies_alive(database: Database, tmp_path: Path) -> None:
    log = tmp_path / "haven.db-wal"
    database.forget_erased()
    with closing(sqlite3.connect(tmp_path / "haven.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM agency").fetchone()
        with database.writing() as session:
            session.execute(text("INSERT INTO agency (name) VALUES ('a program')"))
        began = time.monotonic()
        assert database.forget_erased() is False
        assert time.monotonic() - began < 1, "nobody may write while it waits"
        assert log.stat().st_size > 0
        backup.execute("COMMIT")
        assert database.forget_erased() is True
        assert log.stat().st_size == 0
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
