"""Who has answered whom, and since when (`moderation/core/ties.py`): one small row a way, one statement either way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.core.ties import Answers, Way
from moderation.store.base import Base, UtcDateTime, upsert


class TieRow(Base):
    """One way of a tie. `way` is both ids with a space between: SQLite finds no list of pairs by an index."""

    __tablename__ = "mod_tie"

    way: Mapped[str] = mapped_column(String(129), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sittings: Mapped[int]

    __table_args__ = (
        CheckConstraint("sittings >= 1 AND first_at <= last_at", name="in_order"),
        Index(None, "last_at"),
    )


def of(session: Session, ways: Collection[Way]) -> dict[Way, Answers]:
    """What is known of each way; those of which nothing is are left out. One statement, none for no ways."""
    if not ways:
        return {}
    names = {" ".join(way): way for way in ways}
    rows = select(TieRow.way, TieRow.first_at, TieRow.last_at, TieRow.sittings).where(TieRow.way.in_(names))
    return {names[way]: Answers(first, last, sittings) for way, first, last, sittings in session.execute(rows)}


def keep(session: Session, after: Mapping[Way, Answers]) -> None:
    """Write what became of these ways, in one statement; none for none."""
    rows = [
        {"way": " ".join(way), "first_at": one.first, "last_at": one.last, "sittings": one.sittings}
        for way, one in after.items()
    ]
    if rows:
        session.execute(upsert(session, TieRow, rows, key="way"))


def forget(session: Session, before: datetime) -> None:
    """Erase every way nobody went since `before`."""
    session.execute(delete(TieRow).where(TieRow.last_at < before))
