"""Telling staff about a message: what is going on, anything to add, what would help now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from community import limits
from community.access import Audience, access
from community.accounts.models import Account
from community.actors import MemberActor
from community.errors import DomainError, NotFound
from community.rooms import queries
from community.rooms.models import Message, Room
from community.safety import service as safety
from community.safety.queries import hidden_authors
from community.web import edge
from community.web.house import house
from moderation import service as moderation
from moderation.core.model import Kind, Ref

reports = Blueprint("reports", __name__)

TOPICS = ("move", "pictures", "offer", "mean", "worry", "other")
ALSO = ("none", "mute", "block", "talk")


@reports.get("/messages/<long:message_id>/report")
@access(Audience.MEMBER)
def message(message_id: int) -> ResponseReturnValue:
    """The form."""
    with edge.reading() as session:
        reported = _reportable(session, message_id)
    return _form(reported, problem="")


@reports.post("/messages/<long:message_id>/report")
@access(Audience.MEMBER)
def send(message_id: int) -> ResponseReturnValue:
    """Open or join a case; mute, block or ask to talk too if chosen. The other person never learns of it."""
    actor, now = edge.the(MemberActor), edge.now()
    topic, also = request.form.get("topic", ""), request.form.get("also", "none")
    note = request.form.get("note", "").strip()
    with edge.reading() as session:
        reported = _reportable(session, message_id)
    if topic not in TOPICS or also not in ALSO or len(note) > safety.LONGEST_NOTE:
        problem = edge.t("problem-text-long", most=safety.LONGEST_NOTE) if note else edge.t("problem-pick-one")
        return _form(reported, problem=problem), 422
    house().limiter.take(limits.REPORT, str(actor.id))
    ref = Ref(Kind.MESSAGE, str(message_id))
    until = now + timedelta(hours=safety.MUTE_HOURS) if also == "mute" else None
    with edge.writing() as session:
        runtime = house().runtime
        moderation.report(session, runtime, ref=ref, reporter_id=actor.public_id, topic=topic, note=note, at=now)
        if also == "talk":
            safety.ask_to_talk(session, runtime, actor, note, now=now, ref=ref)
        elif also in {"mute", "block"} and not _blocked(session, actor, reported.author.public_id, until, now):
            also = "staff"
    person = {"id": reported.author.public_id, "name": reported.author.handle, "until": edge.when(until or now)}
    return edge.render("safety/sent.html", kind="report", also=also, person=person, back=reported.room.slug)


def _blocked(session: Session, actor: MemberActor, public_id: str, until: datetime | None, now: datetime) -> bool:
    """Mute or block; False for staff: a report about them counts like any other, they just can't be blocked."""
    try:
        safety.block(session, actor, public_id, until=until, now=now)
    except DomainError as refusal:
        if refusal.code != "block-staff":
            raise
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Reported:
    """The message someone tells us about. `shows` is False when its words are not for this reader (any more)."""

    message: Message
    room: Room
    author: Account
    shows: bool


def _reportable(session: Session, message_id: int) -> _Reported:
    actor = edge.the(MemberActor)
    message, room, author = queries.access_message(session, actor, message_id)
    if author.id == actor.id:
        raise NotFound
    hidden = author.id in hidden_authors(session, actor.id, now=edge.now())
    return _Reported(message, room, author, shows=message.state == "published" and not hidden)


@reports.get("/notices/<int:notice_id>/look")
@access(Audience.MEMBER)
def look(notice_id: int) -> ResponseReturnValue:
    """A message that was held on its way to this person, once they chose to look."""
    actor = edge.the(MemberActor)
    with edge.writing() as session:
        notice = safety.access_notice(session, actor, notice_id)
        if notice.kind != "choice-held" or notice.chosen != "look":
            raise NotFound
        message_id = int(notice.data["message"])
        row = queries.one(session, message_id)
        subject = f"message:{message_id}"
        moderation.record(session, actor=actor.public_id, event="message.looked-at", subject=subject, at=edge.now())
    shows = row.state in {"held", "published"}
    return edge.render("safety/look.html", name=row.author_name, text=row.text if shows else "", notice_id=notice_id)


def _form(reported: _Reported, *, problem: str) -> str:
    return edge.render(
        "safety/report.html",
        message_id=reported.message.id,
        name=reported.author.handle,
        at=edge.when(reported.message.sent_at),
        words=reported.message.text if reported.shows else "",
        room_slug=reported.room.slug,
        topics=TOPICS,
        also=ALSO,
        problem=problem,
    )
