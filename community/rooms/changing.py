"""What can happen to a message after it is stored: let through, taken down, taken back. Each change gets a revision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from community.accounts.models import Account
from community.actors import MemberActor, StaffActor
from community.errors import DomainError, NotFound
from community.realtime import person_channel, publish
from community.rooms import queries
from community.rooms.announcing import announce, next_revisions, people_in
from community.rooms.models import Message, Room
from community.rooms.wire import wire
from community.safety.cards import close_cards, reopen_cards
from community.safety.queries import hidden_from
from community.safety.service import Note, give_notice, withdraw_notices
from moderation import service as moderation

NOTES = ("message-released", "message-removed", "message-kept", "message-back", "message-again")


def release(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a held or removed message through, in its first place. Harmless when it is out already."""
    message = _locked(session, message_id)
    if message.state == "published":
        return
    if message.state == "withdrawn":
        raise DomainError("message-withdrawn")
    was_held = message.state == "held"
    _change(session, message, "published", now)
    close_cards(session, message.author_id, message.id, outcome="shown", now=now)
    _tell(session, message, "message-released" if was_held else "message-back", now)


def take_down(session: Session, message_id: int, *, reason: str, guideline: str, now: datetime) -> None:
    """Take a message down, or keep a held one from ever showing; its author is told why. Harmless when it is down."""
    message = _locked(session, message_id)
    if message.state in {"removed", "withdrawn"}:
        return
    _change(session, message, "removed", now)
    # What nobody saw was not taken down.
    kind, outcome = ("message-removed", "down") if message.was_published else ("message-kept", "kept")
    close_cards(session, message.author_id, message.id, outcome=outcome, now=now)
    _tell(session, message, kind, now, reason=reason, guideline=guideline)


def withhold(session: Session, message_id: int, *, now: datetime) -> None:
    """Back to waiting for a person; the room lets go of the words it has seen. Never brings anything into the room."""
    message = _locked(session, message_id)
    if message.state in {"held", "withdrawn"}:
        return
    _change(session, message, "held", now)
    reopen_cards(session, message.author_id, message.id)
    _tell(session, message, "message-again", now)


def withdraw(session: Session, actor: MemberActor | StaffActor, message_id: int, *, now: datetime) -> None:
    """Take one's own message back. What was flagged stays with its case; the room no longer sees it."""
    message, _, _ = queries.access_message(session, actor, message_id)
    if message.author_id != actor.id:
        raise NotFound
    if message.state in {"removed", "withdrawn"}:
        raise DomainError("message-gone")
    _change(session, message, "withdrawn", now)
    moderation.record(
        session, actor=actor.public_id, event="message.withdrawn", subject=f"message:{message_id}", at=now, data={}
    )


def _locked(session: Session, message_id: int) -> Message:
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound
    return message


def _tell(session: Session, message: Message, kind: str, now: datetime, **why: str) -> None:
    """Tell the author what became of their message. An older note about it would say what is no longer so."""
    room = session.get_one(Room, message.room_id)
    where = {"message": message.id, "room_en": room.name_en, "room_es": room.name_es, "slug": room.slug}
    withdraw_notices(session, message.author_id, NOTES, message_id=message.id)
    give_notice(session, message.author_id, Note(kind, {**where, **why}), now=now)


def _change(session: Session, message: Message, state: str, now: datetime) -> None:
    message.revision = next_revisions(session, [message.room_id])[0]
    message.state = state
    message.was_published = message.was_published or state == "published"
    session.flush()
    room = session.get_one(Room, message.room_id)
    author = session.get_one(Account, message.author_id)
    row = queries.one(session, message.id)
    own = {"message": wire(row, for_author=True)}
    publish(session, person_channel(author.public_id), "message:changed", own)
    if message.was_published:
        away = hidden_from(session, people_in([row]), now=now)
        announce(session, room, row, away, without=frozenset({author.public_id}))
