"""What is remembered comes back whole, in order, in one statement each way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from moderation.core.model import Kind, Observation, Ref
from moderation.service import load_history, remember
from tests.statements import counted

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def seen_by(author: str, days_ago: int, signal: str = "age_probe") -> Observation:
    return Observation(author, "p_b", signal, 0.7, AT - days_ago * DAY, Ref(Kind.MESSAGE, str(days_ago)))


def test_history_is_whole_ordered_and_bounded(engine: Engine) -> None:
    kept = [
        seen_by("p_a", 3),
        seen_by("p_a", 1),
        seen_by("p_c", 2),
        Observation("p_a", None, "secrecy_request", 1.0, AT),
    ]
    with Session(engine) as session:
        remember(session, [kept[1], kept[0], *kept[2:], seen_by("p_a", 31), seen_by("p_z", 1)])
        found = load_history(session, ["p_a", "p_c", "p_new"], AT - 30 * DAY)
    assert found == {"p_a": [kept[0], kept[1], kept[3]], "p_c": [kept[2]], "p_new": []}


def test_one_statement_each_way_and_none_for_nothing(engine: Engine) -> None:
    with counted(engine) as statements, Session(engine) as session:
        remember(session, [seen_by("p_a", day) for day in range(1, 6)])
        load_history(session, ["p_a", "p_b", "p_c"], AT - 30 * DAY)
        assert [one.split()[0] for one in statements] == ["INSERT", "SELECT"]
        remember(session, [])
        assert load_history(session, [], AT) == {}
        assert len(statements) == 2
