"""What screening forgets when a person found nothing wrong, and remembers again when that decision is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.core.model import Kind, Ref, Running
from moderation.core.running import taken_up
from moderation.runtime import Runtime
from moderation.store import observations, running
from moderation.store.cases import Case, CaseEvent, Flag
from moderation.store.decisions import DecisionRow


def let_go(session: Session, case: Case, flags: Sequence[Flag]) -> dict[str, Any]:
    """Nothing was wrong: what this case was opened for never counts again, and the person's words stand at nothing.

    Returns what that was, as the event of the decision keeps it.
    """
    earlier = (Ref(Kind(kind), ref_id) for flag in flags for kind, ref_id in flag.earlier)
    read = {*earlier, *(flag.ref for flag in flags if flag.ref is not None)}
    forgotten: dict[str, Any] = {"memories": observations.let_go(session, case.subject_ref, read)}
    stood = running.start_anew(session, case.subject_ref)
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
