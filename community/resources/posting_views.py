"""Pages for providers and reviewers: a post's way from draft to the board."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.access import Audience, Duty, access
from community.actors import ProviderActor, StaffActor
from community.errors import DomainError
from community.resources import forms, reviewing, service
from community.resources.content import Content, foreign_contacts, missing, second_reasons, wording
from community.resources.kinds import COSTS, KINDS, LANGUAGES, TAGS, ZONES
from community.resources.review_queries import concern_rows, mine_rows, review_item, waiting_rows
from community.web import edge
from community.web.house import house

listings = Blueprint("listings", __name__)


@listings.get("/services")
@access(Audience.PROVIDER)
def mine() -> ResponseReturnValue:
    """An organisation's posts and where each stands."""
    with edge.reading() as session:
        rows = mine_rows(session, edge.the(ProviderActor).organisation_id)
    return edge.render("listings/mine.html", rows=rows)


@listings.route("/services/new", methods=["GET", "POST"])
@access(Audience.PROVIDER)
def new() -> ResponseReturnValue:
    """Begin a post."""
    if request.method == "GET":
        return _form(Content(name="", kind="center"), {}, 0)
    typed = forms.read(request.form)
    if typed.errors:
        return _form(typed.content, typed.errors, 0), 422
    with edge.writing() as session:
        actor = edge.the(ProviderActor)
        revision = service.create(session, actor, typed.content, now=edge.now())
        listing_id = revision.listing_id
    return _send_or_keep(listing_id)


@listings.route("/services/<int:listing_id>", methods=["GET", "POST"])
@access(Audience.PROVIDER)
def edit(listing_id: int) -> ResponseReturnValue:
    """Change a post. What visitors see stays until a reviewer approved the change."""
    actor = edge.the(ProviderActor)
    if request.method == "GET":
        with edge.reading() as session:
            service.access_listing(session, actor, listing_id)
            content = service.content_of(service.newest(session, listing_id))
        return _form(content, {}, listing_id)
    typed = forms.read(request.form)
    if typed.errors:
        return _form(typed.content, typed.errors, listing_id), 422
    with edge.writing() as session:
        service.save(session, actor, listing_id, typed.content, now=edge.now())
    return _send_or_keep(listing_id)


@listings.post("/services/<int:listing_id>/withdraw")
@access(Audience.PROVIDER)
def withdraw(listing_id: int) -> ResponseReturnValue:
    """Take a post off the board."""
    with edge.writing() as session:
        service.withdraw(session, edge.the(ProviderActor), listing_id, now=edge.now())
    return redirect(url_for("listings.mine"), code=303)


@listings.get("/desk/listings")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review() -> ResponseReturnValue:
    """Posts that wait for a reviewer, oldest first, and what visitors say is wrong."""
    with edge.reading() as session:
        rows, concerns = waiting_rows(session), concern_rows(session)
    return edge.render("listings/review.html", rows=rows, concerns=concerns)


@listings.route("/desk/listings/<int:revision_id>", methods=["GET", "POST"])
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_one(revision_id: int) -> ResponseReturnValue:
    """One post beside what is on the board now, with the advice of the automatic check."""
    actor, problem = edge.the(StaffActor), ""
    if request.method == "POST":
        decision = reviewing.Decision(
            approve=request.form.get("decision") == "approve",
            reason=request.form.get("reason", ""),
            checked=bool(request.form.get("checked")),
        )
        try:
            with edge.writing() as session:
                reviewing.decide(session, actor, revision_id, decision, now=edge.now())
            return redirect(url_for("listings.review"), code=303)
        except DomainError as refusal:
            if refusal.status == 404:
                raise
            problem = edge.t(f"problem-{refusal.code}", **refusal.data)
    return _review_page(revision_id, actor, problem), 422 if problem else 200


@listings.post("/desk/listings/concerns/<int:concern_id>")
@access(Audience.STAFF, Duty.LISTING_REVIEW)
def review_concern(concern_id: int) -> ResponseReturnValue:
    """Close what a visitor said was wrong."""
    with edge.writing() as session:
        reviewing.close_concern(session, edge.the(StaffActor), concern_id, now=edge.now())
    return redirect(url_for("listings.review"), code=303)


def _review_page(revision_id: int, actor: StaffActor, problem: str) -> str:
    with edge.reading() as session:
        item = review_item(session, revision_id)
        before = reviewing.last_approved(session, item.revision.listing_id)
        old = None if before is None or before.id == item.revision.id else service.content_of(before)
    content = service.content_of(item.revision)
    advice = item.revision.advice
    text = wording(content)
    return edge.render(
        "listings/review_one.html",
        item=item,
        content=content,
        before=old,
        problem=problem,
        is_own=item.revision.author_id == actor.id,
        reasons=[house().runtime.rulebook.reason(rule, edge.language()) for rule in _known(advice.get("rules", []))],
        marked=[text[start:end] for _, start, end in advice.get("marks", [])],
        unscreened=bool(advice.get("unscreened", not advice)),
        second=second_reasons(content, old),
        foreign=sorted(foreign_contacts(content)),
        needed=reviewing.reviews_needed(content, old),
        times=forms.times_of(content),
    )


def _known(rules: list[str]) -> list[str]:
    return [rule for rule in rules if rule in house().runtime.rulebook.wordings]


def _send_or_keep(listing_id: int) -> ResponseReturnValue:
    if request.form.get("send"):
        actor = edge.the(ProviderActor)
        try:
            with edge.writing() as session:
                service.submit(session, house().runtime, actor, listing_id, now=edge.now())
        except DomainError as refusal:
            if refusal.code != "listing-not-ready":
                raise
            with edge.reading() as session:
                content = service.content_of(service.newest(session, listing_id))
            errors = dict.fromkeys(missing(content), "listing-error-missing")
            return _form(content, errors, listing_id), 422
    return redirect(url_for("listings.mine"), code=303)


def _form(content: Content, errors: object, listing_id: int) -> str:
    return edge.render(
        "listings/form.html",
        content=content,
        errors=errors,
        listing_id=listing_id,
        kinds=[kind for kind in KINDS.values() if kind.by_providers],
        tags=TAGS,
        costs=COSTS,
        language_codes=LANGUAGES,
        zones=ZONES,
        days=forms.DAYS,
        times=forms.times_of(content),
    )
