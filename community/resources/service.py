"""What providers do with their posts: write, save, send for review, take off the board."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.accounts.models import Account
from community.actors import ProviderActor, screening_author
from community.errors import DomainError, NotFound
from community.resources.content import FIELDS, Content, missing, search_text, wording
from community.resources.kinds import KINDS
from community.resources.models import CITY_KEY, OPEN_STATES, Listing, ListingRevision
from community.resources.search import fold
from moderation import service as moderation
from moderation.core.model import Context, Draft, Kind, Verdict
from moderation.core.rules import Rulebook
from moderation.runtime import Runtime


def access_listing(session: Session, actor: ProviderActor, listing_id: int) -> Listing:
    """A listing of the actor's own organisation, for looking and for changing. Raises NotFound for anyone else's."""
    listing = session.get(Listing, listing_id)  # no row lock: pages that only look ask too, and writers take turns
    if listing is None or listing.organisation_id != actor.organisation_id:
        raise NotFound
    return listing


def create(session: Session, actor: ProviderActor, content: Content, *, now: datetime) -> ListingRevision:
    """Begin a post. Nobody but its organisation sees it. Raises DomainError for a kind providers may not post."""
    listing = Listing(slug=_slug(session, content.name), organisation_id=actor.organisation_id, created_at=now)
    session.add(listing)
    session.flush()
    return _draft(session, listing, actor, content, now)


def save(
    session: Session, actor: ProviderActor, listing_id: int, content: Content, *, now: datetime
) -> ListingRevision:
    """Keep what a provider wrote. A draft changes in place; anything else stays as it was and a new draft begins.

    What visitors see does not change. A version that waits for review is taken out of the queue: its reviews were
    of other words.
    """
    listing = access_listing(session, actor, listing_id)
    current = in_work(session, listing_id)
    if current is not None and current.state == "draft":
        _check_kind(content)
        fill(current, content)
        current.author_id = actor.id
        session.flush()
        return current
    if current is not None:
        current.state = "replaced"
        session.flush()
    return _draft(session, listing, actor, content, now)


def submit(
    session: Session, runtime: Runtime, actor: ProviderActor, listing_id: int, *, now: datetime
) -> ListingRevision:
    """Send the draft for review. An automatic check leaves its advice for the reviewer; it decides nothing.

    Raises DomainError("listing-no-draft") when nothing is in work and DomainError("listing-not-ready") when the post
    lacks something (`content.missing` says what).
    """
    access_listing(session, actor, listing_id)
    revision = in_work(session, listing_id)
    if revision is None or revision.state != "draft":
        raise DomainError("listing-no-draft")
    content = content_of(revision)
    if missing(content):
        raise DomainError("listing-not-ready")
    account = session.get_one(Account, actor.id)
    revision.advice = screened(runtime.rulebook, account, listing_id, content, now=now)
    revision.state, revision.submitted_at, revision.author_id = "waiting", now, actor.id
    session.flush()
    _record(session, actor, "listing.sent", revision, now)
    return revision


def withdraw(session: Session, actor: ProviderActor, listing_id: int, *, now: datetime) -> None:
    """Take a post off the board and out of review. Its words stay with the organisation, which may send it again."""
    access_listing(session, actor, listing_id)
    live = (ListingRevision.listing_id == listing_id, ListingRevision.state.in_((*OPEN_STATES, "approved")))
    for revision in session.scalars(select(ListingRevision).where(*live)).all():
        revision.state = "withdrawn"
        _record(session, actor, "listing.withdrawn", revision, now)
    session.flush()


def put_back(session: Session, actor: ProviderActor, listing_id: int, *, now: datetime) -> None:
    """Undo `withdraw`: what was on the board is there again, what was in work is where it was; no word has changed.

    Raises NotFound when there is nothing to undo: something newer is in work, or a reviewer took it off (then it is
    changed, sent and reviewed like any other).
    """
    access_listing(session, actor, listing_id)
    last = newest(session, listing_id)
    if last.state != "withdrawn" or last.closing_note:
        raise NotFound
    own = select(ListingRevision).where(ListingRevision.listing_id == listing_id)
    seen = session.scalars(
        own.where(ListingRevision.published_at.is_not(None)).order_by(ListingRevision.published_at.desc()).limit(1)
    ).first()
    if last.published_at is None:
        last.state = _state_before(last)
        _record(session, actor, "listing.put-back", last, now)
    if seen is not None and seen.state == "withdrawn" and not seen.closing_note:
        seen.state = "approved"
        _record(session, actor, "listing.put-back", seen, now)
    session.flush()


def in_work(session: Session, listing_id: int) -> ListingRevision | None:
    """The version being written, reviewed or returned; the database allows one."""
    own = (ListingRevision.listing_id == listing_id, ListingRevision.state.in_(OPEN_STATES))
    return session.scalar(select(ListingRevision).where(*own))


def newest(session: Session, listing_id: int) -> ListingRevision:
    """The latest version, whatever became of it: where an edit starts from."""
    own = select(ListingRevision).where(ListingRevision.listing_id == listing_id)
    return session.scalars(own.order_by(ListingRevision.number.desc()).limit(1)).one()


def content_of(revision: ListingRevision) -> Content:
    """What a version says."""
    return Content(**{name: getattr(revision, name) for name in FIELDS})


def fill(revision: ListingRevision, content: Content) -> None:
    """Put content into a version, with the columns it is found by."""
    for name in FIELDS:
        setattr(revision, name, getattr(content, name))
    revision.search_text = search_text(content)
    revision.city_key = fold(content.city)[:CITY_KEY]  # one letter can fold to several


def screened(
    rulebook: Rulebook, author: Account, listing_id: int, content: Content, *, now: datetime
) -> dict[str, Any]:
    """What the automatic check says of a post, as it is kept with its version."""
    draft = Draft(
        author=screening_author(author.public_id, author.kind, author.band, author.created_at),
        kind=Kind.LISTING,
        at=now,
        place=f"listing:{listing_id}",
        text=wording(content),
    )
    return advice_of(moderation.screen(rulebook, draft, Context()))


def advice_of(verdict: Verdict) -> dict[str, Any]:
    """What screening said, as it is kept: rule ids and places in `wording`, never the words themselves."""
    return {
        "unscreened": verdict.unscreened,
        "rules": list(dict.fromkeys(reason.rule_id for reason in verdict.reasons)),
        "marks": [[found.signal, found.span.start, found.span.end] for found in verdict.findings],
    }


def next_number(session: Session, listing_id: int) -> int:
    """The number of a listing's next version."""
    highest = select(func.max(ListingRevision.number)).where(ListingRevision.listing_id == listing_id)
    return (session.scalar(highest) or 0) + 1


