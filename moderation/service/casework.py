"""What every act on a case shares: finding and locking it, who may, the event, the live word to the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.model import Ref
from moderation.ports import Line, Staff
from moderation.runtime import Runtime
from moderation.service.errors import CaseClosed, ClaimTaken, NoSuchCase, NotAllowed
from moderation.store.cases import Case, CaseEvent, CasePerson, CaseState

# Lines asked for on each side of one, when the state of many is wanted.
AROUND = 40


def append_event(
    session: Session,
    case: Case,
    *,
    actor: str,
    event: str,
    at: datetime,
    text: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Add one thing that happened to the case, at the version the case has now."""
    session.add(
        CaseEvent(
            case_id=case.id, at=at, actor=actor, event=event, version=case.version, text=text, data=dict(data or {})
        )
    )


def announce(session: Session, runtime: Runtime, case: Case) -> None:
    """Tell every open desk that this case changed, but not the people in it; leaves after the commit."""
    session.flush()
    inside = frozenset(session.scalars(select(CasePerson.person_ref).where(CasePerson.case_id == case.id)))
    change = {"case": case.id, "tier": case.tier.value, "state": case.state.value}
    runtime.host.publish(session, "desk", "case:changed", change, without=inside)


def require(staff: Staff, duty: Duty) -> None:
    """Raises NotAllowed unless the staff member holds the duty."""
    if duty not in staff.duties:
        raise NotAllowed(duty)


def locked_case(session: Session, staff: Staff, case_id: int, duty: Duty) -> Case:
    """The case, locked for this transaction, for someone who holds `duty` and is not in it themself.

    Raises NoSuchCase, NotAllowed.
    """
    require(staff, duty)
    case = session.scalars(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if case is None:
        raise NoSuchCase
    refuse_conflict(session, staff, case_id)
    return case


def refuse_conflict(session: Session, staff: Staff, case_id: int) -> None:
    """Raises NoSuchCase when the staff member is subject, target or reporter in the case.

    The same answer as for no case at all: someone who was reported must not learn of it here.
    """
    mine = select(CasePerson.case_id).where(CasePerson.case_id == case_id, CasePerson.person_ref == staff.id)
    if session.scalars(mine).first() is not None:
        raise NoSuchCase


def refuse_taken(case: Case, staff: Staff, now: datetime) -> None:
    """Raises CaseClosed on a closed case and ClaimTaken while someone else's lease runs."""
    if case.state is not CaseState.OPEN:
        raise CaseClosed
    if case.claimed_by not in (None, staff.id) and case.claimed_until is not None and case.claimed_until > now:
        raise ClaimTaken(str(case.claimed_by), case.claimed_until)


def as_they_stand(session: Session, runtime: Runtime, refs: Iterable[Ref]) -> dict[Ref, Line]:
    """These contents as they are by now, whatever was copied when they were flagged; those erased are left out.

    The host is asked about a content and those around it at once, so a case from one room costs a question or two.
    """
    wanted = list(dict.fromkeys(refs))
    found: dict[Ref, Line] = {}
    for ref in wanted:
        if ref not in found:
            found |= {line.ref: line for line in runtime.host.context(session, ref, before=AROUND, after=AROUND)}
    return {ref: found[ref] for ref in wanted if ref in found}


def taken_back(session: Session, runtime: Runtime, refs: Iterable[Ref]) -> frozenset[Ref]:
    """Which of these contents their authors have taken back by now."""
    now = as_they_stand(session, runtime, refs)
    return frozenset(ref for ref, line in now.items() if line.state == "withdrawn")


def hold_for(case: Case, staff: Staff, runtime: Runtime, now: datetime) -> None:
    """Give or renew the lease: any act on a case is activity, and the first one stops its clock."""
    case.claimed_by, case.claimed_until = staff.id, now + runtime.lease
    case.looked_at = case.looked_at or now
