"""What browsers ask over sockets about rooms: join, page back, send, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from community import clock
from community.access import Access, Audience
from community.actors import AnyActor, MemberActor, StaffActor
from community.errors import Forbidden, NotFound
from community.realtime import room_channel
from community.rooms import changing, queries
from community.rooms.admission import Parcel, SendMessage
from community.rooms.postbox import Postbox
from community.rooms.posting import Outcome, post
from community.rooms.wire import wire
from community.safety.queries import hidden_authors, running_break
from community.web.house import House
from community.web.sockets import Ack, Connected, SocketEvent, Sockets, refused

SIGNED_IN = Access(Audience.SIGNED_IN)


@dataclass(frozen=True, slots=True)
class JoinRoom:
    """Open a room: the newest page, or what changed after a revision."""

    room: str
    after: int | None = None


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """One page of a room before a message."""

    room: str
    before: int


@dataclass(frozen=True, slots=True)
class WithdrawMessage:
    """Take one's own message back."""

    id: int


class RoomEvents:
    """The room's socket events of one house. `post` is shared with the page that works without JavaScript."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._sockets: Sockets | None = None
        self._postbox: Postbox[Parcel, Outcome] = Postbox(self._post_batch)

    def events(self) -> list[SocketEvent]:
        """The registry rows; `message:send` checks standing inside the batch's own transaction."""
        return [
            # A page joins by itself whenever the network comes back: no sign that anybody is there.
            SocketEvent("room:join", JoinRoom, self._join, SIGNED_IN, lambda h: h.limiter.look, is_activity=False),
            SocketEvent("room:history", ReadHistory, self._history, SIGNED_IN, lambda house: house.limiter.look),
            SocketEvent("message:send", SendMessage, self._send, None, lambda house: house.limiter.send),
            SocketEvent("message:withdraw", WithdrawMessage, self._withdraw, SIGNED_IN, lambda h: h.limiter.look),
        ]

    def attach(self, sockets: Sockets) -> None:
        """Give the events the sockets they move into rooms."""
        self._sockets = sockets

    def post(self, account_id: int, parcel: Parcel) -> Outcome:
        """Post one message and wait until it is stored."""
        return self._postbox.submit(account_id, parcel)

    def _post_batch(self, parcels: Sequence[Parcel]) -> list[Outcome]:
        with self._house.database.writing() as session:
            outcomes = post(session, self._house.runtime, parcels, now=clock.now(), lasting=self._house.lasting)
        for outcome in outcomes:
            if outcome.state == "published" and outcome.message is not None:
                self._house.runtime.adviser.submit(str(outcome.message["id"]), outcome.message["text"])
        return outcomes

    def _join(self, house: House, who: Connected, command: JoinRoom) -> Ack:
        with house.database.reading() as session:
            actor = _inside(who.actor, session)
            room_id = queries.access_room(session, actor, command.room).id
        # First the channel, then a fresh look: what is sent in between arrives twice rather than never.
        if self._sockets is not None:
            self._sockets.enter(who.sid, room_channel(room_id))
        with house.database.reading() as session:
            room = queries.access_room(session, actor, command.room)
            hidden = hidden_authors(session, actor.id, now=clock.now())
            if command.after is None:
                page = queries.newest(session, room, actor, hidden=hidden)
            else:
                page = queries.changes(session, room, actor, command.after, hidden=hidden)
            return {"ok": True, "revision": page.revision, "more": page.more, "messages": _wired(page, actor)}

    def _history(self, house: House, who: Connected, command: ReadHistory) -> Ack:
        with house.database.reading() as session:
            actor = _inside(who.actor, session)
            room = queries.access_room(session, actor, command.room)
            hidden = hidden_authors(session, actor.id, now=clock.now())
            page = queries.older(session, room, actor, command.before, hidden=hidden)
            return {"ok": True, "more": page.more, "messages": _wired(page, actor)}

    def _send(self, _house: House, who: Connected, command: SendMessage) -> Ack:
        outcome = self.post(who.account_id, Parcel(who.session_id, command))
        if outcome.error is not None:
            return refused(outcome.error, who.language)
        if outcome.state == "nudge":
            return {"ok": True, "state": "nudge", "topic": outcome.topic, "spans": [list(s) for s in outcome.spans]}
        return {"ok": True, "state": outcome.state, "message": outcome.message}

    def _withdraw(self, house: House, who: Connected, command: WithdrawMessage) -> Ack:
        if not isinstance(who.actor, MemberActor | StaffActor):
            raise NotFound
        with house.database.writing() as session:
            changing.withdraw(session, who.actor, command.id, now=clock.now())
        return {"ok": True}


def _inside(actor: AnyActor, session: Any) -> AnyActor:
    """The actor, if nothing keeps them out of rooms just now."""
    if isinstance(actor, MemberActor):
        if not actor.has_read_rights:
            raise Forbidden("rights-first")
        if running_break(session, actor.id, now=clock.now()) is not None:
            raise Forbidden("on-a-break")
    return actor


def _wired(page: queries.Page, actor: AnyActor) -> list[dict[str, Any]]:
    return [wire(row, for_author=row.author_pk == actor.id) for row in page.messages]
