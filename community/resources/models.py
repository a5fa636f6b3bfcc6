"""Tables of the board: a listing, its versions, what reviewers decided, and what visitors say is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from community.db import Base
from community.resources.hours import Opening
from moderation.store.base import UtcDateTime

CITY_KEY = 80
OPEN_STATES = ("draft", "waiting", "returned")


class WordList(TypeDecorator[tuple[str, ...]]):
    """Keys with a space on both sides of each, so that LIKE '% key %' finds one on every database."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:  # noqa: ARG002
        """To the database."""
        return f" {' '.join(value)} " if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """From the database."""
        return tuple((value or "").split())


class WeekHours(TypeDecorator[tuple[Opening, ...]]):
    """Openings of a week, as [day, opens, closes] in minutes."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Opening] | None, dialect: Dialect) -> list[list[int]]:  # noqa: ARG002
        """To the database."""
        return [[one.day, one.opens, one.closes] for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Opening, ...]:  # noqa: ARG002
        """From the database."""
        return tuple(Opening(*one) for one in value or ())


class Days(TypeDecorator[tuple[date, ...]]):
    """A few dates."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[date] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002
        """To the database."""
        return [one.isoformat() for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[date, ...]:  # noqa: ARG002
        """From the database."""
        return tuple(date.fromisoformat(one) for one in value or ())


class Listing(Base):
    """One place or line on the board. What it says is in its versions; a national line has no organisation."""

    __tablename__ = "listing"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int] = mapped_column(default=100)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListingRevision(Base):
    """One version of a listing. The approved one is what visitors see: one at most, the database says so."""

    __tablename__ = "listing_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(9))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assured_date: Mapped[date | None] = mapped_column(Date)
    closing_note: Mapped[str] = mapped_column(String(500), default="")
    advice: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    search_text: Mapped[str] = mapped_column(Text, default="")
    city_key: Mapped[str] = mapped_column(String(CITY_KEY), default="")

    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    needs: Mapped[tuple[str, ...]] = mapped_column(WordList, default=())
    summary_en: Mapped[str] = mapped_column(String(240), default="")
    summary_es: Mapped[str] = mapped_column(String(240), default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    description_es: Mapped[str] = mapped_column(Text, default="")
    who_may_be_told_en: Mapped[str] = mapped_column(String(300), default="")
    who_may_be_told_es: Mapped[str] = mapped_column(String(300), default="")
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    languages: Mapped[tuple[str, ...]] = mapped_column(WordList, default=())
    id_needed: Mapped[bool | None]
    required_documents_en: Mapped[str] = mapped_column(String(240), default="")
    required_documents_es: Mapped[str] = mapped_column(String(240), default="")
    cost: Mapped[str] = mapped_column(String(4), default="")
    lgbtq_welcome: Mapped[bool] = mapped_column(default=False)
    parents_welcome: Mapped[bool] = mapped_column(default=False)
    pets_welcome: Mapped[bool] = mapped_column(default=False)
    accessible: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(24), default="")
    text_line: Mapped[str] = mapped_column(String(24), default="")
    text_word: Mapped[str] = mapped_column(String(20), default="")
    text_word_es: Mapped[str] = mapped_column(String(20), default="")
    web: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(160), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    time_zone: Mapped[str] = mapped_column(String(40))
    hours: Mapped[tuple[Opening, ...]] = mapped_column(WeekHours, default=())
    hours_known: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[tuple[date, ...]] = mapped_column(Days, default=())
    hours_note_en: Mapped[str] = mapped_column(String(160), default="")
    hours_note_es: Mapped[str] = mapped_column(String(160), default="")

    __table_args__ = (
        UniqueConstraint("listing_id", "number"),
        CheckConstraint(
            "state IN ('draft', 'waiting', 'returned', 'approved', 'replaced', 'withdrawn')", name="state_known"
        ),
        CheckConstraint("state NOT IN ('waiting', 'returned') OR submitted_at IS NOT NULL", name="sent_has_a_time"),
        CheckConstraint("state <> 'returned' OR decided_at IS NOT NULL", name="returned_has_a_time"),
        CheckConstraint("state <> 'approved' OR published_at IS NOT NULL", name="approved_has_a_time"),
        CheckConstraint(
            "minimum_age IS NULL OR maximum_age IS NULL OR minimum_age <= maximum_age", name="ages_ordered"
        ),
        CheckConstraint("cost IN ('', 'free', 'low', 'paid')", name="cost_known"),
        CheckConstraint("name <> ''", name="has_a_name"),
        Index(
            "uq_listing_revision_visible",
            "listing_id",
            unique=True,
            sqlite_where=text("state = 'approved'"),
            postgresql_where=text("state = 'approved'"),
        ),
        Index(
            "uq_listing_revision_in_work",
            "listing_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'waiting', 'returned')"),
            postgresql_where=text("state IN ('draft', 'waiting', 'returned')"),
        ),
        Index("ix_listing_revision_state", "state", "submitted_at", "id"),
    )


class ListingReview(Base):
    """What one reviewer decided about one version, once."""

    __tablename__ = "listing_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("listing_revision.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decision: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("revision_id", "reviewer_id"),
        CheckConstraint("decision IN ('approve', 'return')", name="decision_known"),
        CheckConstraint("decision <> 'return' OR reason <> ''", name="return_has_a_reason"),
    )


class ListingConcern(Base):
    """A visitor says something on a listing is wrong. Nothing tells who: only which listing, when, and their words."""

    __tablename__ = "listing_concern"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    what: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_someone"),
        Index("ix_listing_concern_open", "closed_at", "listing_id", "id"),
    )
