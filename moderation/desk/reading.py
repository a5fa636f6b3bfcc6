"""What the desk shows, read for one staff member; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.core.model import Tier
from moderation.ports import Person, Staff
from moderation.runtime import Runtime
from moderation.service.casework import refuse_conflict
from moderation.service.errors import NoSuchCase
from moderation.store import evidence
from moderation.store.cases import Case, CaseEvent, CaseKind, CasePerson, CaseState, Flag, Part
from moderation.store.decisions import DecisionRow
from moderation.store.evidence import Evidence
from moderation.store.observations import ObservationRow

PAGE = 50
MEMORY = timedelta(days=30)
TIER_NAMES = {Tier.P0: "now", Tier.P1: "today", Tier.P2: "digest", Tier.P3: "log"}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for staff: from the rulebook (`text`), or an id of the desk's own texts (`text_id`)."""

    text: str
    text_id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the queue. `left` is minutes to its deadline, negative when late, None without a clock."""

    id: int
    tier: str
    kind: str
    title: Words
    left: int | None
    looked_at: bool
    who: str = field(repr=False)
    holder: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """Open cases, most urgent first, and how many there are in all."""

    rows: Sequence[Row]
    total: int
    unscreened: int
    more: bool


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One numbered reason, and how often decisions agreed with that rule: `right` of `decided`."""

    number: int
    words: Words
    right: int
    decided: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One frozen line. Covered text is not here: it is fetched when asked for. `numbers` are reasons it feeds."""

    id: int
    at: datetime
    author: str = field(repr=False)
    state: str
    text: str = field(repr=False)
    covered: bool
    numbers: Sequence[int]
    now_state: str


@dataclass(frozen=True, slots=True)
class Actionable:
    """A flagged content that waits for an outcome. `line` is the evidence it is."""

    key: str
    held: bool
    line: int


@dataclass(frozen=True, slots=True)
class Before:
    """What the author did before this, in the last 30 days: counts, never a score."""

    cases: int
    people: int
    signals: Sequence[tuple[Words, int]]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows."""

    case: Case
    row: Row
    subject: Person | None
    targets: Sequence[Person]
    reasons: Sequence[ReasonLine]
    lines: Sequence[EvidenceLine]
    actionable: Sequence[Actionable]
    before: Before
    events: Sequence[tuple[CaseEvent, str]]
    decision: DecisionRow | None
    people: Mapping[str, Person]


def queue(session: Session, runtime: Runtime, staff: Staff, *, limit: int = PAGE) -> Queue:
    """Open cases by tier, then deadline; those this person is in are left out. Five statements, whatever the size."""
    own = select(CasePerson.case_id).where(CasePerson.person_ref == staff.id)
    waiting = (Case.state == CaseState.OPEN, Case.id.not_in(own))
    cases = session.scalars(
        select(Case).where(*waiting).order_by(Case.tier, Case.deadline, Case.id).limit(limit + 1)
    ).all()
    counts = session.execute(
        select(func.count(), func.sum(sql_case((Case.kind == CaseKind.UNSCREENED, 1), else_=0))).where(*waiting)
    ).one()
    people = runtime.host.people(session, _who(cases))
    now = runtime.clock()
    rows = [_row(case, runtime, staff, people, now) for case in cases[:limit]]
    return Queue(rows, counts[0], int(counts[1] or 0), len(cases) > limit)


def next_case(session: Session, runtime: Runtime, staff: Staff) -> int | None:
    """The most urgent open case nobody holds; None when there is none."""
    now = runtime.clock()
    own = select(CasePerson.case_id).where(CasePerson.person_ref == staff.id)
    free = (
        Case.state == CaseState.OPEN,
        Case.id.not_in(own),
        (Case.claimed_until.is_(None)) | (Case.claimed_until <= now) | (Case.claimed_by == staff.id),
    )
    return session.scalar(select(Case.id).where(*free).order_by(Case.tier, Case.deadline, Case.id).limit(1))


def case_view(
    session: Session, runtime: Runtime, staff: Staff, case_id: int, *, shown: Collection[int] = ()
) -> CaseView:
    """One case. `shown` are evidence ids whose text was just asked for. Raises NoSuchCase, ConflictOfInterest."""
    case = session.get(Case, case_id)
    if case is None:
        raise NoSuchCase
    refuse_conflict(session, staff, case_id)
    flags = session.scalars(select(Flag).where(Flag.case_id == case_id).order_by(Flag.id)).all()
    lines = evidence.of_case(session, case_id)
    parts = session.execute(select(CasePerson.person_ref, CasePerson.part).where(CasePerson.case_id == case_id)).all()
    events = session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.text != "").order_by(CaseEvent.id)
    ).all()
    wanted = {line.author_ref for line in lines} | {ref for ref, _ in parts} | {event.actor for event in events}
    people = runtime.host.people(session, wanted | set(_who([case])))
    numbers = {rule: n for n, rule in enumerate(dict.fromkeys(flag.rule_id for flag in flags), start=1)}
    decisions = select(DecisionRow).where(DecisionRow.case_id == case_id, DecisionRow.undone_at.is_(None))
    return CaseView(
        case=case,
        row=_row(case, runtime, staff, people, runtime.clock()),
        subject=people.get(case.subject_ref),
        targets=[people[ref] for ref, part in parts if part is Part.TARGET and ref in people],
        reasons=_reasons(session, runtime, staff, numbers),
        lines=[_line(line, flags, numbers, people, shown) for line in lines],
        actionable=_actionable(flags, lines),
        before=_before(session, runtime, staff, case),
        events=[(event, people[event.actor].name if event.actor in people else "") for event in events],
        decision=session.scalars(decisions.order_by(DecisionRow.id.desc()).limit(1)).first(),
        people=people,
    )


