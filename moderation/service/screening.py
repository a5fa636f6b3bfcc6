"""Screening as the community calls it: never raises, remembers, and reads back what was remembered."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.core import screen as pipeline
from moderation.core.model import (
    Action,
    Author,
    Context,
    Draft,
    Kind,
    Observation,
    Reason,
    Role,
    Route,
    Tier,
    Verdict,
)
from moderation.core.relations import REPORTED
from moderation.core.rules import Rulebook
from moderation.store import observations

log = logging.getLogger(__name__)

UNSCREENED = "system-unscreened"
# What /health tries the rules on.
NEVER_PASSES = "send the money by tonight or i show everyone your picture"
HARMLESS = "drew a dragon today, it came out looking like a dog"


def screen(rulebook: Rulebook, draft: Draft, context: Context) -> Verdict:
    """Judge one draft. Never raises: whatever breaks, the text waits for a person and says it was not screened."""
    try:
        return pipeline.screen(draft, context, rulebook)
    except Exception as error:  # noqa: BLE001 - fail closed: any failure is a hold, and is said out loud
        log.error("screening failed: %s", type(error).__name__)
        return unscreened()


def works(rulebook: Rulebook, at: datetime) -> bool:
    """True if rules hold a line that no working rulebook lets pass, and let a harmless one through. Stores nothing."""
    author = Author("p_nobody", Role.YOUTH, "16-17", at)
    held, passed = (
        screen(rulebook, Draft(author, Kind.MESSAGE, at, "room:0", words, to=("p_someone",)), Context())
        for words in (NEVER_PASSES, HARMLESS)
    )
    return held.action is Action.HOLD and not held.unscreened and passed.action is Action.PUBLISH


def unscreened() -> Verdict:
    """The verdict for a text no rule could look at: held, for a person to read the same day."""
    return Verdict(
        action=Action.HOLD,
        tier=Tier.P1,
        routes=frozenset({Route.QUEUE}),
        reasons=(Reason(UNSCREENED, 1, (), Tier.P1),),
        unscreened=True,
    )


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
