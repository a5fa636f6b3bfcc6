"""Column types that refuse guesses, rows that are only ever added, and invariants the database keeps by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from moderation.core.model import Tier
from moderation.store.base import AppendOnlyError
from moderation.store.cases import Case, CaseEvent, CaseKind, CaseState
from moderation.store.decisions import Confidence, DecisionRow
from moderation.store.evidence import Evidence

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)


def a_case(**changes: Any) -> Case:
    fields: dict[str, Any] = {
        "kind": CaseKind.CONDUCT,
        "state": CaseState.OPEN,
        "tier": Tier.P1,
        "deadline": AT,
        "subject_ref": "p_a",
        "place": "",
        "title": "meet",
        "version": 1,
        "opened_at": AT,
        "flagged_at": AT,
    }
    return Case(**{**fields, **changes})


def test_a_moment_comes_back_as_the_same_instant_in_utc(engine: Engine) -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=-6)))
    with Session(engine) as session:
        session.add(a_case(opened_at=elsewhere))
        session.commit()
        found = session.scalars(select(Case.opened_at)).one()
    assert (found, found.tzinfo) == (AT, UTC)


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(StatementError, match="without a time zone"):
        session.scalars(select(Case).where(Case.opened_at > datetime(2026, 1, 1))).all()  # noqa: DTZ001 - the point


@pytest.mark.parametrize(
    "broken",
    [
        {"claimed_by": "p_x"},
        {"claimed_until": AT},
        {"decided_by": "p_x"},
        {"state": CaseState.DECIDED},
        {"state": CaseState.DECIDED, "decided_by": "p_x"},
        {"state": CaseState.DECIDED, "decided_by": "p_x", "decided_at": AT, "claimed_by": "p_x", "claimed_until": AT},
        {"deadline": None},
        {"tier": Tier.P3},
        {"version": 0},
    ],
)
def test_a_case_that_contradicts_itself_cannot_be_stored(engine: Engine, broken: dict[str, Any]) -> None:
    with Session(engine) as session:
        session.add(a_case(**broken))
        with pytest.raises(IntegrityError):
            session.flush()


@pytest.mark.parametrize("empty", ["guideline", "reason"])
def test_a_decision_without_its_reasons_cannot_be_stored(engine: Engine, empty: str) -> None:
    with Session(engine) as session:
        session.add(case := a_case())
        session.flush()
        fields = {"guideline": "care", "reason": "because", empty: ""}
        row = DecisionRow(
            case_id=case.id, by_ref="p_x", at=AT, version=1, confidence=Confidence.LOW, told="", effects=[],
            way_back=[], closed=True, **fields,
        )  # fmt: skip
        session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()


def test_evidence_and_events_are_never_changed_or_deleted(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(case := a_case())
        session.flush()
        line = Evidence(
            case_id=case.id, ref_kind="message", ref_id="1", author_ref="p_a", at=AT, state="held", text="as it was",
            hash="0" * 64, frozen_at=AT,
        )  # fmt: skip
        event = CaseEvent(case_id=case.id, at=AT, actor="p_x", event="noted", version=1, text="", data={})
        session.add_all([line, event])
        session.commit()
        line.text = "as it wasn't"
        with pytest.raises(AppendOnlyError):
            session.flush()
        session.rollback()
        session.delete(session.get_one(CaseEvent, event.id))
        with pytest.raises(AppendOnlyError):
            session.flush()
