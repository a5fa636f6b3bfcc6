"""Pages for providers: write a post, send it for review, take it off the board."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from community.access import Audience, access
from community.actors import ProviderActor
from community.resources import forms, service
from community.resources.content import Content, missing
from community.resources.kinds import COSTS, KINDS, LANGUAGES, TAGS, ZONES
from community.resources.review_queries import mine_rows
from community.web import edge
from community.web.house import house

listings = Blueprint("listings", __name__)

# What a page says was just done; the word stands in the address, so that it works without scripts and cookies.
DONE = frozenset({"sent", "kept", "down", "back"})


def done_of(known: frozenset[str]) -> str:
    """The word of what was just done, "" for none or one that is not ours."""
    word = request.args.get("done", "")
    return word if word in known else ""


@listings.get("/services")
@access(Audience.PROVIDER)
def mine() -> ResponseReturnValue:
    """An organisation's posts and where each stands."""
    with edge.reading() as session:
        rows = mine_rows(session, edge.the(ProviderActor).organisation_id)
    return edge.render("listings/mine.html", rows=rows, done=done_of(DONE))


@listings.route("/services/new", methods=["GET", "POST"])
@access(Audience.PROVIDER)
def new() -> ResponseReturnValue:
    """Begin a post."""
    if request.method == "GET":
        return _form(forms.filled(Content(name="", kind="center")), {}, 0)
    typed = forms.read(request.form)
    if typed.errors:
        return _form(request.form, _problems(typed), 0), 422
    with edge.writing() as session:
        actor = edge.the(ProviderActor)
        revision = service.create(session, actor, typed.content, now=edge.now())
        listing_id = revision.listing_id
    return _send_or_keep(listing_id, typed)


@listings.route("/services/<int:listing_id>", methods=["GET", "POST"])
@access(Audience.PROVIDER)
def edit(listing_id: int) -> ResponseReturnValue:
    """Change a post. What visitors see stays until a reviewer approved the change."""
    actor = edge.the(ProviderActor)
    if request.method == "GET":
        with edge.reading() as session:
            service.access_listing(session, actor, listing_id)
            content = service.content_of(service.newest(session, listing_id))
        return _form(forms.filled(content), {}, listing_id)
    typed = forms.read(request.form)
    if typed.errors:
        return _form(request.form, _problems(typed), listing_id), 422
    with edge.writing() as session:
        service.save(session, actor, listing_id, typed.content, now=edge.now())
    return _send_or_keep(listing_id, typed)


@listings.route("/services/<int:listing_id>/withdraw", methods=["GET", "POST"])
@access(Audience.PROVIDER)
def withdraw(listing_id: int) -> ResponseReturnValue:
    """Take a post off the board: the page asks once, the button on it does it."""
    actor = edge.the(ProviderActor)
    if request.method == "GET":
        with edge.reading() as session:
            service.access_listing(session, actor, listing_id)
            revision = service.newest(session, listing_id)
        return edge.render("listings/withdraw.html", listing_id=listing_id, name=revision.name)
    with edge.writing() as session:
        service.withdraw(session, actor, listing_id, now=edge.now())
    return redirect(url_for("listings.mine", done="down"), code=303)


@listings.post("/services/<int:listing_id>/put-back")
@access(Audience.PROVIDER)
def put_back(listing_id: int) -> ResponseReturnValue:
    """Undo taking a post down."""
    with edge.writing() as session:
        service.put_back(session, edge.the(ProviderActor), listing_id, now=edge.now())
    return redirect(url_for("listings.mine", done="back"), code=303)


def _send_or_keep(listing_id: int, typed: forms.Read) -> ResponseReturnValue:
    if request.form.get("send"):
        problems = _problems(typed)
        if problems:
            return _form(request.form, problems, listing_id, is_kept=True), 422
        with edge.writing() as session:
            service.submit(session, house().runtime, edge.the(ProviderActor), listing_id, now=edge.now())
    return redirect(url_for("listings.mine", done="sent" if request.form.get("send") else "kept"), code=303)


def _problems(typed: forms.Read) -> dict[str, str]:
    """Everything to change, at once: what can't be read, and what is still missing if it is to be sent."""
    lacks = missing(typed.content) if request.form.get("send") else ()
    return forms.in_order({**{name: _lacking(name, typed.content) for name in lacks}, **typed.errors})


def _lacking(name: str, content: Content) -> str:
    """The text id of what a post lacks: why it matters where it matters most."""
    if name == "phone":
        return "listing-missing-phone-offer" if KINDS[content.kind].offer else "listing-missing-phone"
    return "listing-missing-told" if name == "who_may_be_told" else "listing-error-missing"


def _form(typed: MultiDict[str, str], errors: Mapping[str, str], listing_id: int, *, is_kept: bool = False) -> str:
    return edge.render(
        "listings/form.html",
        typed=typed,
        errors=errors,
        is_kept=is_kept,
        listing_id=listing_id,
        kinds=[kind for kind in KINDS.values() if kind.by_providers],
        tags=TAGS,
        costs=COSTS,
        language_codes=LANGUAGES,
        zones=ZONES,
        days=forms.DAYS,
        has_second=any(typed.get(f"{day}2_{end}") for day in forms.DAYS for end in ("opens", "closes")),
    )