def spans_of(session: Session, line: Evidence) -> list[tuple[int, int]]:
    """Where in a line the findings of its flags are, merged, in order."""
    flags = session.scalars(
        select(Flag).where(Flag.case_id == line.case_id, Flag.ref_kind == line.ref_kind, Flag.ref_id == line.ref_id)
    )
    found = sorted({(int(f["span"][0]), int(f["span"][1])) for flag in flags for f in flag.findings})
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def wording(runtime: Runtime, rule_id: str, language: str, *, title: bool = False) -> Words:
    """The words of a rule: the rulebook's own, else the desk's text for what comes from people or the house."""
    if rule_id in runtime.rulebook.wordings:
        say = runtime.rulebook.title if title else runtime.rulebook.reason
        return Words(say(rule_id, language), "")
    return Words("", f"desk-{'title' if title else 'reason'}-{rule_id}")


def _row(case: Case, runtime: Runtime, staff: Staff, people: Mapping[str, Person], now: datetime) -> Row:
    held = case.claimed_by is not None and case.claimed_until is not None and case.claimed_until > now
    subject = people.get(case.subject_ref)
    holder = people.get(case.claimed_by or "") if held else None
    return Row(
        id=case.id,
        tier=TIER_NAMES[case.tier],
        kind=case.kind.value,
        title=wording(runtime, case.title, staff.language, title=True),
        left=None if case.deadline is None else int((case.deadline - now).total_seconds() // 60),
        looked_at=case.looked_at is not None,
        who=subject.name if subject else "",
        holder=holder.name if holder else "",
        mine=held and case.claimed_by == staff.id,
    )


def _who(cases: Sequence[Case]) -> list[str]:
    return [ref for case in cases for ref in (case.subject_ref, case.claimed_by) if ref]


def _reasons(session: Session, runtime: Runtime, staff: Staff, numbers: Mapping[str, int]) -> list[ReasonLine]:
    """A rule was right when a person removed what it flagged; released and left count against it."""
    rows = session.execute(
        select(Flag.rule_id, func.count(), func.sum(sql_case((Flag.outcome == "removed", 1), else_=0)))
        .where(Flag.rule_id.in_(list(numbers)), Flag.outcome.is_not(None))
        .group_by(Flag.rule_id)
    )
    health = {rule: (int(right or 0), decided) for rule, decided, right in rows}
    return [
        ReasonLine(number, wording(runtime, rule, staff.language), *health.get(rule, (0, 0)))
        for rule, number in numbers.items()
    ]


def _line(
    line: Evidence,
    flags: Sequence[Flag],
    numbers: Mapping[str, int],
    people: Mapping[str, Person],
    shown: Collection[int],
) -> EvidenceLine:
    key = [line.ref_kind, line.ref_id]
    feeding = [flag for flag in flags if key in flag.earlier or [flag.ref_kind, flag.ref_id] == key]
    # Held and removed lines around a flagged one are covered too: they may belong to another case.
    covered = (bool(feeding) or line.state != "published") and line.id not in shown
    return EvidenceLine(
        id=line.id,
        at=line.at,
        author=people[line.author_ref].name if line.author_ref in people else "",
        state=line.state,
        text="" if covered else line.text,
        covered=covered,
        numbers=sorted({numbers[flag.rule_id] for flag in feeding}),
        now_state=next((f.outcome.value for f in feeding if f.outcome and [f.ref_kind, f.ref_id] == key), ""),
    )


def _actionable(flags: Sequence[Flag], lines: Sequence[Evidence]) -> list[Actionable]:
    ids = {(line.ref_kind, line.ref_id): line.id for line in lines}
    waiting: dict[str, Actionable] = {}
    for flag in flags:
        if flag.ref_kind is not None and flag.ref_id is not None and flag.outcome is None:
            key = f"{flag.ref_kind}:{flag.ref_id}"
            waiting[key] = Actionable(key, flag.held, ids.get((flag.ref_kind, flag.ref_id), 0))
    return list(waiting.values())


def _before(session: Session, runtime: Runtime, staff: Staff, case: Case) -> Before:
    earlier = select(func.count()).select_from(Case).where(Case.subject_ref == case.subject_ref, Case.id != case.id)
    seen = (ObservationRow.author_ref == case.subject_ref, ObservationRow.at >= runtime.clock() - MEMORY)
    rows = session.execute(
        select(ObservationRow.signal, func.count(func.distinct(ObservationRow.ref_id)))
        .where(*seen)
        .group_by(ObservationRow.signal)
        .order_by(func.count().desc())
        .limit(6)
    )
    return Before(
        cases=session.scalar(earlier) or 0,
        people=session.scalar(select(func.count(func.distinct(ObservationRow.target_ref))).where(*seen)) or 0,
        signals=[(wording(runtime, signal, staff.language), count) for signal, count in rows],
    )
