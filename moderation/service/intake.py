"""The one way into a case: open it or join it, copy the evidence, write the events and the audit, tell the desk."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from moderation.core.language import Language, language_of, together
from moderation.core.model import Finding, Ref, Tier
from moderation.core.text import normalise
from moderation.ports import Line
from moderation.runtime import Runtime
from moderation.service.casework import announce, append_event
from moderation.store import evidence
from moderation.store.audit import record
from moderation.store.cases import Case, CaseKind, CasePerson, CaseState, Flag, Part, Source

log = logging.getLogger(__name__)

SYSTEM = "system"
# Further flags on the same person join the open case while its last flag is this young (contract: 7 days).
MERGE_WITHIN = timedelta(days=7)

_FAMILY = {
    CaseKind.CONDUCT: (CaseKind.CONDUCT, CaseKind.REPORT),
    CaseKind.REPORT: (CaseKind.CONDUCT, CaseKind.REPORT),
    CaseKind.CARE: (CaseKind.CARE,),
    CaseKind.TALK: (CaseKind.TALK,),
    CaseKind.UNSCREENED: (CaseKind.UNSCREENED,),
}


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything one arrival adds to a case."""

    kind: CaseKind
    tier: Tier
    at: datetime
    subject: str
    title: str
    place: str = ""
    others: tuple[tuple[str, Part], ...] = ()
    lines: Sequence[Line] = field(default_factory=tuple)
    flags: Sequence[dict[str, Any]] = field(default_factory=tuple)
    actor: str = SYSTEM
    event: str = "flagged"
    words: str = field(default="", repr=False)
    about: int | None = None


def flag(  # noqa: PLR0913 - what one mod_flag row needs
    source: Source,
    rule_id: str,
    tier: Tier,
    *,
    ref: Ref | None,
    held: bool,
    rule_version: int = 1,
    signals: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    earlier: Sequence[Ref] = (),
    targets: Sequence[str] = (),
    score: float = 0.0,
    reporter: str | None = None,
) -> dict[str, Any]:
    """One row for `mod_flag`, without its case and time."""
    return {
        "source": source,
        "rule_id": rule_id,
        "rule_version": rule_version,
        "tier": tier,
        "score": score,
        "signals": list(signals),
        "findings": [
            {"signal": f.signal, "rule": f.rule_id, "sure": f.confidence, "span": [f.span.start, f.span.end]}
            for f in findings
        ],
        "earlier": [[other.kind.value, other.id] for other in earlier],
        "targets": list(targets),
        "ref_kind": ref.kind.value if ref else None,
        "ref_id": ref.id if ref else None,
        "held": held,
        "reporter_ref": reporter,
    }


def take_in(session: Session, runtime: Runtime, intake: Intake) -> int:
    """Open or join, then add people, lines, flags, events, audit; tell the desk. All in the caller's transaction."""
    case = _joinable(session, intake)
    opened = case is None
    if case is None:
        case = _new_case(runtime, intake)
        session.add(case)
    else:
        _join(runtime, case, intake)
    case.language = together(case.language, _language(runtime, intake))
    session.flush()
    _add_people(session, case, [(intake.subject, Part.SUBJECT), *intake.others], opened=opened)
    evidence.copy_lines(session, case.id, intake.lines, intake.at)
    add_flags(session, case, intake.flags, intake.at)
    rules = sorted({str(row["rule_id"]) for row in intake.flags})
    data: dict[str, object] = {"rules": rules, "tier": case.tier.value}
    if intake.about is not None:
        data["about"] = intake.about
    append_event(session, case, actor=intake.actor, event=intake.event, at=intake.at, text=intake.words, data=data)
    record(
        session,
        actor=intake.actor,
        event="case:opened" if opened else "case:joined",
        subject=f"case:{case.id}",
        at=intake.at,
        data=data,
    )
    announce(session, runtime, case)
    return case.id


def _language(runtime: Runtime, intake: Intake) -> Language:
    """Of what was flagged and of what somebody told the team; the talk around it says nothing of the case.

    What cannot be read is in no known language: it must reach the desk all the same.
    """
    flagged = {(row["ref_kind"], row["ref_id"]) for row in intake.flags}
    said = [line.text for line in intake.lines if (line.ref.kind.value, line.ref.id) in flagged]
    try:
        return language_of(normalise(" \n".join([*said, intake.words]), runtime.rulebook.words).words)
    except Exception as error:  # noqa: BLE001 - as in fail_closed: nothing that is read may cost what was said
        log.error("reading a case's language failed: %s", type(error).__name__)
        return Language.UNKNOWN


def add_flags(session: Session, case: Case, flags: Sequence[dict[str, Any]], at: datetime) -> None:
    """Write the rows made by `flag` into a case, in one INSERT (none for no flags)."""
    if flags:
        rows = [{**row, "case_id": case.id, "at": at} for row in flags]
        session.execute(insert(Flag.__table__), rows)  # type: ignore[arg-type]


def _joinable(session: Session, intake: Intake) -> Case | None:
    return session.scalars(
        select(Case)
        .where(
            Case.subject_ref == intake.subject,
            Case.state == CaseState.OPEN,
            Case.kind.in_(_FAMILY[intake.kind]),
            Case.flagged_at >= intake.at - MERGE_WITHIN,
        )
        .order_by(Case.opened_at.desc(), Case.id.desc())
        .limit(1)
        .with_for_update()
    ).first()


def _new_case(runtime: Runtime, intake: Intake) -> Case:
    return Case(
        kind=intake.kind,
        tier=intake.tier,
        deadline=_deadline(runtime, intake.tier, intake.at),
        subject_ref=intake.subject,
        place=intake.place,
        title=intake.title,
        language=Language.UNKNOWN,
        version=1,
        opened_at=intake.at,
        flagged_at=intake.at,
    )


def _join(runtime: Runtime, case: Case, intake: Intake) -> None:
    case.version += 1
    case.flagged_at = max(case.flagged_at, intake.at)
    if intake.event != "flagged":
        case.replied_at = intake.at
    news(runtime, case, tier=intake.tier, at=intake.at, title=intake.title)


def news(runtime: Runtime, case: Case, *, tier: Tier, at: datetime, title: str = "") -> None:
    """Something new on an open case waits for a look of its own, at most as long as it would wait alone.

    A look from before it says nothing about it, so the clock starts anew; where it is more serious than all before, the
    case rises to its tier and takes `title`, if there is one.
    """
    fresh = _deadline(runtime, tier, at)
    if tier < case.tier:
        case.tier, case.title = tier, title or case.title
    elif fresh is None:
        return  # for the log only: it neither starts a clock nor touches one
    waits = case.deadline if case.looked_at is None else None
    case.looked_at = None
    case.deadline = min(filter(None, (waits, fresh)), default=None)


def _deadline(runtime: Runtime, tier: Tier, at: datetime) -> datetime | None:
    return None if tier is Tier.P3 else at + runtime.deadlines[tier]


def _add_people(session: Session, case: Case, people: Iterable[tuple[str, Part]], *, opened: bool) -> None:
    wanted = dict.fromkeys(people)
    known: set[tuple[str, Part]] = set()
    if not opened:
        rows = select(CasePerson.person_ref, CasePerson.part).where(CasePerson.case_id == case.id)
        known = {(ref, part) for ref, part in session.execute(rows)}
    fresh = [{"case_id": case.id, "person_ref": ref, "part": part} for ref, part in wanted if (ref, part) not in known]
    if fresh:
        session.execute(insert(CasePerson.__table__), fresh)  # type: ignore[arg-type]
