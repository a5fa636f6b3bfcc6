"""What screening remembers, as the community calls it: kept, read back and forgotten in the caller's session."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.core.model import Observation, Running
from moderation.core.relations import REPORTED
from moderation.core.ties import Answers, Way
from moderation.store import guarding, observations, running, ties


def load_history(
    session: Session, speaking: Mapping[str, Collection[str]], now: datetime
) -> dict[str, list[Observation]]:
    """What is remembered that can count when each author in `speaking` speaks to the people it names, oldest first.

    Those people are in the answer with what they told of a need. Exactly one statement (none for nobody).
    """
    return observations.that_count(session, speaking, now)


def load_running(session: Session, ids: Collection[str]) -> dict[str, Running]:
    """Where the words of each writer in `ids` stand. Exactly one statement (none for no ids)."""
    return running.of(session, ids)


def keep_running(session: Session, after: Mapping[str, Running]) -> None:
    """Store where writers' words stand after texts that were stored. One statement (none for nobody)."""
    running.keep(session, after)


def load_guarded(session: Session, authors: Collection[str]) -> dict[str, frozenset[str]]:
    """Toward whom each of these authors has an open case that can't wait. One statement (none for no authors)."""
    return guarding.guarded(session, authors)


def load_ties(session: Session, ways: Collection[Way]) -> dict[Way, Answers]:
    """Who has answered whom, of these ways. Exactly one statement (none for no ways)."""
    return ties.of(session, ways)


def keep_ties(session: Session, after: Mapping[Way, Answers]) -> None:
    """Store what became of ways after texts the room saw. One statement (none for none)."""
    ties.keep(session, after)


def forget(session: Session, before: datetime, *, limit: int) -> int:
    """Erase memories from before a moment, up to `limit` of the oldest observations; returns how many of those went."""
    running.forget(session, before)
    ties.forget(session, before)
    return observations.forget(session, before, limit)


def spoke_against(person_id: str, at: datetime) -> Observation:
    """What to remember of a person whom somebody reported or blocked: that it happened and when, never by whom."""
    return Observation(person_id, None, REPORTED, 1.0, at)


def remember(session: Session, observed: Sequence[Observation]) -> None:
    """Store what a stored text showed (its `ref` filled in by the caller): two statements, none for nothing."""
    observations.add(session, observed)
