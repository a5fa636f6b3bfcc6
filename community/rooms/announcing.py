"""How a room learns of a change: the next revision, and one event that leaves out whoever must not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from community.realtime import publish, room_channel
from community.rooms.models import Room
from community.rooms.wire import MessageRow, wire, without_quote


def next_revisions(session: Session, room_ids: Sequence[int]) -> list[int]:
    """One revision for each change, in order. One UPDATE a room: its row lock also puts changes in commit order."""
    following: dict[int, int] = {}
    for room_id in sorted(set(room_ids)):  # a steady order, so that two batches cannot wait for each other
        count = room_ids.count(room_id)
        grown = update(Room).where(Room.id == room_id).values(revision=Room.revision + count)
        last = session.scalars(grown.returning(Room.revision), execution_options={"synchronize_session": False}).one()
        following[room_id] = last - count
    revisions = []
    for room_id in room_ids:
        following[room_id] += 1
        revisions.append(following[room_id])
    return revisions


def people_in(rows: Sequence[MessageRow]) -> set[int]:
    """Accounts whose words are in these messages, quoted ones included: whose blocks matter."""
    return {row.author_pk for row in rows} | {row.reply_author_pk for row in rows if row.reply_author_pk is not None}


def announce(
    session: Session,
    room: Room,
    row: MessageRow,
    away: Mapping[int, frozenset[str]],
    *,
    without: frozenset[str] = frozenset(),
) -> None:
    """Queue one message for everyone in the room but `without` and those whom `away` keeps from its author."""
    kept_out = away.get(row.author_pk, frozenset()) | without
    # Those who must not see the quoted words get a frame of their own, so that nobody else can tell from theirs.
    no_quote = away.get(row.reply_author_pk or 0, frozenset()) - kept_out
    channel = room_channel(room.id)
    payload = {"room": room.slug, "messages": [wire(row, for_author=False)]}
    publish(session, channel, "room:changes", payload, kept_out | no_quote)
    if no_quote:
        bare = {"room": room.slug, "messages": [wire(without_quote(row), for_author=False)]}
        publish(session, channel, "room:changes", bare, kept_out, only=no_quote)
