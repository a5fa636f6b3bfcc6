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
