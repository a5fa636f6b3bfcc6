"""What can happen to a message after it is stored: let through, taken down, taken back. Each change gets a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from community.accounts.models import Account
from community.actors import MemberActor, StaffActor
from community.errors import DomainError, NotFound
from community.realtime import person_channel, publish
from community.rooms import queries
from community.rooms.announcing import announce, next_revisions, people_in
from community.rooms.models import Message, Room
from community.rooms.wire import wire
from community.safety.queries import hidden_from
from community.safety.service import Note, give_notice
from moderation import service as moderation


def release(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a held or removed message through, in its first place. Harmless when it is out already."""
    message = _locked(session, message_id)
    if message.state == "published":
        return
    if message.state == "withdrawn":
        raise DomainError("message-withdrawn")
    was_held = message.state == "held"
    _change(session, message, "published", now)
    note = "message-released" if was_held else "message-back"
    give_notice(session, message.author_id, Note(note, _where(session, message)), now=now)


def take_down(session: Session, message_id: int, *, reason: str, guideline: str, now: datetime) -> None:
    """Take a message down, or keep a held one from ever showing; its author is told why. Harmless when it is down."""
    message = _locked(session, message_id)
    if message.state in {"removed", "withdrawn"}:
        return
    _change(session, message, "removed", now)
    data = {**_where(session, message), "reason": reason, "guideline": guideline}
    give_notice(session, message.author_id, Note("message-removed", data), now=now)


def withhold(session: Session, message_id: int, *, now: datetime) -> None:
    """Back to waiting for a person. What the room has seen counts as taken down, so that the room lets go of it."""
    message = _locked(session, message_id)
    if message.state in {"held", "withdrawn"}:
        return
    seen = message.was_published
    _change(session, message, "removed" if seen else "held", now)
    give_notice(session, message.author_id, Note("message-again", _where(session, message)), now=now)


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


def _where(session: Session, message: Message) -> dict[str, Any]:
    room = session.get_one(Room, message.room_id)
    return {"message": message.id, "room_en": room.name_en, "room_es": room.name_es, "slug": room.slug}


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
