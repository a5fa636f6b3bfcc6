"""One case as the desk shows it, read for one staff member; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case as sql_case
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from moderation.desk.before import Before, what_was_before
from moderation.desk.queue import Row, Words, people_in, row_of, wording
from moderation.ports import Person, Staff
from moderation.runtime import Runtime
from moderation.service.casework import refuse_conflict
from moderation.service.errors import NoSuchCase
from moderation.store import evidence
from moderation.store.cases import Case, CaseEvent, CasePerson, Flag, Outcome, Part
from moderation.store.decisions import DecisionRow
from moderation.store.evidence import Evidence

# States of a line that a page may show without being asked: everything else was never, or is no longer, in the room.
CLEAR_STATES = frozenset({"published"})
Pieces = list[list[str | bool]]


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One numbered reason, and how often decisions agreed with that rule: `right` of `decided`."""

    number: int
    words: Words
    right: int
    decided: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One frozen line. Covered text is not here: it is fetched when asked for. `numbers` are reasons it feeds.

    `message` is its place among the flagged messages that wait, 0 if it is none of them.
    `guarded` lines start covered; `pieces` is the text cut where it is marked, empty while it is covered.
    """

    id: int
    at: datetime
    author: str = field(repr=False)
    state: str
    guarded: bool
    pieces: Pieces = field(repr=False)
    numbers: Sequence[int]
    outcome: str
    message: int


@dataclass(frozen=True, slots=True)
class Actionable:
    """A flagged content that waits for an outcome; `line` is its frozen line."""

    key: str
    held: bool
    line: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows."""

    case: Case
    row: Row
    subject: Person | None
    targets: Sequence[Person]
    reporters: Sequence[Person]
    reasons: Sequence[ReasonLine]
    lines: Sequence[EvidenceLine]
    actionable: Sequence[Actionable]
    before: Before
    events: Sequence[tuple[CaseEvent, str]]
    decision: DecisionRow | None
    people: Mapping[str, Person]


def case_view(
    session: Session, runtime: Runtime, staff: Staff, case_id: int, *, shown: Collection[int] = ()
) -> CaseView:
    """One case. `shown` are evidence ids whose text was just asked for. Raises NoSuchCase."""
    case = session.get(Case, case_id)
    if case is None:
        raise NoSuchCase
    refuse_conflict(session, staff, case_id)
    flags = session.scalars(select(Flag).where(Flag.case_id == case_id).order_by(Flag.id)).all()
    lines = evidence.of_case(session, case_id)
    elsewhere = _flagged(session, lines)
    parts = session.execute(select(CasePerson.person_ref, CasePerson.part).where(CasePerson.case_id == case_id)).all()
    told = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.text != "")
    events = session.scalars(told.order_by(CaseEvent.id)).all()
    wanted = {line.author_ref for line in lines} | {ref for ref, _ in parts} | {event.actor for event in events}
    people = runtime.host.people(session, wanted | set(people_in([case])))
    numbers = {rule: n for n, rule in enumerate(dict.fromkeys(flag.rule_id for flag in flags), start=1)}
    decisions = select(DecisionRow).where(DecisionRow.case_id == case_id, DecisionRow.undone_at.is_(None))

    def those(part: Part) -> list[Person]:
        return [people[ref] for ref, its in parts if its is part and ref in people]

    waiting = _actionable(flags, lines)
    places = {one.line: place for place, one in enumerate(waiting, start=1)}
    return CaseView(
        case=case,
        row=row_of(case, runtime, staff, people, runtime.clock()),
        subject=people.get(case.subject_ref),
        targets=those(Part.TARGET),
        reporters=those(Part.REPORTER),
        reasons=_reasons(session, runtime, staff, numbers),
        lines=[_line(line, flags, numbers, people, elsewhere, shown, places.get(line.id, 0)) for line in lines],
        actionable=waiting,
        before=what_was_before(session, runtime, staff, case, those(Part.TARGET)),
        events=[(event, people[event.actor].name if event.actor in people else "") for event in events],
        decision=session.scalars(decisions.order_by(DecisionRow.id.desc()).limit(1)).first(),
        people=people,
    )


