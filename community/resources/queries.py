"""What visitors see of the board; nothing here changes anything. Three statements a page, however long the board is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, case, false, func, literal, or_, select, true, type_coerce
from sqlalchemy.orm import Session

from community.accounts.models import Organisation
from community.errors import NotFound
from community.resources.freshness import Freshness, freshness
from community.resources.hours import UNKNOWN, OpenState, State, state_at
from community.resources.kinds import FILTERS, HIDE_AFTER, LINE, OPEN_NOW
from community.resources.models import Listing, ListingRevision
from community.resources.search import Asked, Search, fold, understand

PAGE = 30
MOST = 2000  # listings weighed in memory, 0.05 ms each where it was measured; a longer board would lose its newest
RANK = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}


@dataclass(frozen=True, slots=True)
class Found:
    """One listing as a visitor may see it: its approved version, whose it is, and whether it is open."""

    revision: ListingRevision
    slug: str
    organisation: str
    state: OpenState
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class Board:
    """One page of results. `more` names the listing after which the next page begins (0: there is none)."""

    asked: Asked
    found: Sequence[Found]
    total: int
    open_count: int
    more: int
    lines: Sequence[Found]
    at: datetime
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    listing_id: int
    revision_id: int
    state: OpenState
    is_there: bool
    order: tuple[int, int, int, str, int]


def board(session: Session, search: Search, *, now: datetime) -> Board:
    """Places for a search, best match first, then open first; and the lines, those for the same need first."""
    asked = understand(search)
    ordered = _weigh(session, asked, search.age, now)
    start = next((i + 1 for i, one in enumerate(ordered) if one.listing_id == search.after), 0)
    page = ordered[start : start + PAGE]
    return Board(
        asked=asked,
        found=_load(session, page, now),
        total=len(ordered),
        open_count=sum(one.state.state is State.OPEN for one in ordered),
        more=page[-1].listing_id if start + PAGE < len(ordered) else 0,
        lines=lines(session, now=now, needs=asked.needs),
        at=now,
        is_elsewhere=bool(asked.zip or asked.city) and not any(one.is_there for one in ordered),
    )


def lines(session: Session, *, now: datetime, needs: frozenset[str] = frozenset()) -> Sequence[Found]:
    """Every national line: those that are above all for one of `needs`, those also for it, the rest; in board order."""
    rows = session.execute(
        select(ListingRevision, Listing.slug, Listing.position)
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .where(ListingRevision.state == "approved", ListingRevision.kind == LINE)
        .limit(100)
    ).all()
    ordered = sorted(rows, key=lambda row: (_distance(row[0].needs, needs), row[2], row[0].id))
    return [_found(revision, slug, "", now) for revision, slug, _position in ordered]


def _distance(offered: Sequence[str], needs: frozenset[str]) -> int:
    """0 when the first thing a line is for is needed, 1 when another is, 2 when none."""
    if needs & set(offered[:1]):
        return 0
    return 1 if needs & set(offered) else 2


def place(session: Session, slug: str, *, now: datetime) -> Found:
    """One listing by its address. Raises NotFound when it is not on the board, for whatever reason."""
    row = session.execute(
        select(ListingRevision, Listing.slug, func.coalesce(Organisation.name, ""))
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(Listing.slug == slug, *visible(now))
    ).first()
    if row is None:
        raise NotFound
    return _found(*row, now)


def visible(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Approved, checked within a year, its organisation verified. Lines stay: a number marked old beats none."""
    version, oldest = ListingRevision, now - HIDE_AFTER
    recent = or_(
        version.kind == LINE,
        version.assured_date >= oldest.date(),
        and_(version.assured_date.is_(None), version.published_at >= oldest),
    )
    verified = or_(Listing.organisation_id.is_(None), Organisation.verified_at(now))
    return version.state == "approved", recent, verified


def open_state(version: Any, now: datetime) -> OpenState:
    """Whether a version's place is open. A listing nobody checked in time is never said to be open (statement 19)."""
    zone = ZoneInfo(version.time_zone)
    if freshness(version.kind, version.assured_date, now.astimezone(zone).date()) is not Freshness.FRESH:
        return UNKNOWN
    return state_at(
        version.hours, known=version.hours_known, closed_on=frozenset(version.closed_on), zone=zone, now=now
    )


