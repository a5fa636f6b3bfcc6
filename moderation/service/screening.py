"""What screening remembers, as the community calls it: kept, read back and forgotten in the caller's session."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.core.model import Observation, Running
from moderation.core.relations import REPORTED
from moderation.store import observations, running


def load_history(session: Session, ids: Collection[str], since: datetime) -> dict[str, list[Observation]]:
    """What is remembered of each author in `ids` since then, oldest first. Exactly one statement (none for no ids)."""
    return observations.since(session, ids, since)


def load_running(session: Session, ids: Collection[str]) -> dict[str, Running]:
    """Where the words of each writer in `ids` stand. Exactly one statement (none for no ids)."""
    return running.of(session, ids)


def keep_running(session: Session, after: Mapping[str, Running]) -> None:
    """Store where writers' words stand after texts that were stored. One statement (none for nobody)."""
    running.keep(session, after)


def forget(session: Session, before: datetime, *, limit: int) -> int:
    """Erase memories from before a moment, up to `limit` of the oldest observations; returns how many of those went."""
    running.forget(session, before)
    return observations.forget(session, before, limit)


def spoke_against(person_id: str, at: datetime) -> Observation:
    """What to remember of a person whom somebody reported or blocked: that it happened and when, never by whom."""
    return Observation(person_id, None, REPORTED, 1.0, at)


def remember(session: Session, observed: Sequence[Observation]) -> None:
    """Store what a stored text showed (its `ref` filled in by the caller), in one INSERT."""
    observations.add(session, observed)
