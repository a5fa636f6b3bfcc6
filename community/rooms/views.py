"""Room pages: they work without JavaScript; with it, the same page goes live."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from community.access import Audience, access
from community.actors import AnyActor, MemberActor, StaffActor
from community.errors import DomainError, NotFound
from community.rooms import changing, queries
from community.rooms.admission import Parcel, SendMessage
from community.rooms.events import RoomEvents
from community.rooms.models import Room
from community.rooms.posting import Outcome
from community.rooms.wire import wire
from community.safety.queries import hidden_authors, open_notices, running_break
from community.safety.showing import notes_wait, shown
from community.web import edge
from community.web.commands import text
from community.web.house import house

rooms = Blueprint("rooms", __name__)
EXTENSION = "haven-rooms"


@rooms.get("/rooms")
@access(Audience.SIGNED_IN)
def index() -> ResponseReturnValue:
    """The rooms of this person's age band."""
    actor = edge.someone()
    with edge.reading() as session:
        mine = queries.rooms_for(session, actor)
        last = queries.last_said(session, mine, hidden=hidden_authors(session, actor.id, now=edge.now()))
        cards = [{**_card(room), "last": edge.when(last[room.id]) if room.id in last else ""} for room in mine]
        on_break = _break(session, actor)
    return edge.render("rooms/index.html", rooms=cards, restriction=on_break)


@rooms.get("/rooms/<slug>")
@access(Audience.SIGNED_IN)
def room(slug: str) -> ResponseReturnValue:
    """One room with its newest messages."""
    actor = edge.someone()
    if isinstance(actor, MemberActor) and not actor.has_read_rights:
        return redirect(url_for("pages.rights"), code=303)
    return _room_page(actor, slug)


@rooms.post("/rooms/<slug>")
@access(Audience.SIGNED_IN)
def post(slug: str) -> ResponseReturnValue:
    """Write to a room from a page without JavaScript."""
    actor = edge.someone()
    if isinstance(actor, MemberActor) and not actor.has_read_rights:
        return redirect(url_for("pages.rights"), code=303)
    raw = request.form.get("text", "")
    try:
        house().limiter.take(house().limiter.send, str(actor.id))
        reply_to = request.form.get("reply_to", "")
        command = SendMessage(
            room=slug,
            client_id=request.form.get("client_id", "")[:40] or secrets.token_hex(8),
            text=text(raw, longest=house().settings.message_length),
            reply_to=int(reply_to) if reply_to.isdecimal() and len(reply_to) < 16 else None,
            review=request.form.get("review") == "yes",
        )
        outcome = room_events().post(actor.id, Parcel(actor.session_id, command))
        if outcome.error is not None:
            raise outcome.error
    except NotFound:
        raise
    except DomainError as refusal:
        return _room_page(actor, slug, draft=raw, problem=edge.t(f"problem-{refusal.code}", **refusal.data)), 422
    if outcome.state == "nudge":
        return _room_page(actor, slug, draft=raw, nudge=outcome)
    return redirect(url_for("rooms.room", slug=slug), code=303)


@rooms.post("/messages/<long:message_id>/withdraw")
@access(Audience.SIGNED_IN)
def withdraw(message_id: int) -> ResponseReturnValue:
    """Take one's own message back, from a page without JavaScript."""
    actor = edge.someone()
    if not isinstance(actor, MemberActor | StaffActor):
        raise NotFound
    with edge.writing() as session:
        _, where, _ = queries.access_message(session, actor, message_id)
        changing.withdraw(session, actor, message_id, now=edge.now())
    return redirect(url_for("rooms.room", slug=where.slug), code=303)


def room_events() -> RoomEvents:
    """The room events of the current app: pages and sockets post through the same postbox."""
    return current_app.extensions[EXTENSION]  # type: ignore[no-any-return]


