"""What visitors say is wrong with a listing: a short question first, nobody's name."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.accounts.models import Organisation
from community.errors import DomainError, NotFound
from community.ids import public_id
from community.resources.models import Listing, ListingConcern, ListingRevision
from community.resources.queries import visible

ANSWER_WITHIN = timedelta(days=3)  # proposed: when a visitor is told a person will have looked
MOST_OPEN = 20  # open concerns kept a listing; one more would tell the reviewer nothing new
LONGEST = 500
# What can be wrong, in the order of the form. Texts are `wrong-<key>`.
WHATS = ("reach", "hours", "closed", "told", "unsafe", "other")


def findable(session: Session, slug: str, *, now: datetime) -> str:
    """The name of a listing something can be wrong with. Raises NotFound for one that is not on the board."""
    return _listing(session, slug, now)[1]


def raise_concern(session: Session, slug: str, what: str, note: str, *, now: datetime) -> None:
    """Note what is wrong with a listing; once enough are open, one more is not kept.

    Raises NotFound for a listing that is not on the board, DomainError: "concern-empty", "text-long".
    """
    listing_id, _name = _listing(session, slug, now)
    words = note.strip()
    if what not in WHATS and not words:
        raise DomainError("concern-empty")
    if len(words) > LONGEST:
        raise DomainError("text-long", most=LONGEST)
    still_open = (ListingConcern.listing_id == listing_id, ListingConcern.closed_at.is_(None))
    if (session.scalar(select(func.count()).select_from(ListingConcern).where(*still_open)) or 0) >= MOST_OPEN:
        return
    known = what if what in WHATS else "other"
    session.add(ListingConcern(public_id=public_id("w"), listing_id=listing_id, what=known, note=words, created_at=now))
    session.flush()


def _listing(session: Session, slug: str, now: datetime) -> tuple[int, str]:
    row = session.execute(
        select(Listing.id, ListingRevision.name)
        .join(ListingRevision, ListingRevision.listing_id == Listing.id)
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(Listing.slug == slug, *visible(now))
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]
