"""Pages for reviewers, on the providers' blueprint: what waits, one version, a place that is on the board."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.access import Audience, Duty, access
from community.actors import StaffActor
from community.errors import DomainError
from community.resources import compared, review_queries, reviewing, service
from community.resources.content import foreign_contacts, second_reasons, untranslated
from community.resources.posting_views import done_of, listings
from community.resources.shown import day_of
from community.web import edge
from community.web.house import house

__all__ = ["listings"]

# A version's state after a decision, or what else was done.
DONE = frozenset({"approved", "waiting", "returned", "checked", "off", "closed"})


@listings.get("/desk/listings")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review() -> ResponseReturnValue:
    """Posts that wait for a reviewer, oldest first; what visitors say is wrong; what is due for a call."""
    with edge.reading() as session:
        return edge.render(
            "listings/review.html",
            done=done_of(DONE),
            rows=review_queries.waiting_rows(session),
            concerns=review_queries.concern_rows(session),
            due=review_queries.due_rows(session, now=edge.now()),
            off=review_queries.off_lines(session),
            said_day=lambda day: day_of(day, edge.language(), edge.now().date()),
        )


@listings.route("/desk/listings/<int:revision_id>", methods=["GET", "POST"])
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_one(revision_id: int) -> ResponseReturnValue:
    """One version beside what visitors saw last, with the advice of the automatic check."""
    actor, problem = edge.the(StaffActor), ""
    if request.method == "POST":
        decision = reviewing.Decision(
            approve=request.form.get("decision") == "approve",
            reason=request.form.get("reason", ""),
            checked=bool(request.form.get("checked")),
        )
        try:
            with edge.writing() as session:
                state = reviewing.decide(session, actor, revision_id, decision, now=edge.now()).state
            return redirect(url_for("listings.review", done=state), code=303)
        except DomainError as refusal:
            if refusal.status == 404:
                raise
            problem = edge.t(f"problem-{refusal.code}", **refusal.data)
    return _version_page(revision_id, actor, problem), 422 if problem else 200


@listings.get("/desk/listings/places/<int:listing_id>")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_place(listing_id: int) -> ResponseReturnValue:
    """A place as it is on the board: say it was checked, close concerns, take it off."""
    return _place_page(listing_id, "")


@listings.post("/desk/listings/places/<int:listing_id>/checked")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_checked(listing_id: int) -> ResponseReturnValue:
    """A person called or went there today and all of it is right."""
    with edge.writing() as session:
        reviewing.mark_checked(session, edge.the(StaffActor), listing_id, now=edge.now())
    return redirect(url_for("listings.review", done="checked"), code=303)


@listings.post("/desk/listings/places/<int:listing_id>/take-down")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_take_down(listing_id: int) -> ResponseReturnValue:
    """Take a place off the board at once."""
    try:
        with edge.writing() as session:
            reason = request.form.get("reason", "")
            reviewing.take_down(session, edge.the(StaffActor), listing_id, reason, now=edge.now())
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        return _place_page(listing_id, edge.t(f"problem-{refusal.code}", **refusal.data)), 422
    return redirect(url_for("listings.review", done="off"), code=303)


@listings.post("/desk/listings/places/<int:listing_id>/put-back")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_put_back(listing_id: int) -> ResponseReturnValue:
    """Show a line again that was taken off."""
    with edge.writing() as session:
        reviewing.put_back(session, edge.the(StaffActor), listing_id, now=edge.now())
    return redirect(url_for("listings.review_place", listing_id=listing_id), code=303)


@listings.post("/desk/listings/concerns/<int:concern_id>")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_concern(concern_id: int) -> ResponseReturnValue:
    """Close what a visitor said was wrong."""
    with edge.writing() as session:
        reviewing.close_concern(session, edge.the(StaffActor), concern_id, now=edge.now())
    return redirect(url_for("listings.review", done="closed"), code=303)


def _version_page(revision_id: int, actor: StaffActor, problem: str) -> str:
    with edge.reading() as session:
        item = review_queries.review_item(session, revision_id)
        before = reviewing.last_approved(session, item.revision.listing_id)
    old = None if before is None or before.id == item.revision.id else service.content_of(before)
    content, advice = service.content_of(item.revision), item.revision.advice
    second = second_reasons(content, old)
    return edge.render(
        "listings/review_one.html",
        item=item,
        content=content,
        problem=problem,
        typed=request.form.get("reason", ""),
        is_own=item.revision.author_id == actor.id,
        is_mine_done=any(name == actor.name for _, _, name in item.reviews),
        rows=compared.rows(content, old, edge.language()),
        is_new=old is None,
        noticed=compared.noticed(advice, content, house().runtime.rulebook, edge.language()),
        unscreened=bool(advice.get("unscreened", not advice)),
        foreign=sorted(foreign_contacts(content)),
        lacks=untranslated(content),
        second=second,
    )


def _place_page(listing_id: int, problem: str) -> str:
    with edge.reading() as session:
        place = review_queries.place_at_desk(session, listing_id)
        concerns = review_queries.concern_rows(session, listing_id)
    content, assured = service.content_of(place.revision), place.revision.assured_date
    return edge.render(
        "listings/review_place.html",
        place=place,
        content=content,
        rows=compared.rows(content, None, edge.language()),
        concerns=concerns,
        problem=problem,
        checked=day_of(assured, edge.language(), edge.now().date()) if assured is not None else "",
    )
