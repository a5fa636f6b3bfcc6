"""What screening remembers, as the community calls it: kept, read back and forgotten in the caller's session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.core.model import Observation
from moderation.core.relations import REPORTED
from moderation.store import observations


def load_history(session: Session, ids: Collection[str], since: datetime) -> dict[str, list[Observation]]:
    """What is remembered of each author in `ids` since then, oldest first. Exactly one statement (none for no ids)."""
    return observations.since(session, ids, since)


def forget(session: Session, before: datetime, *, limit: int) -> int:
    """Erase up to `limit` of the oldest memories from before a moment; returns how many went."""
    return observations.forget(session, before, limit)


def spoke_against(person_id: str, at: datetime) -> Observation:
    """What to remember of a person whom somebody reported or blocked: that it happened and when, never by whom."""
    return Observation(person_id, None, REPORTED, 1.0, at)


def remember(session: Session, observed: Sequence[Observation]) -> None:
    """Store what a stored text showed (its `ref` filled in by the caller), in one INSERT."""
    observations.add(session, observed)