def _weigh(session: Session, asked: Asked, age: int | None, now: datetime) -> list[_Candidate]:
    """Every listing that fits, in order. Only what ordering needs is read; open hours are no question for SQL."""
    version = ListingRevision
    hits = _hits(asked)
    statement = (
        select(
            version.listing_id,
            version.id,
            version.name,
            version.kind,
            version.hours,
            version.hours_known,
            version.closed_on,
            version.time_zone,
            version.assured_date,
            hits.label("hits"),
            _is_there(asked).label("there"),
        )
        .join(Listing, Listing.id == version.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(*visible(now), version.kind != LINE, *_fits(asked, age), *_near(asked))
    )
    if asked.words and not asked.tags:
        statement = statement.where(hits > 0)
    found = []
    for row in session.execute(statement.order_by(version.listing_id).limit(MOST)):
        state = open_state(row, now)
        if OPEN_NOW in asked.filters and state.state is not State.OPEN:
            continue
        order = (-row.hits, -row.there, RANK[state.state], fold(row.name), row.listing_id)
        found.append(_Candidate(row.listing_id, row.id, state, bool(row.there), order))
    return sorted(found, key=lambda one: one.order)


def _load(session: Session, page: Sequence[_Candidate], now: datetime) -> list[Found]:
    if not page:
        return []
    rows = session.execute(
        select(ListingRevision, Listing.slug, func.coalesce(Organisation.name, ""))
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(ListingRevision.id.in_([one.revision_id for one in page]))
    )
    by_id = {row[0].id: _found(*row, now) for row in rows}
    return [by_id[one.revision_id] for one in page if one.revision_id in by_id]


def _found(revision: ListingRevision, slug: str, organisation: str, now: datetime) -> Found:
    today = now.astimezone(ZoneInfo(revision.time_zone)).date()
    fresh = freshness(revision.kind, revision.assured_date, today)
    return Found(revision, slug, organisation, open_state(revision, now), fresh)


def _fits(asked: Asked, age: int | None) -> list[ColumnElement[bool]]:
    version = ListingRevision
    wanted = [_tagged(version.needs, asked.tile)] if asked.tile else []
    if asked.tags:
        wanted.append(_tagged(version.needs, sorted(asked.tags)))
    if age is not None:
        wanted.append(or_(version.minimum_age.is_(None), version.minimum_age <= age))
        wanted.append(or_(version.maximum_age.is_(None), version.maximum_age >= age))
    for key in sorted(asked.filters - {OPEN_NOW}):
        column, value = getattr(version, FILTERS[key].column), FILTERS[key].value
        if key == "spanish":
            wanted.append(_tagged(column, (str(value),)))
        elif isinstance(value, bool):
            wanted.append(column.is_(true() if value else false()))
        else:
            wanted.append(column == value)
    return wanted


def _near(asked: Asked) -> list[ColumnElement[bool]]:
    """Listings of the town or ZIP area typed, and those that serve everywhere (no town)."""
    version = ListingRevision
    near = []
    if asked.city:
        near.append(version.city_key.like(f"{asked.city}%"))
    if asked.area:
        near.append(version.postal_code.like(f"{asked.area}%"))
    return [or_(and_(version.city == "", version.postal_code == ""), *near)] if near else []


def _is_there(asked: Asked) -> ColumnElement[int]:
    """1 for a listing in the very town or ZIP that was typed, 0 for one around it or without a town."""
    version, there = ListingRevision, []
    if asked.zip:
        there.append(version.postal_code.like(f"{asked.zip}%"))
    if asked.city:
        there.append(version.city_key.like(f"{asked.city}%"))
    return case((or_(*there), 1), else_=0) if there else literal(0)


def _tagged(column: Any, keys: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(type_coerce(column, String).like(f"% {key} %") for key in keys))


def _hits(asked: Asked) -> ColumnElement[int]:
    """How many of the typed words a listing holds, whole or as the start of one."""
    total: ColumnElement[int] = literal(0)
    for word in asked.words:
        total = total + case((ListingRevision.search_text.like(f"% {word}%"), 1), else_=0)
    return total
