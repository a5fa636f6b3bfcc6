"""One case as the desk shows it, read for one staff member; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.core.model import Ref
from moderation.core.naming import name_key
from moderation.core.policy import CASE_OPEN
from moderation.desk.before import Before, what_was_before
from moderation.desk.done import Done, in_words, people_of
from moderation.desk.health import held_up
from moderation.desk.lines import (
    Pieces,
    Scene,
    ShownLine,
    Stretch,
    as_it_stands,
    as_shown,
    flagged_anywhere,
    pieces_of,
    stretches,
)
from moderation.desk.queue import Row, Words, people_in, row_of, wording
from moderation.ports import Line, Person, Staff
from moderation.runtime import Runtime
from moderation.service.acting import watched
from moderation.service.casework import as_they_stand, refuse_conflict
from moderation.service.errors import NoSuchCase
from moderation.store import evidence
from moderation.store.cases import Case, CaseEvent, CasePerson, Flag, Part
from moderation.store.decisions import DecisionRow
from moderation.store.evidence import Evidence

# Events in which a person told the team something, and those by which the team answered or wrote something down.
FROM_PEOPLE = ("told", "asked", "member-reply")
# Lines written since a case was opened that its page shows (requirements/moderation-desk.md, statement 8).
SINCE = 20
_TEAM = ("noted", "decided", "note-sent")


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One numbered reason, and how often decisions agreed with that rule: `right` of `decided`."""

    number: int
    words: Words
    right: int
    decided: int


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
    stretches: Sequence[Stretch]
    since: Sequence[ShownLine]
    since_more: bool
    actionable: Sequence[Actionable]
    before: Before
    said: Sequence[Said]
    notes: Sequence[tuple[CaseEvent, str]]
    decisions: Sequence[Done]
    people: Mapping[str, Person]


def case_view(
    session: Session, runtime: Runtime, staff: Staff, case_id: int, *, shown: Collection[str] = ()
) -> CaseView:
    """One case. `shown` are anchors of lines whose text was just asked for. Raises NoSuchCase."""
    case = session.get(Case, case_id)
    if case is None:
        raise NoSuchCase
    refuse_conflict(session, staff, case_id)
    flags = session.scalars(select(Flag).where(Flag.case_id == case_id).order_by(Flag.id)).all()
    lines = evidence.of_case(session, case_id)
    parts = session.execute(select(CasePerson.person_ref, CasePerson.part).where(CasePerson.case_id == case_id)).all()
    told = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.event.in_((*FROM_PEOPLE, *_TEAM)))
    events = session.scalars(told.order_by(CaseEvent.id)).all()
    decided = select(DecisionRow).where(DecisionRow.case_id == case_id).order_by(DecisionRow.id.desc())
    decisions = session.scalars(decided).all()
    wanted = {line.author_ref for line in lines} | {ref for ref, _ in parts} | {event.actor for event in events}
    people = runtime.host.people(session, wanted.union(people_in([case]), *map(people_of, decisions)))
    now = as_they_stand(session, runtime, [line.ref for line in lines])
    back = {ref for ref, line in now.items() if line.state == "withdrawn"}
    numbers = {rule: n for n, rule in enumerate(dict.fromkeys(flag.rule_id for flag in flags), start=1)}

    def those(part: Part) -> list[Person]:
        return [people[ref] for ref, its in parts if its is part and ref in people]

    waiting = _actionable(flags, lines, back)
    places = {one.line: place for place, one in enumerate(waiting, start=1)}
    inside = {ref for ref, _ in parts}
    later = _since(session, runtime, case, {line.ref for line in lines})
    flagged = flagged_anywhere(session, [*(line.ref for line in lines), *(line.ref for line in later)])
    named = frozenset(name_key(people[one].name) for one in inside if one in people)
    scene = Scene(flags, numbers, people, inside, named, flagged, shown, now)
    return CaseView(
        case=case,
        row=row_of(case, runtime, staff, people, runtime.clock()),
        subject=people.get(case.subject_ref),
        targets=those(Part.TARGET),
        reporters=those(Part.REPORTER),
        reasons=_reasons(session, runtime, staff, numbers),
        stretches=stretches(as_shown(line, scene, places.get(line.id, 0)) for line in lines),
        since=[as_it_stands(line, scene) for line in later[-SINCE:]],
        since_more=len(later) > SINCE,
        actionable=waiting,
        before=what_was_before(session, runtime, staff, case, those(Part.TARGET)),
        said=_said(runtime, staff, events, people),
        notes=[(one, people[one.actor].name if one.actor in people else "") for one in events if one.event == "noted"],
        decisions=[in_words(row, people, [one for one in events if one.event == "note-sent"]) for row in decisions],
        people=people,
    )


def _since(session: Session, runtime: Runtime, case: Case, frozen: Collection[Ref]) -> list[Line]:
    """What the people of a case wrote after it was opened and it does not hold; one more than a page shows, if any.

    Read anew each time, by reference: only what is flagged is ever copied.
    """
    limit = SINCE + len(frozen) + 1
    written = runtime.host.since(session, watched(session, case), case.opened_at, limit=limit)
    return [line for line in written if line.ref not in frozen][-SINCE - 1 :]


def line_pieces(session: Session, line: Evidence) -> Pieces:
    """The text of one line, cut where findings of its flags are."""
    on_it = (Flag.case_id == line.case_id, Flag.ref_kind == line.ref_kind, Flag.ref_id == line.ref_id)
    return pieces_of(line.text, session.scalars(select(Flag).where(*on_it)).all())


def _reasons(session: Session, runtime: Runtime, staff: Staff, numbers: Mapping[str, int]) -> list[ReasonLine]:
    # That a case was open says nothing of the line: no decision on it can be right or wrong.
    health = held_up(session, runtime.rulebook, [rule for rule in numbers if rule != CASE_OPEN])
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
