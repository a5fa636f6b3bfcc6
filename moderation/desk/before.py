"""What was there before a case: the author's earlier cases, and what they showed towards each person. Never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.desk.queue import Words, wording
from moderation.ports import Person, Staff
from moderation.runtime import Runtime
from moderation.store.cases import Case, CaseKind
from moderation.store.observations import ObservationRow

MEMORY = timedelta(days=30)
# Earlier cases named on the page; more are only counted.
NAMED = 5
# Kinds that say something about conduct: a person who asked for help has no record of it.
_CONDUCT = (CaseKind.CONDUCT, CaseKind.REPORT)


@dataclass(frozen=True, slots=True)
class Towards:
    """What the author showed towards one person: how many messages, since when."""

    person: Person
    messages: int
    first: datetime


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """One earlier case of the author."""

    id: int
    title: Words
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """What the author did before this, in the last 30 days for signals, ever for cases."""

    cases: int
    named: Sequence[EarlierCase]
    people: int
    towards: Sequence[Towards]
    signals: Sequence[tuple[Words, int]]


def what_was_before(session: Session, runtime: Runtime, staff: Staff, case: Case, targets: Sequence[Person]) -> Before:
    """History of the case's subject; five statements, each on an index that starts with that person."""
    others = (Case.subject_ref == case.subject_ref, Case.id != case.id, Case.kind.in_(_CONDUCT))
    named = session.scalars(select(Case).where(*others).order_by(Case.opened_at.desc()).limit(NAMED)).all()
    seen = (ObservationRow.author_ref == case.subject_ref, ObservationRow.at >= runtime.clock() - MEMORY)
    messages = func.count(func.distinct(ObservationRow.ref_id))
    signals = session.execute(
        select(ObservationRow.signal, messages)
        .where(*seen)
        .group_by(ObservationRow.signal)
        .order_by(messages.desc())
        .limit(6)
    )
    pairs = session.execute(
        select(ObservationRow.target_ref, messages, func.min(ObservationRow.at))
        .where(*seen, ObservationRow.target_ref.in_([person.id for person in targets]))
        .group_by(ObservationRow.target_ref)
    )
    by_id = {person.id: person for person in targets}
    return Before(
        cases=session.scalar(select(func.count()).select_from(Case).where(*others)) or 0,
        named=[
            EarlierCase(one.id, wording(runtime, one.title, staff.language, title=True), one.state.value, one.opened_at)
            for one in named
        ],
        people=session.scalar(select(func.count(func.distinct(ObservationRow.target_ref))).where(*seen)) or 0,
        towards=[Towards(by_id[ref], count, first) for ref, count, first in pairs if ref in by_id],
        signals=[(wording(runtime, signal, staff.language), count) for signal, count in signals],
    )
