"""What a decision changes, as data. The host carries effects out; each has an inverse where one makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from moderation.core.model import Ref


@dataclass(frozen=True, slots=True)
class Release:
    """Let held content through, in its original place."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Remove:
    """Take content down (or keep held content from ever showing) and tell its author why."""

    ref: Ref
    reason: str
    guideline: str


@dataclass(frozen=True, slots=True)
class Restrict:
    """A dated break from the rooms for one person. Always ends by itself, in at most 14 days."""

    account_id: str
    until: datetime
    reason: str
    guideline: str


@dataclass(frozen=True, slots=True)
class LiftRestriction:
    """End a person's break early."""

    account_id: str


@dataclass(frozen=True, slots=True)
class OfferCare:
    """A warm note from the team to one person, with choices. Never a strike."""

    account_id: str
    text: str
    case_id: int


Effect = Release | Remove | Restrict | LiftRestriction | OfferCare


def inverse(effect: Effect) -> Effect | None:
    """The effect that undoes `effect`; None where nothing can be undone (a note already read stays read)."""
    match effect:
        case Release(ref=ref):
            return Remove(ref, reason="", guideline="")
        case Remove(ref=ref):
            return Release(ref)
        case Restrict(account_id=account_id):
            return LiftRestriction(account_id)
        case LiftRestriction() | OfferCare():
            return None
