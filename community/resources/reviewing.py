"""What reviewers do: approve or return a version, say a listing was checked, take it off the board, close a concern."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.actors import StaffActor
from community.errors import DomainError, Forbidden, NotFound
from community.resources.content import Content, second_reasons
from community.resources.models import Listing, ListingConcern, ListingReview, ListingRevision
from community.resources.service import content_of
from moderation import service as moderation
from moderation.core.duties import Duty

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says of a version. `checked` means a person called or went there and what it says is right."""

    approve: bool
    reason: str = field(repr=False, default="")
    checked: bool = False


def decide(
    session: Session, actor: StaffActor, revision_id: int, decision: Decision, *, now: datetime
) -> ListingRevision:
    """Approve or return a waiting version. It shows once enough different reviewers approved; one return is enough.

    Raises NotFound, Forbidden("listing-own") for its author, and DomainError: "listing-not-waiting",
    "listing-reviewed-already", "listing-reason" (a return without one), "text-long".
    """
    _need_duty(actor)
    revision = session.get(ListingRevision, revision_id, with_for_update=True)
    if revision is None:
        raise NotFound
    reason = decision.reason.strip()
    if revision.author_id == actor.id:
        raise Forbidden("listing-own")
    if revision.state != "waiting":
        raise DomainError("listing-not-waiting")
    if len(reason) > LONGEST_REASON:
        raise DomainError("text-long", most=LONGEST_REASON)
    if not decision.approve and not reason:
        raise DomainError("listing-reason")
    mine = (ListingReview.revision_id == revision.id, ListingReview.reviewer_id == actor.id)
    if session.scalar(select(ListingReview.id).where(*mine)) is not None:
        raise DomainError("listing-reviewed-already")
    said = "approve" if decision.approve else "return"
    session.add(ListingReview(revision_id=revision.id, reviewer_id=actor.id, decision=said, reason=reason, at=now))
    session.flush()
    if decision.approve:
        if decision.checked:
            revision.assured_date = _today(revision, now)
        _publish_if_enough(session, actor, revision, now)
    else:
        revision.state, revision.decided_at = "returned", now
        _record(session, actor, "listing.returned", revision, now)
    session.flush()
    return revision


def reviews_needed(content: Content, before: Content | None) -> int:
    """How many different people must approve: two when `second_reasons` finds any."""
    return 2 if second_reasons(content, before) else 1


def last_approved(session: Session, listing_id: int) -> ListingRevision | None:
    """The version visitors saw last, even if it is off the board now: a changed phone stays a changed phone."""
    seen = (ListingRevision.listing_id == listing_id, ListingRevision.published_at.is_not(None))
    latest = (
        select(ListingRevision).where(*seen).order_by(ListingRevision.published_at.desc(), ListingRevision.id.desc())
    )
    return session.scalars(latest.limit(1)).first()


def mark_checked(session: Session, actor: StaffActor, listing_id: int, *, now: datetime) -> None:
    """A person called or went there today and all of it is right. Raises NotFound when it is not on the board."""
    _need_duty(actor)
    revision = _visible(session, listing_id)
    revision.assured_date = _today(revision, now)
    session.flush()
    _record(session, actor, "listing.checked", revision, now)


def take_down(session: Session, actor: StaffActor, listing_id: int, reason: str, *, now: datetime) -> None:
    """Take a listing off the board at once; its provider reads why. DomainError("listing-reason") without one."""
    _need_duty(actor)
    words = reason.strip()
    if not words:
        raise DomainError("listing-reason")
    if len(words) > LONGEST_REASON:
        raise DomainError("text-long", most=LONGEST_REASON)
    revision = _visible(session, listing_id)
    revision.state, revision.closing_note = "withdrawn", words
    session.flush()
    _record(session, actor, "listing.taken-down", revision, now)


def put_back(session: Session, actor: StaffActor, listing_id: int, *, now: datetime) -> None:
    """Show a line again that was taken off by mistake. Places come back through their provider and a review.

    Raises NotFound for anything but a line that was on the board and has no version there now.
    """
    _need_duty(actor)
    listing, revision = session.get(Listing, listing_id, with_for_update=True), last_approved(session, listing_id)
    if listing is None or listing.organisation_id is not None or revision is None or revision.state != "withdrawn":
        raise NotFound
    revision.state, revision.closing_note, revision.assured_date = "approved", "", None
    session.flush()
    _record(session, actor, "listing.put-back", revision, now)


def close_concern(session: Session, actor: StaffActor, concern_id: int, *, now: datetime) -> None:
    """A person looked into what a visitor said. Harmless the second time."""
    _need_duty(actor)
    concern = session.get(ListingConcern, concern_id)
    if concern is None:
        raise NotFound
    if concern.closed_at is None:
        concern.closed_at, concern.closed_by = now, actor.id
        session.flush()
        moderation.record(
            session,
            actor=actor.public_id,
            event="listing.concern-closed",
            subject=f"listing:{concern.listing_id}",
            at=now,
            data={"concern": concern.id},
        )


def _publish_if_enough(session: Session, actor: StaffActor, revision: ListingRevision, now: datetime) -> None:
    _record(session, actor, "listing.approval", revision, now)
    before = last_approved(session, revision.listing_id)
    content = content_of(revision)
    needed = reviews_needed(content, content_of(before) if before else None)
    yes = (ListingReview.revision_id == revision.id, ListingReview.decision == "approve")
    given = session.scalar(select(func.count()).select_from(ListingReview).where(*yes)) or 0
    if given < needed:
        return
    if before is not None:
        if revision.assured_date is None and _still_checked(content, content_of(before)):
            revision.assured_date = before.assured_date
        if before.state == "approved":
            before.state = "replaced"
            session.flush()
    revision.state, revision.decided_at, revision.published_at = "approved", now, now
    _record(session, actor, "listing.approved", revision, now)


def _still_checked(content: Content, before: Content) -> bool:
    """A check still holds when what was checked did not change: how to reach it, where, when."""
    same_hours = (content.hours, content.closed_on) == (before.hours, before.closed_on)
    return same_hours and not set(second_reasons(content, before)) - {"offer"}


def _visible(session: Session, listing_id: int) -> ListingRevision:
    on_board = (ListingRevision.listing_id == listing_id, ListingRevision.state == "approved")
    revision = session.scalar(select(ListingRevision).where(*on_board).with_for_update())
    if revision is None or session.get(Listing, listing_id) is None:
        raise NotFound
    return revision


def _need_duty(actor: StaffActor) -> None:
    if Duty.LISTING_REVIEW not in actor.duties:
        raise Forbidden("not-your-duty")


def _today(revision: ListingRevision, now: datetime) -> date:
    return now.astimezone(ZoneInfo(revision.time_zone)).date()


def _record(session: Session, actor: StaffActor, event: str, revision: ListingRevision, now: datetime) -> None:
    moderation.record(
        session,
        actor=actor.public_id,
        event=event,
        subject=f"listing:{revision.listing_id}",
        at=now,
        data={"revision": revision.id},
    )
