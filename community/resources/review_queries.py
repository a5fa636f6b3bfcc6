"""What providers and reviewers see of posts in work; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from community.accounts.models import Account, Organisation
from community.errors import NotFound
from community.resources.concerns import UNSAFE
from community.resources.content import untranslated
from community.resources.kinds import CHECK_LINES, CHECK_PLACES, LINE
from community.resources.models import Listing, ListingConcern, ListingReview, ListingRevision

PAGE = 100


@dataclass(frozen=True, slots=True)
class MyPost:
    """One post of an organisation: its newest version, whether one is on the board, why it came back."""

    listing_id: int
    slug: str
    name: str
    kind: str
    state: str
    on_board: bool
    reason: str
    approvals: int
    can_put_back: bool
    lacks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One version that waits for a reviewer."""

    revision_id: int
    name: str
    kind: str
    organisation: str
    submitted_at: datetime
    approvals: int


@dataclass(frozen=True, slots=True)
class Concern:
    """What a visitor says is wrong."""

    id: int
    listing_id: int
    name: str
    what: str
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A listing on the board that a person should call again, or for the first time."""

    listing_id: int
    name: str
    organisation: str
    assured_date: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A listing at the desk: the version on the board, or the last one that was."""

    listing_id: int
    slug: str
    organisation: str
    is_line: bool
    revision: ListingRevision


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A version with whose it is and what reviewers said so far."""

    revision: ListingRevision
    organisation: str
    reviews: Sequence[tuple[str, str, str]]


def mine_rows(session: Session, organisation_id: int) -> list[MyPost]:
    """Every post of an organisation, newest first. Two statements."""
    rows = session.execute(
        select(ListingRevision, Listing.slug)
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .where(Listing.organisation_id == organisation_id, ListingRevision.state != "replaced")
        .order_by(ListingRevision.listing_id.desc(), ListingRevision.number.desc())
        .limit(3 * PAGE)
    ).all()
    reviews = _reviews(session, [revision.id for revision, _ in rows])
    posts: dict[int, MyPost] = {}
    visible = {revision.listing_id for revision, _ in rows if revision.state == "approved"}
    for revision, slug in rows:
        if revision.listing_id in posts:
            continue
        said = reviews.get(revision.id, [])
        returned = next((reason for decision, reason, _ in said if decision == "return"), revision.closing_note)
        posts[revision.listing_id] = MyPost(
            listing_id=revision.listing_id,
            slug=slug,
            name=revision.name,
            kind=revision.kind,
            state=revision.state,
            on_board=revision.listing_id in visible,
            reason=returned,
            approvals=sum(decision == "approve" for decision, _, _ in said),
            can_put_back=revision.state == "withdrawn" and not revision.closing_note,
            lacks=untranslated(revision),
        )
    return list(posts.values())


def waiting_rows(session: Session) -> list[Waiting]:
    """Versions waiting for review, the longest waiting first."""
    approvals = (
        select(func.count())
        .where(ListingReview.revision_id == ListingRevision.id, ListingReview.decision == "approve")
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            ListingRevision.id,
            ListingRevision.name,
            ListingRevision.kind,
            func.coalesce(Organisation.name, ""),
            ListingRevision.submitted_at,
            approvals,
        )
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(ListingRevision.state == "waiting")
        .order_by(ListingRevision.submitted_at, ListingRevision.id)
        .limit(PAGE)
    )
    return [Waiting(*row) for row in rows]


def concern_rows(session: Session, listing_id: int = 0) -> list[Concern]:
    """Open concerns, of one listing when asked: that a place is not safe comes first, then whatever else.

    Within both the oldest of each listing and kind comes before the second of any, so that a place of which much is
    said, or made to be said, fills no page for the others.
    """
    version = ListingRevision
    names = (
        select(version.listing_id, func.min(version.name).label("name"))
        .where(version.state == "approved")
        .group_by(version.listing_id)
        .subquery()
    )
    alike = (ListingConcern.listing_id, ListingConcern.what)
    turn = func.row_number().over(partition_by=alike, order_by=ListingConcern.id)
    statement = (
        select(
            ListingConcern.id,
            ListingConcern.listing_id,
            func.coalesce(names.c.name, Listing.slug),
            ListingConcern.what,
            ListingConcern.note,
            ListingConcern.created_at,
        )
        .join(Listing, Listing.id == ListingConcern.listing_id)
        .outerjoin(names, names.c.listing_id == ListingConcern.listing_id)
        .where(ListingConcern.closed_at.is_(None))
        .order_by(ListingConcern.what != UNSAFE, turn, ListingConcern.id)
        .limit(PAGE)
    )
    if listing_id:
        statement = statement.where(ListingConcern.listing_id == listing_id)
    return [Concern(*row) for row in session.execute(statement)]


def due_rows(session: Session, *, now: datetime) -> list[Due]:
    """Listings on the board whose check has run out or never was, lines first, then the longest unchecked."""
    version = ListingRevision
    today = now.date()
    late = or_(
        version.assured_date.is_(None),
        and_(version.kind == LINE, version.assured_date < today - CHECK_LINES),
        and_(version.kind != LINE, version.assured_date < today - CHECK_PLACES),
    )
    rows = session.execute(
        select(version.listing_id, version.name, func.coalesce(Organisation.name, ""), version.assured_date)
        .join(Listing, Listing.id == version.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(version.state == "approved", late)
        .order_by(version.kind != LINE, version.assured_date.is_not(None), version.assured_date, Listing.position)
        .limit(PAGE)
    )
    return [Due(*row) for row in rows]


def place_at_desk(session: Session, listing_id: int) -> Place:
    """A listing that is or was on the board. Raises NotFound for one that never was."""
    row = session.execute(
        select(Listing, func.coalesce(Organisation.name, ""), ListingRevision)
        .join(ListingRevision, ListingRevision.listing_id == Listing.id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(
            Listing.id == listing_id,
            ListingRevision.published_at.is_not(None),
            ListingRevision.state.in_(("approved", "withdrawn")),
        )
        .order_by(ListingRevision.state, ListingRevision.published_at.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotFound
    listing, organisation, revision = row
    return Place(listing.id, listing.slug, organisation, listing.organisation_id is None, revision)


def off_lines(session: Session) -> list[tuple[int, str]]:
    """(listing, name) of lines taken off the board."""
    rows = session.execute(
        select(ListingRevision.listing_id, ListingRevision.name)
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .where(Listing.organisation_id.is_(None), ListingRevision.state == "withdrawn")
        .order_by(ListingRevision.name)
        .limit(PAGE)
    )
    return [(listing_id, name) for listing_id, name in rows]


def review_item(session: Session, revision_id: int) -> ReviewItem:
    """One version for its reviewer. Raises NotFound for none and for a draft nobody sent."""
    row = session.execute(
        select(ListingRevision, func.coalesce(Organisation.name, ""))
        .join(Listing, Listing.id == ListingRevision.listing_id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(ListingRevision.id == revision_id, ListingRevision.submitted_at.is_not(None))
    ).first()
    if row is None:
        raise NotFound
    return ReviewItem(row[0], row[1], _reviews(session, [revision_id]).get(revision_id, []))


def _reviews(session: Session, revision_ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    rows = session.execute(
        select(ListingReview.revision_id, ListingReview.decision, ListingReview.reason, Account.handle)
        .join(Account, Account.id == ListingReview.reviewer_id)
        .where(ListingReview.revision_id.in_(revision_ids))
        .order_by(ListingReview.id)
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for revision_id, decision, reason, name in rows:
        found.setdefault(revision_id, []).append((decision, reason, name))
    return found
