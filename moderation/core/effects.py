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
class Withhold:
    """Back to waiting: nobody but its author and staff see the content until a person decides again."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Restrict:
    """A dated break from the rooms for one person. Always ends by itself, in at most 14 days."""

    account_id: str
    until: datetime
    reason: str
    guideline: str


@dataclass(frozen=True, slots=True)
class LiftRestriction:
    """End one break of a person early: the one that was to last until then."""

    account_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OfferCare:
    """A warm note from the team to one person, with choices. Never a strike."""

    account_id: str
    text: str
    case_id: int


Effect = Release | Remove | Withhold | Restrict | LiftRestriction | OfferCare


def inverse(effect: Effect, waiting: frozenset[Ref]) -> Effect | None:
    """The effect that undoes `effect`; None where nothing can be undone (a note already read stays read).

    `waiting` names content that was held before the decision: undoing brings it back to waiting, never into the room.
    """
    match effect:
        case Release(ref=ref):
            return Withhold(ref)
        case Remove(ref=ref):
            return Withhold(ref) if ref in waiting else Release(ref)
        case Restrict(account_id=account_id, until=until):
            return LiftRestriction(account_id, until)
        case Withhold() | LiftRestriction() | OfferCare():
            return None
