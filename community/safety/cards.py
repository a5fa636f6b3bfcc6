"""Cards offered to those a message was written to: what becomes of them once a person has decided on that message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from community.safety.models import Notice
from community.safety.queries import hidden_authors
from community.safety.service import Note, give_notice

# What a card says was chosen when staff decided before its reader did.
BY_STAFF = "decided"
_ASKING = ("choice", "choice-held", "choice-threat")
_TOLD = "held-decided"


def close_cards(session: Session, author_id: int, message_id: int, *, outcome: str, now: datetime) -> None:
    """A person has decided: what asked its reader to choose asks no more, and they are told ("kept", "shown", "down").

    What a card says about a threat stays true whatever is decided, so that one stays and says that it was looked at.
    Who already chose for themself hears no more of it, but for those who wanted us to handle it and those who were told
    of an earlier decision: that is no longer so.
    """
    told_before = _untell(session, author_id, message_id)
    for card in _cards(session, author_id, message_id, _ASKING):
        waited = card.chosen in (None, "handle") or card.account_id in told_before
        if card.kind == "choice-threat":
            card.data = {**card.data, "outcome": outcome}
            continue
        if card.chosen is None:
            card.chosen, card.chosen_at = BY_STAFF, now
        if waited and author_id not in hidden_authors(session, card.account_id, now=now):
            note = Note(_TOLD, {"message": message_id, "outcome": outcome}, other_id=author_id)
            give_notice(session, card.account_id, note, now=now)
    session.flush()


def reopen_cards(session: Session, author_id: int, message_id: int) -> None:
    """The decision was taken back: its cards ask again, and what was told of it is no longer so."""
    for card in _cards(session, author_id, message_id, _ASKING):
        card.data = {key: value for key, value in card.data.items() if key != "outcome"}
        if card.chosen == BY_STAFF:
            card.chosen = card.chosen_at = None
    _untell(session, author_id, message_id)
    session.flush()


def _untell(session: Session, author_id: int, message_id: int) -> set[int]:
    """Take back every note of what was decided on the message. Returns whose they were."""
    told = _cards(session, author_id, message_id, (_TOLD,))
    gone = delete(Notice).where(Notice.id.in_([note.id for note in told]))
    session.execute(gone, execution_options={"synchronize_session": False})
    return {note.account_id for note in told}


def _cards(session: Session, author_id: int, message_id: int, kinds: Sequence[str]) -> Sequence[Notice]:
    about = (Notice.other_id == author_id, Notice.kind.in_(kinds), Notice.data["message"].as_integer() == message_id)
    return session.scalars(select(Notice).where(*about).order_by(Notice.id)).all()
