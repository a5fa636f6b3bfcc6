"""What a case may see of rooms: a message, the lines around it, what people wrote since; held and removed ones too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from community.accounts.models import Account
from community.rooms.models import Message
from moderation.core.model import Kind, Ref
from moderation.ports import Line

LONGEST_NUMBER = 15  # digits: any number that long fits a row number, and none of a message is longer


def number_of(ref: Ref) -> int | None:
    """The number of the message a reference names; None for one no message can have."""
    plain = ref.kind is Kind.MESSAGE and ref.id.isascii() and ref.id.isdecimal() and len(ref.id) <= LONGEST_NUMBER
    return int(ref.id) if plain else None


def context(session: Session, ref: Ref, *, before: int, after: int) -> Sequence[Line]:
    """The message and its neighbours in the room, oldest first; empty when there is no such message."""
    number = number_of(ref)
    room_id = session.scalar(select(Message.room_id).where(Message.id == number)) if number is not None else None
    if number is None or room_id is None:
        return []
    in_room = _lines().where(Message.room_id == room_id)
    earlier = in_room.where(Message.id <= number).order_by(Message.id.desc()).limit(before + 1)
    later = in_room.where(Message.id > number).order_by(Message.id).limit(after)
    rows = list(session.execute(earlier))[::-1] + (list(session.execute(later)) if after else [])
    return [_line(row) for row in rows]


def since(session: Session, people: Collection[str], after: datetime, *, limit: int) -> Sequence[Line]:
    """The newest messages these people wrote after a moment, in any room, oldest first. Two statements."""
    # Ids first: by account SQLite finds their messages in an index, by name it would read everybody's.
    authors = session.scalars(select(Account.id).where(Account.public_id.in_(people))).all()
    theirs = _lines().where(Message.author_id.in_(authors), Message.sent_at > after)
    rows = session.execute(theirs.order_by(Message.id.desc()).limit(limit)).all()
    return [_line(row) for row in reversed(rows)]


def _line(row: Row[int, str, datetime, str, str, str | None]) -> Line:
    message_id, author, at, state, text, answers = row
    return Line(Ref(Kind.MESSAGE, str(message_id)), author, at, state, text, answers or "")


_answered, _answered_author = aliased(Message), aliased(Account)


def _lines() -> Select[int, str, datetime, str, str, str | None]:
    columns = (Message.id, Account.public_id, Message.sent_at, Message.state, Message.text, _answered_author.public_id)
    return (
        select(*columns)
        .join(Account, Account.id == Message.author_id)
        .outerjoin(_answered, _answered.id == Message.reply_to)
        .outerjoin(_answered_author, _answered_author.id == _answered.author_id)
    )
