"""Who is offered choices after a message: the people it was written to, and its author when they may need care."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from community.accounts.queries import accounts_by_public_id
from community.rooms.wire import MessageRow
from community.safety.service import Note, give_notice
from moderation.core.model import Action, Route, Tier, Verdict
from moderation.core.relations import THREAT

# What makes a rule one about a threat, found by phrase or by how the words sound: its card comes before the others
# (detection.md E4, voice.md 6.6).
THREAT_SIGNALS = frozenset({"sextortion_threat", THREAT})

# Which card its author gets, most urgent first; "care-harm" for all else that brings care.
CARE_CARDS = {"danger_now": "care-now", "self_harm_crisis": "care-self"}


def offer_choices(
    session: Session, row: MessageRow, verdict: Verdict, case_id: int, *, away: frozenset[str], now: datetime
) -> None:
    """Cards for the recipients of a risky message, and a care card for an author who said they are not safe.

    The cards never carry the sender's words. P2 and below offer nothing: a wrong card frightens too. Those in `away`
    are blocked from the sender, so that a blocked person cannot reach anybody by being held.
    """
    if verdict.tier in {Tier.P0, Tier.P1}:
        seen = {signal for reason in verdict.reasons for signal in reason.signals}
        kind = "choice" if verdict.action is not Action.HOLD else "choice-held"
        if seen & THREAT_SIGNALS:
            kind = "choice-threat"
        people = accounts_by_public_id(session, verdict.targets)
        for person in people.values():
            if person.kind == "member" and person.public_id not in away:
                note = Note(kind, {"message": row.id}, case_id=case_id, other_id=row.author_pk)
                give_notice(session, person.id, note, now=now)
    if Route.CARE in verdict.routes and row.author_kind == "member":
        noticed = {signal for reason in verdict.reasons for signal in reason.signals}
        kind = next((kind for signal, kind in CARE_CARDS.items() if signal in noticed), "care-harm")
        give_notice(session, row.author_pk, Note(kind, {}, case_id=case_id), now=now)
