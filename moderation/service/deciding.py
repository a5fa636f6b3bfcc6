"""Deciding a case and taking a decision back: checked, carried out, written down, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.effects import Effect, OfferCare, Release, Remove, Restrict, inverse
from moderation.core.model import Ref
from moderation.ports import Staff
from moderation.runtime import Runtime
from moderation.service import forgetting
from moderation.service.acting import checked_text
from moderation.service.casework import announce, append_event, hold_for, locked_case, refuse_taken, require, taken_back
from moderation.service.errors import BadField, CannotUndo, LinesUndecided, NoSuchCase, StaleCase, SubjectGone
from moderation.store.audit import record
from moderation.store.cases import CaseEvent, CasePerson, CaseState, Flag, Outcome
from moderation.store.decisions import Confidence, DecisionRow
from moderation.store.effects import from_json, to_json

# A break is counted in hours; 14 days is the most (requirements/youth-community.md, statement 10).
LONGEST_BREAK_HOURS = 14 * 24
# The rules a decision can stand on. Each has words as `guideline-<id>`.
GUIDELINES = (
    "private-offers",
    "keep-safe-here",
    "pictures",
    "threats",
    "pushing",
    "kindness",
    "personal-facts",
    "no-concern",
    "care",
)


@dataclass(frozen=True, slots=True)
class CareNote:
    """A note to one person in the case."""

    account_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided on one version of a case. `told` is the reason in words for the person concerned."""

    version: int
    guideline: str
    confidence: str
    reason: str = field(repr=False)
    told: str = field(repr=False, default="")
    release: tuple[Ref, ...] = ()
    remove: tuple[Ref, ...] = ()
    care: tuple[CareNote, ...] = ()
    restrict: tuple[tuple[str, int], ...] = ()
    close: bool = True


def decide(session: Session, runtime: Runtime, staff: Staff, case_id: int, decision: Decision) -> int:
    """Carry a decision out. Returns its id.

    Raises NoSuchCase, NotAllowed, ClaimTaken, CaseClosed, StaleCase, BadField, LinesUndecided,
    SubjectGone; then nothing may be committed.
    """
    now = runtime.clock()
    case = locked_case(session, staff, case_id, Duty.CASE_DECIDE)
    refuse_taken(case, staff, now)
    if decision.version != case.version:
        raise StaleCase(_since(session, case_id, decision.version), case.version)
    flags = session.scalars(select(Flag).where(Flag.case_id == case_id).order_by(Flag.id)).all()
    reason, told = _checked(session, runtime, staff, case_id, decision, flags)
    effects = _effects(decision, told, case_id, now)
    held = frozenset(flag.ref for flag in flags if flag.held and flag.outcome is None and flag.ref is not None)
    for effect in effects:
        try:
            runtime.host.apply(session, effect, by=staff.id)
        except LookupError as gone:
            raise SubjectGone(getattr(effect, "ref", None)) from gone
    row = DecisionRow(
        case_id=case_id,
        by_ref=staff.id,
        at=now,
        version=case.version,
        guideline=decision.guideline,
        confidence=Confidence(decision.confidence),
        reason=reason,
        told=told,
        effects=[to_json(effect) for effect in effects],
        way_back=[to_json(back) for effect in reversed(effects) if (back := inverse(effect, held)) is not None],
        closed=decision.close,
    )
    session.add(row)
    session.flush()
    _settle(flags, decision, row.id)
    case.version += 1
    case.replied_at = None
    hold_for(case, staff, runtime, now)
    if decision.close:
        case.claimed_by = case.claimed_until = None
        case.state, case.decided_by, case.decided_at = CaseState.DECIDED, staff.id, now
    data = {"decision": row.id, "effects": [type(effect).__name__ for effect in effects], "closed": decision.close}
    harmless = decision.close and forgetting.found_harmless(session, runtime, case, flags)
    let_go = forgetting.let_go(session, case, flags) if harmless else {}
    append_event(session, case, actor=staff.id, event="decided", at=now, text=reason, data={**data, **let_go})
    for sent in decision.care:
        # The person answers these words: whoever reads the case later needs to know them.
        about = {"person": sent.account_id, "decision": row.id}
        append_event(session, case, actor=staff.id, event="note-sent", at=now, text=sent.text.strip(), data=about)
    record(session, actor=staff.id, event="case:decided", subject=f"case:{case_id}", at=now, data=data)
    announce(session, runtime, case)
    return row.id


