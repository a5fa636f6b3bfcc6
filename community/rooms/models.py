"""Tables of rooms and messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.db import Base
from moderation.store.base import BigId, UtcDateTime


class Room(Base):
    """One room of one age band. `revision` counts every visible change in it, without gaps, in commit order."""

    __tablename__ = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    band: Mapped[str] = mapped_column(String(5))
    name_en: Mapped[str] = mapped_column(String(60))
    name_es: Mapped[str] = mapped_column(String(60))
    about_en: Mapped[str] = mapped_column(String(200))
    about_es: Mapped[str] = mapped_column(String(200))
    is_open: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (CheckConstraint("band IN ('13-15', '16-17', '18-21')", name="band_known"),)


class Message(Base):
    """One message. Its id gives its place in the room for good; its revision moves whenever it changes.

    A held one whose `was_published` is set was in the room and waits for a second look: the room knows that it is
    there and sees none of its words.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    client_id: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(9))
    revision: Mapped[int] = mapped_column(BigInteger)
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    was_published: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("author_id", "client_id"),
        CheckConstraint("state IN ('published', 'held', 'removed', 'withdrawn')", name="state_known"),
        CheckConstraint("state <> 'published' OR was_published", name="published_was_published"),
        Index("ix_message_room_id", "room_id", "id"),
        Index("ix_message_room_revision", "room_id", "revision"),
        # An erased message's id must never name another one: notices, flags and evidence still hold it.
        {"sqlite_autoincrement": True},
    )
