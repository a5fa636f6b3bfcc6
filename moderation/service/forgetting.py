"""What screening forgets when a person found nothing wrong, and remembers again when that decision is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.core.model import Kind, Ref, Running
from moderation.core.running import taken_up
from moderation.runtime import Runtime
from moderation.service.casework import taken_back
from moderation.service.opening import ON_REQUEST
from moderation.store import observations, running
from moderation.store.cases import Case, CaseEvent, CaseKind, CaseState, Flag, Outcome, Source
from moderation.store.decisions import DecisionRow

# Only these are about what a person did to others; closing any other says nothing of it.
_OF_CONDUCT = frozenset({CaseKind.CONDUCT, CaseKind.REPORT})
_FOUND_WRONG = frozenset({"remove", "restrict"})


def found_harmless(session: Session, runtime: Runtime, case: Case, flags: Sequence[Flag]) -> bool:
    """Whether closing this case says that nothing was wrong with what its subject wrote.

    Not where a decision of it that stands took something down or set a break, nor while another case about their
    conduct waits, nor where they asked for the look themself or took the words back before it: nobody clears their own.
    """
    if case.kind not in _OF_CONDUCT or not flags or flags[0].rule_id == ON_REQUEST:
        return False
    standing = select(DecisionRow.effects).where(DecisionRow.case_id == case.id, DecisionRow.undone_at.is_(None))
    if any(effect["kind"] in _FOUND_WRONG for effects in session.scalars(standing) for effect in effects):
        return False
    if taken_back(session, runtime, [flag.ref for flag in flags if flag.ref is not None]):
        return False
    others = (Case.subject_ref == case.subject_ref, Case.id != case.id, Case.state == CaseState.OPEN)
    return not session.scalar(select(exists().where(*others, Case.kind.in_(_OF_CONDUCT))))


def let_go(session: Session, case: Case, flags: Sequence[Flag]) -> dict[str, Any]:
    """Nothing was wrong: what this case was opened for never counts again, and the person's words stand at nothing if a
    rule had noticed them. What somebody told the team says nothing of those: a friend could tell of a "hi".

    Every flag of it was released or left; what another case of theirs took down goes on counting. Returns what was let
    go of, as the event of the decision keeps it.
    """
    earlier = (Ref(Kind(kind), ref_id) for flag in flags for kind, ref_id in flag.earlier)
    read = {*earlier, *(flag.ref for flag in flags if flag.ref is not None)} - _taken_down(session, case.subject_ref)
    forgotten: dict[str, Any] = {"memories": observations.let_go(session, case.subject_ref, read)}
    noticed = any(flag.source is Source.RULE for flag in flags)
    stood = running.start_anew(session, case.subject_ref) if noticed else None
    if stood is not None:
        forgotten["stood"] = {"says": stood.says, "hears": stood.hears, "at": stood.at.isoformat()}
    return forgotten


def bring_back(session: Session, runtime: Runtime, case: Case, decision: DecisionRow) -> None:
    """The decision was taken back: what it let go of counts as if it had never been made. Harmless for any other."""
    made = select(CaseEvent.data).where(CaseEvent.case_id == case.id, CaseEvent.event == "decided")
    forgotten: dict[str, Any] = next(
        (data for data in session.scalars(made) if data.get("decision") == decision.id), {}
    )
    author = case.subject_ref
    observations.bring_back(session, author, forgotten.get("memories", ()), decision.at)
    if "stood" in forgotten:
        was = forgotten["stood"]
        stood = Running(was["says"], was["hears"], datetime.fromisoformat(was["at"]))
        since = running.of(session, [author]).get(author)
        running.keep(session, {author: taken_up(stood, since, runtime.rulebook)})


def _taken_down(session: Session, author: str) -> set[Ref]:
    """What a person decided to take down of this author, in any case."""
    theirs = select(Flag).join(Case, Case.id == Flag.case_id).where(Case.subject_ref == author)
    flags = session.scalars(theirs.where(Flag.outcome == Outcome.REMOVED))
    return {flag.ref for flag in flags if flag.ref is not None}
