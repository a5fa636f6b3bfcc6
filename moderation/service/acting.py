"""What staff do with a case short of deciding: take it, let it go, show a line, leave a note."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.model import Ref
from moderation.ports import Line, Staff
from moderation.runtime import Runtime
from moderation.service.casework import (
    announce,
    append_event,
    hold_for,
    locked_case,
    refuse_conflict,
    refuse_taken,
    require,
)
from moderation.service.errors import BadField, NoSuchCase
from moderation.store.audit import record
from moderation.store.cases import CARING, Case, CaseEvent, CasePerson, CaseState, Part
from moderation.store.evidence import Evidence

# Longest note or rationale, in characters.
NOTE_LIMIT = 4000


def claim(session: Session, runtime: Runtime, staff: Staff, case_id: int) -> datetime:
    """Take a case, or renew one's own lease, for `runtime.lease`. Returns until when.

    One UPDATE decides between two people who ask at once. Raises NoSuchCase, NotAllowed,
    ClaimTaken(holder, until), CaseClosed.
    """
    require(staff, Duty.CASE_READ)
    refuse_conflict(session, staff, case_id)
    now = runtime.clock()
    until = now + runtime.lease
    won = session.execute(
        update(Case)
        .where(
            Case.id == case_id,
            Case.state == CaseState.OPEN,
            or_(Case.claimed_by.is_(None), Case.claimed_by == staff.id, Case.claimed_until <= now),
        )
        .values(claimed_by=staff.id, claimed_until=until, looked_at=func.coalesce(Case.looked_at, now))
        .execution_options(synchronize_session=False)
        .returning(Case.id)
    ).first()
    case = locked_case(session, staff, case_id, Duty.CASE_READ)
    if won is None:
        refuse_taken(case, staff, now)
    append_event(session, case, actor=staff.id, event="claimed", at=now)
    record(session, actor=staff.id, event="case:claimed", subject=f"case:{case_id}", at=now)
    announce(session, runtime, case)
    return until


def unclaim(session: Session, runtime: Runtime, staff: Staff, case_id: int) -> None:
    """Let one's own case go. Raises NoSuchCase, NotAllowed, ClaimTaken, CaseClosed."""
    now = runtime.clock()
    case = locked_case(session, staff, case_id, Duty.CASE_READ)
    refuse_taken(case, staff, now)
    case.claimed_by = case.claimed_until = None
    append_event(session, case, actor=staff.id, event="let-go", at=now)
    record(session, actor=staff.id, event="case:let-go", subject=f"case:{case_id}", at=now)
    announce(session, runtime, case)


def look(session: Session, runtime: Runtime, staff: Staff, case_id: int) -> None:
    """Write down that a person opened a case: its page shows what young people wrote.

    Raises NoSuchCase, NotAllowed.
    """
    require(staff, Duty.CASE_READ)
    if session.scalar(select(Case.id).where(Case.id == case_id)) is None:
        raise NoSuchCase
    refuse_conflict(session, staff, case_id)
    record(session, actor=staff.id, event="case:opened-page", subject=f"case:{case_id}", at=runtime.clock())


def reveal(session: Session, runtime: Runtime, staff: Staff, evidence_id: int) -> str:
    """Show the words of one covered line. Every look is written down. Returns the text.

    Raises NoSuchCase, NotAllowed.
    """
    require(staff, Duty.CASE_READ)
    line = session.get(Evidence, evidence_id)
    if line is None:
        raise NoSuchCase
    now = runtime.clock()
    case = locked_case(session, staff, line.case_id, Duty.CASE_READ)
    append_event(
        session,
        case,
        actor=staff.id,
        event="line-shown",
        at=now,
        data={"evidence": evidence_id, "tier": case.tier.value},
    )
    record(session, actor=staff.id, event="evidence:shown", subject=f"evidence:{evidence_id}", at=now)
    if case.claimed_by == staff.id:
        hold_for(case, staff, runtime, now)
    session.flush()
    return line.text


def reveal_since(session: Session, runtime: Runtime, staff: Staff, case_id: int, ref: Ref) -> Line:
    """Show one line that somebody in the case wrote after it was opened, as it stands now. Every look is written down.

    Raises NoSuchCase (for a line that is not of this case too), NotAllowed.
    """
    now = runtime.clock()
    case = locked_case(session, staff, case_id, Duty.CASE_READ)
    around = runtime.host.context(session, ref, before=0, after=0)
    line = next((one for one in around if one.ref == ref), None)
    if line is None or line.author_id not in watched(session, case) or line.at <= case.opened_at:
        raise NoSuchCase
    name = f"{ref.kind.value}:{ref.id}"
    append_event(
        session, case, actor=staff.id, event="line-shown", at=now, data={"content": name, "tier": case.tier.value}
    )
    record(session, actor=staff.id, event="content:shown", subject=name, at=now, data={"case": case_id})
    if case.claimed_by == staff.id:
        hold_for(case, staff, runtime, now)
    session.flush()
    return line


def watched(session: Session, case: Case) -> set[str]:
    """Whose later lines belong beside a case: its author and whom it was written to; in a care case its author alone.

    Who only told us is left in peace.
    """
    if case.kind in CARING:
        return {case.subject_ref}
    parts = (CasePerson.case_id == case.id, CasePerson.part == Part.TARGET)
    return {case.subject_ref, *session.scalars(select(CasePerson.person_ref).where(*parts))}


def note(session: Session, runtime: Runtime, staff: Staff, case_id: int, text: str) -> None:
    """Leave a note for the team. Notes are only ever added; a correction is a new note.

    Raises NoSuchCase, NotAllowed, BadField('note').
    """
    words = checked_text("note", text)
    now = runtime.clock()
    case = locked_case(session, staff, case_id, Duty.CASE_READ)
    case.version += 1
    case.replied_at = None
    if case.claimed_by == staff.id:
        hold_for(case, staff, runtime, now)
    append_event(session, case, actor=staff.id, event="noted", at=now, text=words)
    record(session, actor=staff.id, event="case:noted", subject=f"case:{case_id}", at=now)
    announce(session, runtime, case)


def checked_text(field: str, text: str) -> str:
    """The text without outer space. Raises BadField naming `field` when it is empty or over `NOTE_LIMIT`."""
    words = text.strip()
    if not words:
        raise BadField(field)
    if len(words) > NOTE_LIMIT:
        raise BadField(field, "too-long")
    return words


def count_shown(session: Session, staff_id: str, since: datetime) -> int:
    """How many covered lines this person has shown since then, a line shown twice once.

    For their own eyes: it bounds a heavy day.
    """
    shown = (CaseEvent.actor == staff_id, CaseEvent.event == "line-shown", CaseEvent.at >= since)
    line = func.coalesce(CaseEvent.data["evidence"].as_string(), CaseEvent.data["content"].as_string())
    return session.scalar(select(func.count(func.distinct(line))).where(*shown)) or 0
