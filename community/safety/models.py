"""Tables of blocks, notices and breaks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.db import Base
from moderation.store.base import UtcDateTime


class Block(Base):
    """One person does not want to see another. `until` is set for a mute (one way), empty for a block (both ways)."""

    __tablename__ = "block"

    blocker_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("blocker_id <> blocked_id", name="two_people"),
        Index("ix_block_blocked", "blocked_id"),
    )


class Notice(Base):
    """Something one person should know, with choices. `kind` names its texts; `data` fills them."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    body: Mapped[str] = mapped_column(Text, default="")
    case_id: Mapped[int | None]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen: Mapped[str | None] = mapped_column(String(20))
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("(chosen IS NULL) = (chosen_at IS NULL)", name="chosen_has_a_time"),
        Index("ix_notice_account", "account_id", "id"),
        Index("ix_notice_other", "other_id", "id"),
    )


class Restriction(Base):
    """A break from the rooms: reason, end, never more than 14 days; it ends by itself."""

    __tablename__ = "restriction"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)
    guideline: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(24))

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_restriction_account", "account_id", "ends_at"),
    )
