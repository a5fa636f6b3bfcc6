"""What providers and reviewers see of posts in work; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.accounts.models import Account, Organisation
from community.errors import NotFound
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
    slug: str
    note: str
    created_at: datetime


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


def concern_rows(session: Session) -> list[Concern]:
    """Open concerns, oldest first."""
    rows = session.execute(
        select(ListingConcern.id, Listing.slug, ListingConcern.note, ListingConcern.created_at)
        .join(Listing, Listing.id == ListingConcern.listing_id)
        .where(ListingConcern.closed_at.is_(None))
        .order_by(ListingConcern.id)
        .limit(PAGE)
    )
    return [Concern(*row) for row in rows]


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
