"""One case as the desk shows it, read for one staff member; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from moderation.core.model import Ref
from moderation.desk.before import Before, what_was_before
from moderation.desk.done import Done, in_words, people_of
from moderation.desk.health import held_up
from moderation.desk.queue import Row, Words, people_in, row_of, wording
from moderation.ports import Person, Staff
from moderation.runtime import Runtime
from moderation.service.casework import refuse_conflict, taken_back
from moderation.service.errors import NoSuchCase
from moderation.store import evidence
from moderation.store.cases import Case, CaseEvent, CasePerson, Flag, Part
from moderation.store.decisions import DecisionRow
from moderation.store.evidence import Evidence

# States of a line that a page may show without being asked: everything else was never, or is no longer, in the room.
CLEAR_STATES = frozenset({"published"})
# Events in which a person told the team something, and those by which the team answered or wrote something down.
FROM_PEOPLE = ("told", "asked", "member-reply")
_TEAM = ("noted", "decided", "note-sent")
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
class Said:
    """Something a person told the team: a report with its topic, a question, an answer."""

    name: str = field(repr=False)
    event: str
    at: datetime
    text: str = field(repr=False)
    topic: Words | None
    new: bool
    urgent: bool
    about: int


@dataclass(frozen=True, slots=True)
class Actionable:
    """A flagged content that waits for an outcome; `line` is its frozen line. `gone`: its author took it back since."""

    key: str
    held: bool
    line: int
    at: datetime
    gone: bool


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
    said: Sequence[Said]
    notes: Sequence[tuple[CaseEvent, str]]
    decisions: Sequence[Done]
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
    told = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.event.in_((*FROM_PEOPLE, *_TEAM)))
    events = session.scalars(told.order_by(CaseEvent.id)).all()
    decided = select(DecisionRow).where(DecisionRow.case_id == case_id).order_by(DecisionRow.id.desc())
    decisions = session.scalars(decided).all()
    wanted = {line.author_ref for line in lines} | {ref for ref, _ in parts} | {event.actor for event in events}
    people = runtime.host.people(session, wanted.union(people_in([case]), *map(people_of, decisions)))
    back = taken_back(session, runtime, [line.ref for line in lines])
    numbers = {rule: n for n, rule in enumerate(dict.fromkeys(flag.rule_id for flag in flags), start=1)}

    def those(part: Part) -> list[Person]:
        return [people[ref] for ref, its in parts if its is part and ref in people]

    waiting = _actionable(flags, lines, back)
    places = {one.line: place for place, one in enumerate(waiting, start=1)}
    return CaseView(
        case=case,
        row=row_of(case, runtime, staff, people, runtime.clock()),
        subject=people.get(case.subject_ref),
        targets=those(Part.TARGET),
        reporters=those(Part.REPORTER),
        reasons=_reasons(session, runtime, staff, numbers),
        lines=[_line(line, flags, numbers, people, elsewhere, shown, back, places.get(line.id, 0)) for line in lines],
        actionable=waiting,
        before=what_was_before(session, runtime, staff, case, those(Part.TARGET)),
        said=_said(runtime, staff, events, people),
        notes=[(one, people[one.actor].name if one.actor in people else "") for one in events if one.event == "noted"],
        decisions=[in_words(row, people, [one for one in events if one.event == "note-sent"]) for row in decisions],
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
    health = held_up(session, runtime.rulebook, list(numbers))
    return [
        ReasonLine(number, wording(runtime, rule, staff.language), *health.get(rule, (0, 0)))
        for rule, number in numbers.items()
    ]


def _said(runtime: Runtime, staff: Staff, events: Sequence[CaseEvent], people: Mapping[str, Person]) -> list[Said]:
    """What people told the team, newest first. New is what came after the team last wrote or decided."""
    last = max((event.id for event in events if event.event in _TEAM), default=0)
    found = []
    for event in reversed(events):
        if event.event not in FROM_PEOPLE or (event.event != "told" and not event.text):
            continue
        topic = next((rule for rule in event.data.get("rules", ()) if rule.startswith("report-")), "")
        about = wording(runtime, topic, staff.language, title=True) if topic else None
        name = people[event.actor].name if event.actor in people else ""
        urgent = bool(event.data.get("urgent"))
        found.append(
            Said(name, event.event, event.at, event.text, about, event.id > last, urgent, event.data.get("about", 0))
        )
    return found


def _flagged(session: Session, lines: Sequence[Evidence]) -> set[tuple[str | None, str | None]]:
    """Which of these lines any case has flagged: someone's worst line is not context to be read in passing."""
    by_kind: dict[str, list[str]] = {}
    for line in lines:
        by_kind.setdefault(line.ref_kind, []).append(line.ref_id)
    # A kind at a time: pairs in a list are looked for in every flag there ever was (SQLite).
    on_them = or_(false(), *(and_(Flag.ref_kind == kind, Flag.ref_id.in_(ids)) for kind, ids in by_kind.items()))
    return {(kind, ref_id) for kind, ref_id in session.execute(select(Flag.ref_kind, Flag.ref_id).where(on_them))}


def _line(  # noqa: PLR0913 - a line, and everything that says something about it
    line: Evidence,
    flags: Sequence[Flag],
    numbers: Mapping[str, int],
    people: Mapping[str, Person],
    elsewhere: Collection[tuple[str | None, str | None]],
    shown: Collection[int],
    back: Collection[Ref],
    message: int,
) -> EvidenceLine:
    key = [line.ref_kind, line.ref_id]
    on_it = [flag for flag in flags if [flag.ref_kind, flag.ref_id] == key]
    feeding = on_it + [flag for flag in flags if key in flag.earlier]
    state = "withdrawn" if line.ref in back else line.state
    guarded = bool(feeding) or state not in CLEAR_STATES or (line.ref_kind, line.ref_id) in elsewhere
    return EvidenceLine(
        id=line.id,
        at=line.at,
        author=people[line.author_ref].name if line.author_ref in people else "",
        state=state,
        guarded=guarded,
        pieces=[] if guarded and line.id not in shown else _pieces(line, on_it),
        numbers=sorted({numbers[flag.rule_id] for flag in feeding}),
        outcome=next((flag.outcome.value for flag in on_it if flag.outcome), ""),
        message=message,
    )


def _actionable(flags: Sequence[Flag], lines: Sequence[Evidence], back: Collection[Ref]) -> list[Actionable]:
    frozen = {(line.ref_kind, line.ref_id): line for line in lines}
    waiting: dict[str, Actionable] = {}
    for flag in flags:
        line = frozen.get((flag.ref_kind or "", flag.ref_id or ""))
        if line is not None and flag.outcome is None:
            key = f"{flag.ref_kind}:{flag.ref_id}"
            held = flag.held or (key in waiting and waiting[key].held)
            waiting[key] = Actionable(key, held, line.id, line.at, line.ref in back)
    return list(waiting.values())
