"""What visitors say is wrong with a listing: one tap first, words after, nobody's name."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.errors import DomainError, NotFound
from community.ids import public_id
from community.resources.models import Listing, ListingConcern, ListingRevision

ANSWER_WITHIN = timedelta(days=3)  # proposed: when a visitor is told a person will have looked
WORDS_WITHIN = timedelta(hours=1)  # how long after the tap words may follow
MOST_OPEN = 20  # open concerns kept a listing; one more would tell the reviewer nothing new
LONGEST = 500


def raise_concern(session: Session, slug: str, *, now: datetime) -> str:
    """Note that something on a listing is wrong. Returns the name its words may follow under, "" when enough are open.

    Raises NotFound for a listing that is not on the board.
    """
    listing_id = session.scalar(
        select(Listing.id)
        .join(ListingRevision, ListingRevision.listing_id == Listing.id)
        .where(Listing.slug == slug, ListingRevision.state == "approved")
    )
    if listing_id is None:
        raise NotFound
    still_open = (ListingConcern.listing_id == listing_id, ListingConcern.closed_at.is_(None))
    if (session.scalar(select(func.count()).select_from(ListingConcern).where(*still_open)) or 0) >= MOST_OPEN:
        return ""
    concern = ListingConcern(public_id=public_id("w"), listing_id=listing_id, created_at=now)
    session.add(concern)
    session.flush()
    return concern.public_id


def add_words(session: Session, name: str, text: str, *, now: datetime) -> None:
    """Say what is wrong, once, within the hour. Raises NotFound for anything else, DomainError("text-long")."""
    words = text.strip()
    if len(words) > LONGEST:
        raise DomainError("text-long", most=LONGEST)
    concern = session.scalar(select(ListingConcern).where(ListingConcern.public_id == name))
    if concern is None or concern.closed_at is not None or concern.note or now - concern.created_at > WORDS_WITHIN:
        raise NotFound
    concern.note = words
    session.flush()
