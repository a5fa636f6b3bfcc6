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
# Open concerns kept of one kind and listing. One more may well tell something new, so it is refused in words and never
# dropped in silence; and that a place is not safe is always kept: only the rate of its address holds it back.
MOST_OPEN = 20
LONGEST = 500
# What can be wrong, in the order of the form. Texts are `wrong-<key>`.
UNSAFE = "unsafe"
WHATS = ("reach", "hours", "closed", "told", UNSAFE, "other")


def findable(session: Session, slug: str, *, now: datetime) -> str:
    """The name of a listing something can be wrong with. Raises NotFound for one that is not on the board."""
    return _listing(session, slug, now)[1]


def raise_concern(session: Session, slug: str, what: str, note: str, *, now: datetime) -> None:
    """Note what is wrong with a listing.

    Raises NotFound for a listing that is not on the board, DomainError: "concern-empty", "text-long", and
    "concern-many" when enough of this kind are open.
    """
    listing_id, _name = _listing(session, slug, now)
    words = note.strip()
    if what not in WHATS and not words:
        raise DomainError("concern-empty")
    if len(words) > LONGEST:
        raise DomainError("text-long", most=LONGEST)
    known = what if what in WHATS else "other"
    if known != UNSAFE and _open(session, listing_id, known) >= MOST_OPEN:
        raise DomainError("concern-many")
    session.add(ListingConcern(public_id=public_id("w"), listing_id=listing_id, what=known, note=words, created_at=now))
    session.flush()


def _open(session: Session, listing_id: int, what: str) -> int:
    still = (ListingConcern.listing_id == listing_id, ListingConcern.closed_at.is_(None), ListingConcern.what == what)
    return session.scalar(select(func.count()).select_from(ListingConcern).where(*still)) or 0


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
