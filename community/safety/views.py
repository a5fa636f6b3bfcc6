"""Pages about one's own safety: block, mute, talk to staff, answer a card; and You, where all of it stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community import limits
from community.access import Audience, access
from community.accounts import queries as accounts
from community.accounts.service import end_session
from community.actors import MemberActor
from community.errors import DomainError, NotFound
from community.safety import queries, service
from community.safety.notices import LINKS, SHAPES, Shown
from community.safety.showing import notes_wait, shown
from community.web import edge
from community.web.house import house

safety = Blueprint("safety", __name__)
you = Blueprint("you", __name__)


@safety.get("/people/<public_id>/block")
@access(Audience.MEMBER)
def block(public_id: str) -> ResponseReturnValue:
    """Ask before blocking."""
    return _about(public_id, "safety/block.html")


@safety.post("/people/<public_id>/block")
@access(Audience.MEMBER)
def block_post(public_id: str) -> ResponseReturnValue:
    """Block for good, both ways."""
    with edge.writing() as session:
        other = service.block(session, edge.the(MemberActor), public_id, until=None, now=edge.now())
    return edge.render("safety/sent.html", kind="block", person={"id": public_id, "name": other.handle}, back="")


@safety.get("/people/<public_id>/mute")
@access(Audience.MEMBER)
def mute(public_id: str) -> ResponseReturnValue:
    """Ask before muting."""
    return _about(public_id, "safety/mute.html")


@safety.post("/people/<public_id>/mute")
@access(Audience.MEMBER)
def mute_post(public_id: str) -> ResponseReturnValue:
    """Mute for a day, one way."""
    until = edge.now() + timedelta(hours=service.MUTE_HOURS)
    with edge.writing() as session:
        other = service.block(session, edge.the(MemberActor), public_id, until=until, now=edge.now())
    person = {"id": public_id, "name": other.handle, "until": edge.when(until)}
    return edge.render("safety/sent.html", kind="mute", person=person, back="")


@safety.route("/talk", methods=["GET", "POST"])
@access(Audience.MEMBER)
def talk() -> ResponseReturnValue:
    """Ask the team to talk."""
    actor = edge.the(MemberActor)
    words, problem = request.form.get("text", ""), ""
    if request.method == "POST":
        try:
            house().limiter.take(limits.TALK, str(actor.id))
            with edge.writing() as session:
                service.ask_to_talk(session, house().runtime, actor, words, now=edge.now())
            return edge.render("safety/sent.html", kind="talk", words=words.strip(), back="")
        except DomainError as refusal:
            problem = edge.t(f"problem-{refusal.code}", **refusal.data)
    return edge.render("safety/talk.html", draft=words, problem=problem)


@safety.post("/notices/<int:notice_id>/choose")
@access(Audience.MEMBER)
def choose(notice_id: int) -> ResponseReturnValue:
    """Answer a card with one of its choices."""
    actor, choice = edge.the(MemberActor), request.form.get("choice", "")
    house().limiter.take(limits.CHOOSE, str(actor.id))
    with edge.writing() as session:
        notice = service.access_notice(session, actor, notice_id)
        if choice not in SHAPES[notice.kind].choices:
            raise NotFound
        service.choose(session, house().runtime, actor, notice_id, choice, now=edge.now())
    if request.headers.get("Accept") == "application/json":
        return {"ok": True, "text": edge.t("choice-done"), "waits": notes_wait()}
    where = LINKS.get(choice, "rooms.index")
    about: dict[str, Any] = {"notice_id": notice_id} if choice == "look" else {}
    return redirect(url_for(where, **about), code=303)


@you.get("/you")
@access(Audience.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Notes from staff, blocks, devices, language, rights."""
    actor, now = edge.someone(), edge.now()
    with edge.reading() as session:
        notes = [(shown(row), row) for row in queries.notices(session, actor.id)]
        blocked = queries.blocks(session, actor.id, now=now)
        devices = accounts.devices(session, actor.id)
    return edge.render(
        "you/index.html",
        notices=[
            {
                "id": note.id,
                "kind": note.kind,
                "title": note.title,
                "text": note.text,
                "choices": [] if row.chosen else note.choices,
                "ways": _ways(note) if row.chosen else [],
                "when": edge.when(row.created_at),
                "may_reply": note.may_reply and row.case_id is not None and row.reply is None,
                "reply": row.reply or "",
            }
            for note, row in notes
        ],
        blocked=[{"id": pid, "name": name, "until": edge.when(until) if until else ""} for pid, name, until in blocked],
        devices=[
            {
                "id": d.id,
                "this": d.id == actor.session_id,
                "started": edge.when(d.started_at),
                "seen": edge.when(d.seen_at),
                "shared": d.shared_device,
            }
            for d in devices
        ],
    )


def _ways(note: Shown) -> list[dict[str, str]]:
    """Where an answered note still leads: help stays within reach."""
    return [{"label": one["label"], "where": LINKS[one["id"]]} for one in note.choices if one["id"] in {"call", "help"}]


@you.post("/notices/<int:notice_id>/reply")
@access(Audience.MEMBER)
def reply(notice_id: int) -> ResponseReturnValue:
    """Answer a note from staff."""
    actor = edge.the(MemberActor)
    house().limiter.take(limits.TALK, str(actor.id))
    with edge.writing() as session:
        words = request.form.get("text", "")
        service.reply(session, house().runtime, actor, notice_id, words, now=edge.now())
    return redirect(url_for("you.index"), code=303)


@you.post("/people/<public_id>/unblock")
@access(Audience.MEMBER)
def unblock(public_id: str) -> ResponseReturnValue:
    """See a person again."""
    with edge.writing() as session:
        service.unblock(session, edge.the(MemberActor), public_id, now=edge.now())
    return redirect(url_for("you.index"), code=303)


@you.post("/sessions/<int:session_id>/end")
@access(Audience.SIGNED_IN)
def end_device(session_id: int) -> ResponseReturnValue:
    """Sign another device out."""
    with edge.writing() as session:
        end_session(session, edge.someone(), session_id, now=edge.now())
    return redirect(url_for("you.index"), code=303)


def _about(public_id: str, template: str) -> ResponseReturnValue:
    with edge.reading() as session:
        other = service.access_person(session, edge.the(MemberActor), public_id)
    return edge.render(template, person={"id": public_id, "name": other.handle})
