"""Where words stand is one row a person: written over, read together, forgotten when old or looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from moderation.core.model import Running
from moderation.store import running
from tests.statements import counted

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def test_the_newest_is_kept_and_comes_back_the_same(engine: Engine) -> None:
    with Session(engine) as session:
        running.keep(session, {"a": Running(1.25, 0.5, NOW), "b": Running(3.0, 0.0, NOW)})
        later = Running(2.0, 0.125, NOW + timedelta(hours=1))
        running.keep(session, {"a": later})
        assert running.of(session, ["a", "b", "c"]) == {"a": later, "b": Running(3.0, 0.0, NOW)}


def test_reading_and_writing_take_one_statement_each_and_none_for_nobody(engine: Engine) -> None:
    with Session(engine) as session:
        session.connection()
        with counted(engine) as statements:
            running.keep(session, {str(n): Running(1.0, 0.0, NOW) for n in range(50)})
            running.of(session, [str(n) for n in range(50)])
            running.keep(session, {})
            running.of(session, [])
        assert len(statements) == 2


def test_who_was_looked_at_starts_anew_and_the_old_is_forgotten(engine: Engine) -> None:
    with Session(engine) as session:
        running.keep(session, {"a": Running(5.0, 1.0, NOW), "b": Running(5.0, 1.0, NOW - timedelta(days=31))})
        running.keep(session, {"c": Running(5.0, 1.0, NOW)})
        running.forget(session, NOW - timedelta(days=30))
        running.start_anew(session, "a")
        assert set(running.of(session, ["a", "b", "c"])) == {"c"}
