"""Whose lines to whom wait for a person because a case that can't wait is still open between them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.core.model import Tier
from moderation.store.cases import Case, CaseKind, CasePerson, CaseState, Part

# By the index on state and tier: few cases that can't wait are ever open at once.
_NOW = (
    Case.state == CaseState.OPEN,
    Case.tier == Tier.P0,
    Case.kind.in_((CaseKind.CONDUCT, CaseKind.REPORT)),
)


def is_looked_into(person: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether such a case is open on `person`, a column: asked inside a SELECT that reads people anyway, it is free."""
    return exists().where(*_NOW, Case.subject_ref == person)


def guarded(session: Session, authors: Collection[str]) -> dict[str, frozenset[str]]:
    """Toward whom each of these authors has such a case; who has none is left out. One statement, none for none."""
    if not authors:
        return {}
    rows = session.execute(
        select(Case.subject_ref, CasePerson.person_ref)
        .join(CasePerson, CasePerson.case_id == Case.id)
        .where(*_NOW, Case.subject_ref.in_(authors), CasePerson.part == Part.TARGET)
    )
    found: dict[str, set[str]] = {}
    for author, person in rows:
        found.setdefault(author, set()).add(person)
    return {author: frozenset(people) for author, people in found.items()}
