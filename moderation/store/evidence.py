"""Evidence: text copied at flag time, with its hash. Nothing that happens to the content changes a row here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.core.model import Kind, Ref
from moderation.ports import Line
from moderation.store.base import Base, BigId, UtcDateTime, append_only


@append_only
class Evidence(Base):
    """One line as it stood at `frozen_at`. An edited line gives a second row: both versions stay."""

    __tablename__ = "mod_evidence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("mod_case.id"))
    ref_kind: Mapped[str] = mapped_column(String(24))
    ref_id: Mapped[str] = mapped_column(String(64))
    author_ref: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    # The unique index starts with case_id, so it also serves "all lines of this case".
    __table_args__ = (UniqueConstraint("case_id", "ref_kind", "ref_id", "hash"),)

    @property
    def ref(self) -> Ref:
        """The content this was copied from, which may be gone by now."""
        return Ref(Kind(self.ref_kind), self.ref_id)


def text_hash(text: str) -> str:
    """SHA-256 of the text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def copy_lines(session: Session, case_id: int, lines: Sequence[Line], at: datetime) -> None:
    """Copy lines into a case; a line whose same text is already there is left as it is. At most two statements."""
    there = select(Evidence.ref_kind, Evidence.ref_id, Evidence.hash).where(Evidence.case_id == case_id)
    taken = {tuple(row) for row in session.execute(there)}
    rows = []
    for line in lines:
        key = (line.ref.kind.value, line.ref.id, text_hash(line.text))
        if key in taken:
            continue
        taken.add(key)
        rows.append(
            {
                "case_id": case_id,
                "ref_kind": key[0],
                "ref_id": key[1],
                "author_ref": line.author_id,
                "at": line.at,
                "state": line.state,
                "text": line.text,
                "hash": key[2],
                "frozen_at": at,
            }
        )
    if rows:
        session.execute(insert(Evidence.__table__), rows)  # type: ignore[arg-type]


def of_case(session: Session, case_id: int) -> Sequence[Evidence]:
    """Every copied line of a case, oldest first."""
    return session.scalars(select(Evidence).where(Evidence.case_id == case_id).order_by(Evidence.at, Evidence.id)).all()
