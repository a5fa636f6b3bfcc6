"""The hash-chained audit: who did what to which thing, appended only. The one place that writes audit rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.store.base import Base, BigId, UtcDateTime, append_only

GENESIS = "0" * 64
_HEAD = 1


@append_only
class AuditRow(Base):
    """One link: `id` is its place in the chain (no gaps), `hash` covers everything in it and the link before."""

    __tablename__ = "mod_audit"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(96))
    data: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "subject", "id"), Index(None, "actor", "id"))


class AuditHead(Base):
    """The newest link. One row, there from the first migration on, locked by whoever appends: the chain never forks."""

    __tablename__ = "mod_audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(BigId)
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("id = 1", name="single"),)


@dataclass(frozen=True, slots=True)
class Entry:
    """What to record. `data` holds ids, counts and codes: never text people wrote, never handles."""

    actor: str
    event: str
    subject: str
    at: datetime
    data: Mapping[str, Any] | None = None


def record(
    session: Session, *, actor: str, event: str, subject: str, at: datetime, data: Mapping[str, Any] | None = None
) -> None:
    """Append one link in the caller's transaction."""
    record_many(session, [Entry(actor, event, subject, at, data)])


def record_many(session: Session, entries: Sequence[Entry]) -> None:
    """Append links in order: one read of the head, one INSERT for all, one write of the head."""
    if not entries:
        return
    last_id, previous = _locked_head(session)
    rows = []
    for entry in entries:
        last_id += 1
        data = _canonical(dict(entry.data or {}))
        link = _digest(previous, last_id, entry.at, (entry.actor, entry.event, entry.subject, data))
        rows.append(
            {
                "id": last_id,
                "at": entry.at,
                "actor": entry.actor,
                "event": entry.event,
                "subject": entry.subject,
                "data": data,
                "previous": previous,
                "hash": link,
            }
        )
        previous = link
    session.execute(insert(AuditRow.__table__), rows)  # type: ignore[arg-type]
    session.execute(update(AuditHead.__table__).values(last_id=last_id, hash=previous))  # type: ignore[arg-type]


def verify_audit(session: Session) -> int | None:
    """Walk the chain. Returns the place of the first link that is changed, missing or moved; None when all hold."""
    expected, previous = 1, GENESIS
    rows = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)
    with closing(session.scalars(rows)) as links:
        for row in links:
            link = _digest(previous, row.id, row.at, (row.actor, row.event, row.subject, row.data))
            if row.id != expected or row.previous != previous or row.hash != link:
                return min(expected, row.id)
            expected, previous = row.id + 1, row.hash
    head = session.get(AuditHead, _HEAD)
    last_id, tip = (head.last_id, head.hash) if head is not None else (0, "")
    if last_id != expected - 1:
        return min(expected, last_id + 1)
    return None if tip == previous else max(last_id, 1)


def audit_head(session: Session) -> str:
    """The newest link as "number:hash", to be kept elsewhere: whoever rewrites the chain cannot rewrite that."""
    head = session.get(AuditHead, _HEAD)
    return f"{head.last_id}:{head.hash}" if head is not None else ""


def audit_holds(session: Session, kept: str) -> bool:
    """True when a link kept from `audit_head` is still in the chain as it was. False for anything else."""
    number, _, link = kept.partition(":")
    row = session.get(AuditRow, int(number)) if number.isdecimal() and len(number) < 16 else None
    return row is not None and row.hash == link


def _locked_head(session: Session) -> tuple[int, str]:
    """The newest link, which nobody else can follow until this transaction ends. A migration puts the row there."""
    head = select(AuditHead.last_id, AuditHead.hash).where(AuditHead.id == _HEAD).with_for_update()
    last_id, link = session.execute(head).one()
    return last_id, link


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digest(previous: str, row_id: int, at: datetime, parts: tuple[str, str, str, str]) -> str:
    body = _canonical([previous, row_id, at.astimezone(UTC).isoformat(timespec="microseconds"), *parts])
    return hashlib.sha256(body.encode()).hexdigest()
