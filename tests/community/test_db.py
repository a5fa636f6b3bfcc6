"""What a connection promises before anything is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

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
