"""Decisions: what one person decided on one version of a case, why, what it changed, and the stored way back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.store.base import Base, UtcDateTime, words


class Confidence(StrEnum):
    """How sure the person was."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class DecisionRow(Base):
    """One decision. `effects` were carried out in order; `way_back` are the effects that undo them, in order."""

    __tablename__ = "mod_decision"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("mod_case.id"))
    by_ref: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    guideline: Mapped[str] = mapped_column(String(64))
    confidence: Mapped[Confidence] = mapped_column(words(Confidence, "confidence"))
    reason: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    effects: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    way_back: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    closed: Mapped[bool] = mapped_column(Boolean)
    undone_by: Mapped[str | None] = mapped_column(String(64))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone_at_iff_undone"),
        CheckConstraint("guideline <> '' AND reason <> ''", name="reasoned"),
        Index(None, "case_id", "id"),
        {"sqlite_autoincrement": True},
    )
