"""What is erased and when: the promise on the rights page, kept by a sweep that runs beside requests."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from community import clock, rounds
from community.accounts.models import DeviceSession, Invite
from community.db import TROUBLE
from community.rooms.models import Message
from community.web import health
from community.web.house import House, Part
from moderation import service as moderation

PAGE = 500  # rows erased in one transaction: few enough that nobody who writes has to wait
SWEEP_SECONDS = 3600
# Copies in SQLite's log file stay while anyone reads. A backup is over in seconds; what takes longer waits for the next
# sweep, and what takes a day is said by /health.
AGAIN_SECONDS = 30
TRIES = 20
GRACE = timedelta(days=1)  # past its time by so much, something is wrong with the sweep

# What is kept after its use is over, so that a mistake can still be looked into.
ENDED = timedelta(days=30)

log = logging.getLogger("haven.retention")


def keep(house: House) -> None:
    """Sweep now and every hour, for good; /health says when erasing is late. The body of one background task."""
    rounds.keep(lambda: _round(house), seconds=SWEEP_SECONDS, log=log)


def _round(house: House) -> None:
    is_gone, tries = sweep(house, now=clock.now()), 1
    while not is_gone and tries < TRIES:
        time.sleep(AGAIN_SECONDS)
        is_gone, tries = house.database.forget_erased(), tries + 1


def sweep(house: House, *, now: datetime) -> bool:
    """Erase chat messages after `chat_days`, what screening remembers after 30 days, and sessions and codes long over.

    A message that waits for a person stays until one has looked. Evidence in a case is a copy and has its own rules.
    False when copies of what was erased are still in SQLite's log file, because someone reads (`Database`).
    """
    chat_ends = now - timedelta(days=house.settings.chat_days)
    last: int | None = 0
    while last is not None:
        with house.database.writing() as session:
            last = _erase_messages(session, chat_ends, after=last)
    erased = PAGE
    while erased == PAGE:
        with house.database.writing() as session:
            erased = moderation.forget(session, now - moderation.MEMORY, limit=PAGE)
    with house.database.writing() as session:
        unused = now - timedelta(days=house.settings.session_days) - ENDED
        session.execute(
            delete(DeviceSession).where(or_(DeviceSession.ended_at < now - ENDED, DeviceSession.seen_at < unused))
        )
        session.execute(delete(Invite).where(or_(Invite.used_at < now - ENDED, Invite.expires_at < now - ENDED)))
    return house.database.forget_erased()


def part(house: House) -> Part:
    """For /health: down when a message that may go is still there a day after its time, or copies in the log file."""
    now, copies = clock.now(), house.database.copies_since
    if copies is not None and copies < now - GRACE:
        return health.part("erasing", "down", "copies")
    ends = now - timedelta(days=house.settings.chat_days) - GRACE
    try:
        with house.database.reading() as session:
            oldest = session.scalar(
                select(Message.sent_at).where(Message.state != "held").order_by(Message.id).limit(1)
            )
    except TROUBLE:
        return health.part("erasing", "down")
    return health.part("erasing", "ok" if oldest is None or oldest >= ends else "down")


def _erase_messages(session: Session, before: datetime, *, after: int) -> int | None:
    """Erase one page of old messages; returns where to go on, None at the first that is young.

    Ids are in the order of time, so the oldest are the first by key and no index on the time is needed.
    """
    rows = session.execute(
        select(Message.id, Message.sent_at, Message.state).where(Message.id > after).order_by(Message.id).limit(PAGE)
    ).all()
    old = [row for row in rows if row.sent_at < before]
    session.execute(delete(Message).where(Message.id.in_([row.id for row in old if row.state != "held"])))
    return old[-1].id if len(old) == PAGE else None
