"""What a case may copy from a room: the message itself and the lines around it, held and removed ones included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from community.accounts.models import Account
from community.rooms.models import Message
from moderation.core.model import Kind, Ref
from moderation.ports import Line


def context(session: Session, ref: Ref, *, before: int, after: int) -> Sequence[Line]:
    """The message and its neighbours in the room, oldest first; empty when there is no such message."""
    room_id = session.scalar(select(Message.room_id).where(Message.id == int(ref.id))) if ref.id.isdigit() else None
    if room_id is None:
        return []
    in_room = _lines().where(Message.room_id == room_id)
    earlier = in_room.where(Message.id <= int(ref.id)).order_by(Message.id.desc()).limit(before + 1)
    later = in_room.where(Message.id > int(ref.id)).order_by(Message.id).limit(after)
    rows = list(session.execute(earlier))[::-1] + (list(session.execute(later)) if after else [])
    return [Line(Ref(Kind.MESSAGE, str(row[0])), *row[1:5], answers=row[5] or "") for row in rows]


_answered, _answered_author = aliased(Message), aliased(Account)


def _lines() -> Select[int, str, datetime, str, str, str | None]:
    columns = (Message.id, Account.public_id, Message.sent_at, Message.state, Message.text, _answered_author.public_id)
    return (
        select(*columns)
        .join(Account, Account.id == Message.author_id)
        .outerjoin(_answered, _answered.id == Message.reply_to)
        .outerjoin(_answered_author, _answered_author.id == _answered.author_id)
    )
