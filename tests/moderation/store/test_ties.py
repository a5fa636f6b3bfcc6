"""Who answered whom is one row a way: written over, read together, forgotten a month after the last answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from moderation.core.ties import Answers
from moderation.service import forget, keep_ties, load_ties
from tests.statements import counted

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_newest_is_kept_and_comes_back_the_same(engine: Engine) -> None:
    first, later = Answers(NOW - 40 * DAY, NOW - DAY, 2), Answers(NOW - 40 * DAY, NOW, 3)
    with Session(engine) as session:
        keep_ties(session, {("a", "b"): first, ("b", "a"): first})
        keep_ties(session, {("a", "b"): later})
        assert load_ties(session, [("a", "b"), ("b", "a"), ("a", "c")]) == {("a", "b"): later, ("b", "a"): first}


def test_reading_and_writing_take_one_statement_each_and_none_for_nobody(engine: Engine) -> None:
    with Session(engine) as session:
        session.connection()
        with counted(engine) as statements:
            keep_ties(session, {("a", str(n)): Answers(NOW, NOW, 1) for n in range(50)})
            assert len(load_ties(session, [("a", str(n)) for n in range(60)])) == 50
            keep_ties(session, {})
            load_ties(session, [])
        assert len(statements) == 2


def test_the_ordinary_sweep_forgets_ways_nobody_goes(engine: Engine) -> None:
    with Session(engine) as session:
        kept, old = Answers(NOW - 90 * DAY, NOW - 29 * DAY, 9), Answers(NOW - 90 * DAY, NOW - 31 * DAY, 9)
        keep_ties(session, {("a", "b"): kept, ("b", "a"): old})
        forget(session, NOW - 30 * DAY, limit=100)
        assert load_ties(session, [("a", "b"), ("b", "a")]) == {("a", "b"): kept}
