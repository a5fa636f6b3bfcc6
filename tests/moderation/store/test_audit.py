"""The audit chain: whole as written, broken at the row that someone changed, removed or moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from moderation.store import audit

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        for number in range(5):
            audit.record(session, actor="p_a", event="case:noted", subject=f"case:{number}", at=AT, data={"n": number})
        yield session


def test_what_was_written_is_whole(session: Session) -> None:
    assert audit.verify_audit(session) is None


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE mod_audit SET actor = 'p_b' WHERE id = 3", 3),
        ("UPDATE mod_audit SET data = '{}' WHERE id = 2", 2),
        ("DELETE FROM mod_audit WHERE id = 4", 4),
        ("DELETE FROM mod_audit WHERE id = 5", 5),
        ("UPDATE mod_audit_head SET hash = 'x'", 5),
    ],
)
def test_a_changed_row_is_found(session: Session, change: str, row: int) -> None:
    session.execute(text(change))
    session.expire_all()
    assert audit.verify_audit(session) == row


def test_a_chain_written_anew_does_not_hold_a_head_that_was_kept(session: Session) -> None:
    kept = audit.audit_head(session)
    assert audit.audit_holds(session, kept)
    session.execute(text("DELETE FROM mod_audit"))
    session.execute(text("UPDATE mod_audit_head SET last_id = 0, hash = :start"), {"start": audit.GENESIS})
    session.expire_all()
    for number in range(5):
        audit.record(session, actor="p_other", event="nothing", subject=f"case:{number}", at=AT)
    assert audit.verify_audit(session) is None
    assert not audit.audit_holds(session, kept)
    assert not any(audit.audit_holds(session, nonsense) for nonsense in ("", "5", "x:y", f"{'9' * 40}:a"))