def _room_page(actor: AnyActor, slug: str, *, draft: str = "", problem: str = "", nudge: Outcome | None = None) -> str:
    with edge.reading() as session:
        here = queries.access_room(session, actor, slug)
        on_break = _break(session, actor)
        if on_break is not None:
            return edge.render(
                "rooms/index.html", rooms=[_card(r) for r in queries.rooms_for(session, actor)], restriction=on_break
            )
        hidden = hidden_authors(session, actor.id, now=edge.now())
        before = request.args.get("before", "")
        if before.isdecimal() and len(before) < 16:
            page = queries.older(session, here, actor, int(before), hidden=hidden)
        else:
            page = queries.newest(session, here, actor, hidden=hidden)
        waiting = [shown(notice) for notice in open_notices(session, actor.id)]
        cards = [_card(r) for r in queries.rooms_for(session, actor)]
    wired = [wire(row, for_author=row.author_pk == actor.id) for row in page.messages]
    # Whoever sees this page has no break running: a note about one speaks of the past, and stays under You.
    asking = [note for note in waiting if note.kind != "limit"]
    found = None if nudge is None else {"topic": nudge.topic, "spans": [list(span) for span in nudge.spans]}
    reply = _reply(wired, request.values.get("reply") or request.form.get("reply_to"))
    return edge.render(
        "rooms/room.html",
        room=_card(here),
        rooms=cards,
        messages=wired,
        earlier=page.more,
        draft=draft,
        problem=problem,
        nudge=found,
        reply=reply,
        notices=asking,
        client_id=secrets.token_hex(8),
        longest=house().settings.message_length,
        page_data={
            "room": here.slug,
            "after": page.revision,
            "messages": wired,
            "older": page.more,
            "me": {"id": actor.public_id, "name": actor.name, "member": isinstance(actor, MemberActor)},
            "shared": actor.shared_device,
            "lang": edge.language(),
            "zone": house().settings.time_zone,
            "token": generate_csrf(),
            "notices": [asdict(note) for note in asking],
            "waits": notes_wait(),
            "nudge": found,
            "reply": reply,
            "urls": _urls(),
        },
    )


def _reply(messages: list[dict[str, Any]], asked: str | None) -> dict[str, Any] | None:
    """The message being answered, if it is on the page."""
    found = next((m for m in messages if str(m["id"]) == asked and m["state"] == "published"), None)
    return None if found is None else {"id": found["id"], "name": found["author"]["name"], "text": found["text"]}


def _urls() -> dict[str, str]:
    """Addresses the page's script needs; it puts an id where the 0 stands."""
    asset: Callable[[str], str] = current_app.jinja_env.globals["asset"]  # type: ignore[assignment]
    return {
        "icons": asset("icons.svg"),
        "socket": asset("vendor/socket.io.esm.min.js"),
        "choose": url_for("safety.choose", notice_id=0),
        "signIn": url_for("accounts.sign_in"),
        "talk": url_for("safety.talk"),
        "you": url_for("you.index"),
        "report": url_for("reports.message", message_id=0),
        "mute": url_for("safety.mute", public_id="0"),
        "block": url_for("safety.block", public_id="0"),
    }


def _card(room: Room) -> dict[str, object]:
    spanish = edge.language() == "es"
    return {
        "slug": room.slug,
        "name": room.name_es if spanish else room.name_en,
        "about": room.about_es if spanish else room.about_en,
        "open": room.is_open,
        # A member's rooms are all of one band; staff need to tell them apart.
        "band": edge.t("room-band", band=room.band.replace("-", "–")) if isinstance(edge.actor(), StaffActor) else "",
    }


def _break(session: Session, actor: AnyActor) -> dict[str, str] | None:
    running = running_break(session, actor.id, now=edge.now())
    if running is None:
        return None
    rule = edge.t(f"guideline-{running.guideline}")
    return {"until_text": edge.when(running.ends_at), "reason": running.reason, "rule": rule}
