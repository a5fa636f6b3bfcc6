"""Where each writer's words stand (`moderation/core/running.py`): one small row a person, one statement either way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.core.model import Running
from moderation.store.base import Base, UtcDateTime, upsert


class RunningRow(Base):
    """One writer: points for what they say, points for what they hear back, as of when."""

    __tablename__ = "mod_running"

    author_ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    says: Mapped[float] = mapped_column(Float)
    hears: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("says >= 0 AND hears >= 0", name="not_negative"),
        Index(None, "at"),
    )


def of(session: Session, ids: Collection[str]) -> dict[str, Running]:
    """Where the words of each writer in `ids` stand; those of whom nothing is known are left out. One statement."""
    if not ids:
        return {}
    rows = select(RunningRow.author_ref, RunningRow.says, RunningRow.hears, RunningRow.at)
    found = session.execute(rows.where(RunningRow.author_ref.in_(ids)))
    return {author: Running(says, hears, at) for author, says, hears, at in found}


def keep(session: Session, after: Mapping[str, Running]) -> None:
    """Write where each writer's words stand now, in one statement; none for nobody."""
    rows = [{"author_ref": author, "says": one.says, "hears": one.hears, "at": one.at} for author, one in after.items()]
    if rows:
        session.execute(upsert(session, RunningRow, rows, key="author_ref"))


def start_anew(session: Session, author: str) -> Running | None:
    """Forget where one writer's words stood: a person has read them and found nothing to do. Returns where they did."""
    stood = of(session, [author]).get(author)
    session.execute(delete(RunningRow).where(RunningRow.author_ref == author))
    return stood


def forget(session: Session, before: datetime) -> None:
    """Erase every row that has not moved since `before`."""
    session.execute(delete(RunningRow).where(RunningRow.at < before))
