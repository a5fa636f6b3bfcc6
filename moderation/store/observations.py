"""What screening remembers of each author: one row a signal, read back in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index, String, bindparam, delete, insert, select
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


# The table itself, not the mapped class, and built once: history is read for every message, and building the statement
# and passing rows through the mapper cost more than SQLite's search.
_ROWS = ObservationRow.metadata.tables[ObservationRow.__tablename__].c
_SINCE = (
    select(_ROWS.author_ref, _ROWS.target_ref, _ROWS.signal, _ROWS.confidence, _ROWS.at, _ROWS.ref_kind, _ROWS.ref_id)
    .where(_ROWS.author_ref.in_(bindparam("authors", expanding=True)), _ROWS.at >= bindparam("start"))
    .order_by(_ROWS.at, _ROWS.id)
)
_KINDS = {kind.value: kind for kind in Kind}


def since(session: Session, ids: Collection[str], start: datetime) -> dict[str, list[Observation]]:
    """Observations of each author in `ids` from `start` on, oldest first; one statement. Every id has a list."""
    found: dict[str, list[Observation]] = {author: [] for author in ids}
    if not found:
        return found
    rows = session.execute(_SINCE, {"authors": list(found), "start": start})
    for author, target, signal, confidence, at, kind, ref_id in rows:
        ref = Ref(_KINDS[kind], ref_id) if kind is not None and ref_id is not None else None
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
