"""Questions about rooms and messages; nothing here changes anything. Every page is cut by key, never by offset."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from community.accounts.models import Account
from community.actors import AnyActor, MemberActor, StaffActor
from community.errors import NotFound
from community.rooms.models import Message, Room
from community.rooms.wire import MessageRow, snippet, without_quote
from moderation.core.duties import Duty

PAGE = 50
CATCH_UP = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page of messages in the order of their ids, and whether there is more in the direction asked."""

    messages: Sequence[MessageRow]
    more: bool
    revision: int


def may_enter(actor: AnyActor, room: Room) -> bool:
    """True for members of the room's band and for staff who read rooms."""
    if isinstance(actor, MemberActor):
        return room.band == actor.band
    return isinstance(actor, StaffActor) and Duty.CASE_READ in actor.duties


def access_room(session: Session, actor: AnyActor, slug: str) -> Room:
    """The room, if this person may be in it. Raises NotFound for no such room and for another band's room alike."""
    room = session.scalar(select(Room).where(Room.slug == slug))
    if room is None or not may_enter(actor, room):
        raise NotFound
    return room


def rooms_for(session: Session, actor: AnyActor) -> list[Room]:
    """Rooms this person may enter, in a steady order."""
    return [room for room in session.scalars(select(Room).order_by(Room.id)) if may_enter(actor, room)]


def last_said(session: Session, rooms: Collection[Room], *, hidden: Collection[int]) -> dict[int, datetime]:
    """When each room last heard something this person may see, by room id. One statement, one index look a room."""
    said = select(Message.sent_at).where(Message.room_id == Room.id, Message.state == "published")
    if hidden:
        said = said.where(Message.author_id.not_in(list(hidden)))
    newest_of = said.order_by(Message.id.desc()).limit(1).scalar_subquery()
    rows = session.execute(select(Room.id, newest_of).where(Room.id.in_([room.id for room in rooms])))
    return {room_id: at for room_id, at in rows if at is not None}


def access_message(session: Session, actor: AnyActor, message_id: int) -> tuple[Message, Room, Account]:
    """A message this person may see, with its room and author. Raises NotFound otherwise, whatever the reason."""
    found = session.execute(
        select(Message, Room, Account)
        .join(Room, Room.id == Message.room_id)
        .join(Account, Account.id == Message.author_id)
        .where(Message.id == message_id)
    ).first()
    if found is None:
        raise NotFound
    message, room, author = found
    if not may_enter(actor, room) or not (message.was_published or message.author_id == actor.id):
        raise NotFound
    return message, room, author


def newest(session: Session, room: Room, actor: AnyActor, *, hidden: Collection[int]) -> Page:
    """The newest page of a room."""
    return _older(session, room, actor, hidden, None)


def older(session: Session, room: Room, actor: AnyActor, before: int, *, hidden: Collection[int]) -> Page:
    """The page before message `before`."""
    return _older(session, room, actor, hidden, before)


def changes(session: Session, room: Room, actor: AnyActor, after: int, *, hidden: Collection[int]) -> Page:
    """Everything that changed after revision `after`, oldest change first, at most 200 a page."""
    statement = _visible(room, actor, hidden).where(Message.revision > after).order_by(Message.revision)
    rows = _rows(session, statement.limit(CATCH_UP + 1), hidden)
    page = rows[:CATCH_UP]
    more = len(rows) > CATCH_UP
    return Page(sorted(page, key=lambda r: r.id), more, page[-1].revision if more else room.revision)


def one(session: Session, message_id: int) -> MessageRow:
    """One message for the wire, whoever asks; the caller has decided that they may. Raises NotFound once erased."""
    found = these(session, [message_id])
    if not found:
        raise NotFound
    return found[0]


def these(session: Session, message_ids: Collection[int]) -> list[MessageRow]:
    """Messages for the wire, whoever asks; the caller has decided that they may. Those erased are left out."""
    return _rows(session, _base().where(Message.id.in_(message_ids)))


def _older(session: Session, room: Room, actor: AnyActor, hidden: Collection[int], before: int | None) -> Page:
    statement = _visible(room, actor, hidden).order_by(Message.id.desc()).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(Message.id < before)
    rows = _rows(session, statement, hidden)
    return Page(rows[:PAGE][::-1], len(rows) > PAGE, room.revision)


_original, _original_author = aliased(Message), aliased(Account)


def _base() -> Any:
    return (
        select(
            Message.id,
            Message.revision,
            Message.client_id,
            Message.state,
            Message.was_published,
            Message.sent_at,
            Message.text,
            Message.author_id,
            Account.public_id,
            Account.handle,
            Account.kind,
            _original.id,
            _original.author_id,
            _original.text,
            _original.state,
            _original_author.handle,
        )
        .join(Account, Account.id == Message.author_id)
        .outerjoin(_original, _original.id == Message.reply_to)
        .outerjoin(_original_author, _original_author.id == _original.author_id)
    )


def _visible(room: Room, actor: AnyActor, hidden: Collection[int]) -> Any:
    seen = and_(Message.was_published, Message.author_id.not_in(list(hidden))) if hidden else Message.was_published
    return _base().where(Message.room_id == room.id, or_(seen, Message.author_id == actor.id))


def _rows(session: Session, statement: Any, hidden: Collection[int] = ()) -> list[MessageRow]:
    rows = []
    for row in session.execute(statement):
        fields, (original_id, original_author, original_text, original_state, original_name) = row[:11], row[11:]
        reply = None
        if original_id is not None:
            reply = snippet(original_id, original_name, original_text, original_state)
        made = MessageRow(*tuple(fields), reply=reply, reply_author_pk=original_author)  # type: ignore[misc]
        rows.append(without_quote(made) if original_author in hidden else made)
    return rows