def pieces_of(session: Session, line: Evidence) -> Pieces:
    """The text of one line, cut where findings of its flags are: [words, marked] in order."""
    on_it = (Flag.case_id == line.case_id, Flag.ref_kind == line.ref_kind, Flag.ref_id == line.ref_id)
    return _pieces(line, session.scalars(select(Flag).where(*on_it)).all())


def _pieces(line: Evidence, flags: Sequence[Flag]) -> Pieces:
    found = sorted({(int(f["span"][0]), int(f["span"][1])) for flag in flags for f in flag.findings})
    pieces: Pieces = []
    at = 0
    for start, end in found:
        pieces += [[line.text[at : max(at, start)], False], [line.text[max(at, start) : end], True]]
        at = max(at, end)
    pieces.append([line.text[at:], False])
    return [piece for piece in pieces if piece[0]]


def _reasons(session: Session, runtime: Runtime, staff: Staff, numbers: Mapping[str, int]) -> list[ReasonLine]:
    """A rule was right when a person removed what it flagged; released and left count against it."""
    rows = session.execute(
        select(Flag.rule_id, func.count(), func.sum(sql_case((Flag.outcome == Outcome.REMOVED, 1), else_=0)))
        .where(Flag.rule_id.in_(list(numbers)), Flag.outcome.is_not(None))
        .group_by(Flag.rule_id)
    )
    health = {rule: (int(right or 0), decided) for rule, decided, right in rows}
    return [
        ReasonLine(number, wording(runtime, rule, staff.language), *health.get(rule, (0, 0)))
        for rule, number in numbers.items()
    ]


def _flagged(session: Session, lines: Sequence[Evidence]) -> set[tuple[str | None, str | None]]:
    """Which of these lines any case has flagged: someone's worst line is not context to be read in passing."""
    refs = [(line.ref_kind, line.ref_id) for line in lines]
    on_them = select(Flag.ref_kind, Flag.ref_id).where(tuple_(Flag.ref_kind, Flag.ref_id).in_(refs))
    return {(kind, ref_id) for kind, ref_id in session.execute(on_them)}


def _line(
    line: Evidence,
    flags: Sequence[Flag],
    numbers: Mapping[str, int],
    people: Mapping[str, Person],
    elsewhere: Collection[tuple[str | None, str | None]],
    shown: Collection[int],
    message: int,
) -> EvidenceLine:
    key = [line.ref_kind, line.ref_id]
    on_it = [flag for flag in flags if [flag.ref_kind, flag.ref_id] == key]
    feeding = on_it + [flag for flag in flags if key in flag.earlier]
    guarded = bool(feeding) or line.state not in CLEAR_STATES or (line.ref_kind, line.ref_id) in elsewhere
    return EvidenceLine(
        id=line.id,
        at=line.at,
        author=people[line.author_ref].name if line.author_ref in people else "",
        state=line.state,
        guarded=guarded,
        pieces=[] if guarded and line.id not in shown else _pieces(line, on_it),
        numbers=sorted({numbers[flag.rule_id] for flag in feeding}),
        outcome=next((flag.outcome.value for flag in on_it if flag.outcome), ""),
        message=message,
    )


def _actionable(flags: Sequence[Flag], lines: Sequence[Evidence]) -> list[Actionable]:
    frozen = {(line.ref_kind, line.ref_id): line for line in lines}
    waiting: dict[str, Actionable] = {}
    for flag in flags:
        line = frozen.get((flag.ref_kind or "", flag.ref_id or ""))
        if line is not None and flag.outcome is None:
            key = f"{flag.ref_kind}:{flag.ref_id}"
            held = flag.held or (key in waiting and waiting[key].held)
            waiting[key] = Actionable(key, held, line.id, line.at)
    return list(waiting.values())