def undo(session: Session, runtime: Runtime, staff: Staff, decision_id: int) -> int:
    """Take a decision back: all it changed is as before, what it let go of too, and the case is open. Returns its id.

    Notes that were sent stay sent. Raises NoSuchCase, NotAllowed, CannotUndo.
    """
    row = session.get(DecisionRow, decision_id)
    if row is None:
        raise NoSuchCase
    now = runtime.clock()
    case = locked_case(session, staff, row.case_id, Duty.CASE_DECIDE)
    newest = select(DecisionRow.id).where(DecisionRow.case_id == case.id, DecisionRow.undone_at.is_(None))
    if row.undone_at is not None or session.scalars(newest.order_by(DecisionRow.id.desc())).first() != row.id:
        raise CannotUndo
    if any(effect["kind"] in {"restrict", "lift-restriction"} for effect in row.way_back):
        require(staff, Duty.CASE_LIMIT)
    gone = 0
    for effect in row.way_back:
        try:
            runtime.host.apply(session, from_json(effect), by=staff.id)
        except LookupError:
            gone += 1  # its author took it back since: there is nothing to bring back, and that is written down
    row.undone_by, row.undone_at = staff.id, now
    session.execute(update(Flag).where(Flag.decision_id == row.id).values(outcome=None, decision_id=None))
    case.version += 1
    case.state, case.decided_by, case.decided_at = CaseState.OPEN, None, None
    forgetting.bring_back(session, runtime, case, row)
    data = {"decision": row.id, "gone": gone}
    append_event(session, case, actor=staff.id, event="undone", at=now, data=data)
    record(session, actor=staff.id, event="case:undone", subject=f"case:{case.id}", at=now, data=data)
    announce(session, runtime, case)
    return case.id


def _checked(
    session: Session, runtime: Runtime, staff: Staff, case_id: int, decision: Decision, flags: Sequence[Flag]
) -> tuple[str, str]:
    reason = checked_text("reason", decision.reason)
    if decision.guideline not in GUIDELINES:
        raise BadField("guideline")
    if decision.confidence not in set(Confidence):
        raise BadField("confidence")
    told = decision.told.strip()
    if (decision.remove or decision.restrict) and not told:
        raise BadField("told")
    ours = {flag.ref for flag in flags}
    both = set(decision.release) & set(decision.remove)
    if both or not {*decision.release, *decision.remove} <= ours:
        raise BadField("lines", "unknown")
    if decision.restrict:
        require(staff, Duty.CASE_LIMIT)
    inside = set(session.scalars(select(CasePerson.person_ref).where(CasePerson.case_id == case_id)))
    people = [note.account_id for note in decision.care] + [person for person, _ in decision.restrict]
    if not inside.issuperset(people):
        raise BadField("people", "unknown")
    for note in decision.care:
        checked_text("care", note.text)
    if any(not 1 <= hours <= LONGEST_BREAK_HOURS for _, hours in decision.restrict):
        raise BadField("hours", "range")
    if decision.close and (left := _left(session, runtime, decision, flags)):
        raise LinesUndecided(left)
    # Where nothing is taken down and no break is set, nobody is told anything, and none of it is kept as if they were.
    return reason, told if decision.remove or decision.restrict else ""


def _left(session: Session, runtime: Runtime, decision: Decision, flags: Sequence[Flag]) -> list[Ref]:
    """Held contents the decision says nothing of. What its author took back waits for nobody."""
    waiting = [flag.ref for flag in flags if flag.held and flag.outcome is None and flag.ref is not None]
    left = [ref for ref in dict.fromkeys(waiting) if ref not in {*decision.release, *decision.remove}]
    gone = taken_back(session, runtime, left)
    return [ref for ref in left if ref not in gone]


def _effects(decision: Decision, told: str, case_id: int, now: datetime) -> list[Effect]:
    effects: list[Effect] = [Release(ref) for ref in decision.release]
    effects += [Remove(ref, reason=told, guideline=decision.guideline) for ref in decision.remove]
    effects += [
        Restrict(person, until=now + timedelta(hours=hours), reason=told, guideline=decision.guideline)
        for person, hours in decision.restrict
    ]
    return effects + [OfferCare(note.account_id, note.text.strip(), case_id) for note in decision.care]


def _settle(flags: Sequence[Flag], decision: Decision, decision_id: int) -> None:
    """Every flag gets its own outcome; on closing, what was not named stays as it is, and that is said too."""
    for flag in flags:
        if flag.outcome is not None:
            continue
        if flag.ref in decision.release:
            flag.outcome = Outcome.RELEASED
        elif flag.ref in decision.remove:
            flag.outcome = Outcome.REMOVED
        elif decision.close:
            flag.outcome = Outcome.LEFT
        else:
            continue
        flag.decision_id = decision_id


def _since(session: Session, case_id: int, version: int) -> list[str]:
    later = select(CaseEvent.event).where(CaseEvent.case_id == case_id, CaseEvent.version > version)
    return list(session.scalars(later.order_by(CaseEvent.id)))