def _draft(
    session: Session, listing: Listing, actor: ProviderActor, content: Content, now: datetime
) -> ListingRevision:
    _check_kind(content)
    revision = ListingRevision(
        listing_id=listing.id,
        number=next_number(session, listing.id),
        state="draft",
        author_id=actor.id,
        created_at=now,
        advice={},
    )
    fill(revision, content)
    session.add(revision)
    session.flush()
    _record(session, actor, "listing.drafted", revision, now)
    return revision


def _state_before(revision: ListingRevision) -> str:
    """What a version that never was on the board was before it was withdrawn."""
    if revision.decided_at is not None:
        return "returned"
    return "waiting" if revision.submitted_at is not None else "draft"


def _check_kind(content: Content) -> None:
    kind = KINDS.get(content.kind)
    if kind is None or not kind.by_providers:
        raise DomainError("listing-kind")


def _slug(session: Session, name: str) -> str:
    slug = fold(name).replace(" ", "-").replace("+", "")[:80].strip("-") or "place"
    taken = session.scalar(select(Listing.id).where(Listing.slug == slug))
    return slug if taken is None else f"{slug}-{secrets.token_hex(3)}"


def _record(session: Session, actor: ProviderActor, event: str, revision: ListingRevision, now: datetime) -> None:
    moderation.record(
        session,
        actor=actor.public_id,
        event=event,
        subject=f"listing:{revision.listing_id}",
        at=now,
        data={"revision": revision.id},
    )
