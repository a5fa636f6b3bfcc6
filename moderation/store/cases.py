"""Cases: what waits for a person, who is in it, what flagged it, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.core.language import Language
from moderation.core.model import Kind, Ref, Tier
from moderation.store.base import Base, BigId, UtcDateTime, append_only, words


class CaseKind(StrEnum):
    """What a case is about. Care, talk and unscreened cases say nothing about anybody's conduct."""

    CONDUCT = "conduct"
    REPORT = "report"
    CARE = "care"
    TALK = "talk"
    UNSCREENED = "unscreened"


# Cases that are about a person's own need, not about what they did to others.
CARING = frozenset({CaseKind.CARE, CaseKind.TALK})


class CaseState(StrEnum):
    """Open until a person closes it with a decision. A claim is a lease on top, not a state."""

    OPEN = "open"
    DECIDED = "decided"


class Part(StrEnum):
    """How a person is in a case."""

    SUBJECT = "subject"
    TARGET = "target"
    REPORTER = "reporter"


class Source(StrEnum):
    """Where a flag came from."""

    RULE = "rule"
    REPORT = "report"
    MEMBER = "member"


class Outcome(StrEnum):
    """What a person decided about one flagged content."""

    RELEASED = "released"
    REMOVED = "removed"
    LEFT = "left"


class Case(Base):
    """One thing for staff to look at. `version` counts changes that a decision must have seen."""

    __tablename__ = "mod_case"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[CaseKind] = mapped_column(words(CaseKind, "kind"))
    state: Mapped[CaseState] = mapped_column(words(CaseState, "state"), default=CaseState.OPEN)
    tier: Mapped[Tier] = mapped_column(words(Tier, "tier"))
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    subject_ref: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(String(96))
    # Of what was flagged or told, "" while nothing tells: who reads that language can take it.
    language: Mapped[Language] = mapped_column(words(Language, "language"), default=Language.UNKNOWN, server_default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    flagged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claimed_until_iff_claimed"),
        CheckConstraint("(decided_by IS NOT NULL) = (state = 'decided')", name="decided_by_iff_decided"),
        CheckConstraint("(decided_at IS NOT NULL) = (state = 'decided')", name="decided_at_iff_decided"),
        CheckConstraint("state = 'open' OR claimed_by IS NULL", name="claimed_only_open"),
        CheckConstraint("(deadline IS NULL) = (tier = 'P3')", name="deadline_unless_log"),
        CheckConstraint("version >= 1", name="version_counts"),
        Index(None, "state", "tier", "deadline", "id"),
        Index(None, "subject_ref", "opened_at"),
        Index(None, "state", "decided_at", "id"),
        {"sqlite_autoincrement": True},
    )


class CasePerson(Base):
    """A person in a case, and how. Used for conflict of interest, history, and who may answer."""

    __tablename__ = "mod_case_person"

    case_id: Mapped[int] = mapped_column(ForeignKey("mod_case.id"), primary_key=True)
    person_ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    part: Mapped[Part] = mapped_column(words(Part, "part"), primary_key=True)

    __table_args__ = (Index(None, "person_ref", "case_id"),)


class Flag(Base):
    """One reason a content is in a case: the rule and its version, or who told us; and what was decided on it."""

    __tablename__ = "mod_flag"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("mod_case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[Source] = mapped_column(words(Source, "source"))
    rule_id: Mapped[str] = mapped_column(String(64))
    rule_version: Mapped[int] = mapped_column(Integer)
    tier: Mapped[Tier] = mapped_column(words(Tier, "tier"))
    score: Mapped[float] = mapped_column(Float, default=0.0)
    signals: Mapped[list[str]] = mapped_column(JSON)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    earlier: Mapped[list[list[str]]] = mapped_column(JSON)
    targets: Mapped[list[str]] = mapped_column(JSON)
    ref_kind: Mapped[str | None] = mapped_column(String(24))
    ref_id: Mapped[str | None] = mapped_column(String(64))
    held: Mapped[bool] = mapped_column(Boolean)
    reporter_ref: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("mod_decision.id"))

    __table_args__ = (
        CheckConstraint("(ref_kind IS NULL) = (ref_id IS NULL)", name="ref_whole"),
        CheckConstraint("(outcome IS NULL) = (decision_id IS NULL)", name="outcome_iff_decision"),
        CheckConstraint("(reporter_ref IS NOT NULL) = (source = 'report')", name="reporter_iff_report"),
        Index(None, "case_id", "id"),
        Index(None, "rule_id", "outcome"),
        Index(None, "decision_id"),
        Index(None, "ref_kind", "ref_id"),
    )

    @property
    def ref(self) -> Ref | None:
        """The content this flag is on; None when a person asked to talk."""
        return Ref(Kind(self.ref_kind), self.ref_id) if self.ref_kind and self.ref_id else None


@append_only
class CaseEvent(Base):
    """One thing that happened to a case. `version` is the case's version after it; `text` is what a person wrote."""

    __tablename__ = "mod_case_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("mod_case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (Index(None, "case_id", "id"), Index(None, "actor", "event", "at"))
