"""What screening remembers of each author: one row a signal, read back in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.core.model import Kind, Observation, Ref
from moderation.store.base import Base, BigId, UtcDateTime


class ObservationRow(Base):
    """One signal one author showed, towards whom (nobody: an open call), when, in which content."""

    __tablename__ = "mod_observation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    author_ref: Mapped[str] = mapped_column(String(64))
    target_ref: Mapped[str | None] = mapped_column(String(64))
    signal: Mapped[str] = mapped_column(String(64))
    confidence: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ref_kind: Mapped[str | None] = mapped_column(String(24))
    ref_id: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("(ref_kind IS NULL) = (ref_id IS NULL)", name="ref_whole"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_range"),
        Index(None, "author_ref", "at"),
    )


_READ = (
    ObservationRow.author_ref,
    ObservationRow.target_ref,
    ObservationRow.signal,
    ObservationRow.confidence,
    ObservationRow.at,
    ObservationRow.ref_kind,
    ObservationRow.ref_id,
)


def since(session: Session, ids: Collection[str], start: datetime) -> dict[str, list[Observation]]:
    """Observations of each author in `ids` from `start` on, oldest first; one statement. Every id has a list."""
    found: dict[str, list[Observation]] = {author: [] for author in ids}
    if not found:
        return found
    statement = (
        select(*_READ)
        .where(ObservationRow.author_ref.in_(found), ObservationRow.at >= start)
        .order_by(ObservationRow.at, ObservationRow.id)
    )
    for author, target, signal, confidence, at, kind, ref_id in session.execute(statement):
        ref = Ref(Kind(kind), ref_id) if kind is not None and ref_id is not None else None
        found[author].append(Observation(author, target, signal, confidence, at, ref))
    return found


def forget(session: Session, before: datetime, limit: int) -> int:
    """Erase up to `limit` of the oldest observations made before a moment; returns how many went."""
    oldest = session.execute(select(ObservationRow.id, ObservationRow.at).order_by(ObservationRow.id).limit(limit))
    old = [row.id for row in oldest if row.at < before]
    session.execute(delete(ObservationRow).where(ObservationRow.id.in_(old)))
    return len(old)


def add(session: Session, observations: Sequence[Observation]) -> None:
    """Store observations in one INSERT; none for none."""
    if not observations:
        return
    session.execute(
        insert(ObservationRow.__table__),  # type: ignore[arg-type]
        [
            {
                "author_ref": seen.author_id,
                "target_ref": seen.target_id,
                "signal": seen.signal,
                "confidence": seen.confidence,
                "at": seen.at,
                "ref_kind": seen.ref.kind.value if seen.ref else None,
                "ref_id": seen.ref.id if seen.ref else None,
            }
            for seen in observations
        ],
    )
