"""How long ago a person checked a listing, and what that allows us to say of it. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from community.resources.kinds import CHECK_LINES, CHECK_PLACES, LINE


class Freshness(StrEnum):
    """Checked in time, checked too long ago, or never here."""

    FRESH = "fresh"
    OLD = "old"
    NEVER = "never"


def check_every(kind: str) -> timedelta:
    """How long a check holds (youth-community.md, statement 20)."""
    return CHECK_LINES if kind == LINE else CHECK_PLACES


def freshness(kind: str, assured: date | None, today: date) -> Freshness:
    """What the date of the last check says today."""
    if assured is None:
        return Freshness.NEVER
    return Freshness.OLD if today - assured > check_every(kind) else Freshness.FRESH
