"""The community as moderation sees it: carries out effects, shows context, names people, queues live events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy.orm import Session

from community import realtime
from community.accounts.models import Account
from community.accounts.queries import accounts_by_public_id
from community.actors import ROLE
from community.errors import DomainError
from community.rooms import changing, evidence
from community.safety import service as safety
from moderation.core.effects import Effect, LiftRestriction, OfferCare, Release, Remove, Restrict, Withhold
from moderation.core.model import Ref
from moderation.ports import Line, Person


class CommunityHost:
    """Implements `moderation.ports.Host`. `clock` gives the moment effects take place."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def apply(self, session: Session, effect: Effect, *, by: str) -> None:
        """Carry out one effect of a decision. Raises LookupError when its subject is gone."""
        try:
            self._apply(session, effect, by, self._clock())
        except DomainError as error:
            raise LookupError(error.code) from error

    def _apply(self, session: Session, effect: Effect, by: str, now: datetime) -> None:
        match effect:
            case Release(ref=ref):
                changing.release(session, _message_id(ref), now=now)
            case Remove(ref=ref, reason=reason, guideline=guideline):
                changing.take_down(session, _message_id(ref), reason=reason, guideline=guideline, now=now)
            case Withhold(ref=ref):
                changing.withhold(session, _message_id(ref), now=now)
            case Restrict(account_id=person, until=until, reason=reason, guideline=guideline):
                account = _account(session, person)
                safety.restrict(session, account, until=until, reason=reason, guideline=guideline, by=by, now=now)
            case LiftRestriction(account_id=person, until=until):
                safety.lift_restriction(session, _account(session, person), until=until, now=now)
            case OfferCare(account_id=person, text=text, case_id=case_id):
                note = safety.Note("care-offer", {}, body=text, case_id=case_id)
                safety.give_notice(session, _account(session, person).id, note, now=now)
            case _:
                assert_never(effect)

    def context(self, session: Session, ref: Ref, *, before: int, after: int) -> Sequence[Line]:
        """The content and the lines around it; only messages have lines."""
        return evidence.context(session, ref, before=before, after=after)

    def since(self, session: Session, people: Collection[str], after: datetime, *, limit: int) -> Sequence[Line]:
        """The newest messages these people wrote after a moment, in whatever room, oldest first."""
        return evidence.since(session, people, after, limit=limit)

    def people(self, session: Session, ids: Collection[str]) -> Mapping[str, Person]:
        """Names and bands for these ids; ids nobody has are left out."""
        found = accounts_by_public_id(session, ids)
        return {
            key: Person(key, a.handle, ROLE[a.kind], a.band or "", a.created_at, a.language) for key, a in found.items()
        }

    def publish(
        self, session: Session, channel: str, event: str, payload: Mapping[str, Any], *, without: frozenset[str]
    ) -> None:
        """Queue a live event for everyone there but those people; it leaves only after the session commits."""
        realtime.publish(session, channel, event, payload, without)


def _message_id(ref: Ref) -> int:
    number = evidence.number_of(ref)
    if number is None:
        raise LookupError(f"no effect reaches this {ref.kind}")
    return number


def _account(session: Session, public_id: str) -> Account:
    return accounts_by_public_id(session, [public_id])[public_id]
