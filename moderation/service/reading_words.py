"""What screening makes of words written to the team: how soon somebody must read them, never a mark on their writer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from moderation.core.model import Author, Context, Draft, Kind, Reason
from moderation.core.rules import Purpose
from moderation.fail_closed import UNSCREENED, screen
from moderation.runtime import Runtime
from moderation.service.intake import flag
from moderation.store.cases import Source


def what_hurts(session: Session, runtime: Runtime, person_id: str, words: str, at: datetime) -> list[Reason]:
    """Care reasons in what someone tells the team, most urgent first: words about harm must not wait in line.

    Nothing else is looked for: telling us what somebody did is never held against the one who tells.
    """
    said = what_it_says(session, runtime, person_id, words, at)
    return [reason for reason in said if reason.rule_id == UNSCREENED or is_care(runtime, reason)]


def what_it_says(session: Session, runtime: Runtime, person_id: str, words: str, at: datetime) -> list[Reason]:
    """Every reason screening finds in words written to the team, most urgent first, care before conduct."""
    person = runtime.host.people(session, [person_id]).get(person_id)
    if person is None or not words:
        return []
    author = Author(person.id, person.role, person.band, person.joined_at)
    verdict = screen(runtime.rulebook, Draft(author, Kind.NOTE, at, "talk", words), Context())
    return sorted(verdict.reasons, key=lambda reason: (reason.tier, not is_care(runtime, reason)))


def care_title(runtime: Runtime, urgent: Sequence[Reason]) -> str:
    """The first caring reason: a title of conduct would speak of who tells of it as if they had done it."""
    return next((one.rule_id for one in urgent if is_care(runtime, one)), "")


def flags_of(urgent: Sequence[Reason], source: Source = Source.RULE) -> list[dict[str, Any]]:
    """A flag for each reason, on no content: these words are an event of the case."""
    return [flag(source, one.rule_id, one.tier, ref=None, held=False, signals=one.signals) for one in urgent]


def is_care(runtime: Runtime, reason: Reason) -> bool:
    """True when the reason says someone may need care: its rule or one of its signals is for that."""
    signals = runtime.rulebook.signals
    return any(name in signals and signals[name].purpose is Purpose.CARE for name in (reason.rule_id, *reason.signals))
