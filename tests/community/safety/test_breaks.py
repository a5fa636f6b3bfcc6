"""A break is dated, never long, ends by itself, and leaves help open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.clock import now
from community.errors import DomainError
from community.safety import queries, service
from tests.factories import People


def _restrict(people: People, account: object, hours: float) -> None:
    with people.house.database.writing() as session:
        service.restrict(
            session,
            account,  # type: ignore[arg-type]
            until=now() + timedelta(hours=hours),
            reason="A pause.",
            guideline="kindness",
            by="p_staff",
            now=now(),
        )


def test_a_break_ends_by_itself(people: People) -> None:
    member = people.member()
    _restrict(people, member.account, 1)
    with people.house.database.reading() as session:
        assert queries.running_break(session, member.account.id, now=now()) is not None
        assert queries.running_break(session, member.account.id, now=now() + timedelta(hours=2)) is None
    for path in ("/", "/help", "/you", "/talk"):
        assert member.http.get(path).status_code == 200


@pytest.mark.parametrize("hours", [-1, 0, 14 * 24 + 1])
def test_a_break_is_at_most_fourteen_days(people: People, hours: float) -> None:
    with pytest.raises(DomainError):
        _restrict(people, people.member().account, hours)


def test_taking_one_break_back_leaves_another_running(people: People) -> None:
    member = people.member()
    with people.house.database.writing() as session:
        ends = [now() + timedelta(hours=hours) for hours in (24, 168)]
        for until in ends:
            service.restrict(
                session, member.account, until=until, reason="A pause.", guideline="kindness", by="p_s", now=now()
            )
        service.lift_restriction(session, member.account, until=ends[0], now=now())
        running = queries.running_break(session, member.account.id, now=now())
        assert running is not None
        assert running.ends_at == ends[1]
        service.lift_restriction(session, member.account, until=ends[1], now=now())
        assert queries.running_break(session, member.account.id, now=now()) is None
        kinds = [notice.kind for notice in queries.notices(session, member.account.id)]
    assert kinds == ["limit-over", "limit", "limit"]
