"""How often each reason held up: what decisions made of what a rule flagged, over all cases."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import case as sql_case
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from moderation.core.rules import Purpose, Rulebook
from moderation.store.cases import CARING, Case, Flag, Outcome
from moderation.store.decisions import DecisionRow

LEAST_DECIDED = 5  # decisions before a share is shown: "right 0 of 1" would talk the next worker out of a true case


def held_up(session: Session, rulebook: Rulebook, rules: Collection[str]) -> dict[str, tuple[int, int]]:
    """(right, decided) for each of these rules that enough decisions were made on. One statement.

    Conduct was rightly flagged when a person removed it; released and left count against the rule. A reason to care was
    right when the decision was about care: then nothing is taken down, and a care reply is no mistake of the rule. A
    conduct reason on no content (what someone told the team) can't be removed, so it is not counted at all.
    """
    caring = [rule for rule, signal in rulebook.signals.items() if signal.purpose is Purpose.CARE]
    is_care = or_(Case.kind.in_(CARING), Flag.rule_id.in_(caring))
    right = or_(Flag.outcome == Outcome.REMOVED, is_care & (DecisionRow.guideline == "care"))
    rows = session.execute(
        select(Flag.rule_id, func.count(), func.sum(sql_case((right, 1), else_=0)))
        .join(Case, Case.id == Flag.case_id)
        .join(DecisionRow, DecisionRow.id == Flag.decision_id)
        .where(Flag.rule_id.in_(rules), Flag.outcome.is_not(None), or_(Flag.ref_id.is_not(None), is_care))
        .group_by(Flag.rule_id)
    )
    return {rule: (int(agreed or 0), decided) for rule, decided, agreed in rows if decided >= LEAST_DECIDED}
