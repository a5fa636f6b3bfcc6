"""A check holds 90 days for a line and 180 for a place; then the board says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from community.resources.freshness import Freshness, freshness

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        ("food", 0, Freshness.FRESH),
        ("food", 180, Freshness.FRESH),
        ("food", 181, Freshness.OLD),
        ("line", 90, Freshness.FRESH),
        ("line", 91, Freshness.OLD),
    ],
)
def test_age_of_a_check(kind: str, days: int, said: Freshness) -> None:
    assert freshness(kind, TODAY - timedelta(days=days), TODAY) is said


def test_never_checked_is_said_so() -> None:
    assert freshness("line", None, TODAY) is Freshness.NEVER
