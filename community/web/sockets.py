"""The socket edge: who a socket belongs to, one registry of events with their audience, errors as acks."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from flask_socketio import SocketIO
from sqlalchemy.orm import Session

from community import clock, i18n, realtime
from community.access import Access, Duty, allowed
from community.accounts.lasting import Lasting
from community.accounts.queries import actor_by_session
from community.actors import AnyActor, StaffActor
from community.errors import DomainError, Forbidden
from community.limits import Rule
from community.web import identity
from community.web.commands import parse
from community.web.doorstep import Doorstep
from community.web.house import House

log = logging.getLogger("haven.sockets")

Ack = Mapping[str, Any]
NAMESPACE = "/"
MOST_SOCKETS = 20  # of one person: tabs and devices, and those the network has dropped but nobody has noticed yet
# Sending reads standing for a whole batch of people at once (community/rooms/admission.py).
CHECKS_ITSELF = frozenset({"message:send"})


@dataclass(frozen=True, slots=True)
class Connected:
    """Whose socket this is. `actor` is as of the handshake, and as of this moment in an event with an audience."""

    sid: str
    account_id: int
    public_id: str
    session_id: int
    language: str
    actor: AnyActor = field(repr=False)


@dataclass(frozen=True, slots=True)
class SocketEvent:
    """One event a browser may send. `handle` gets the house, the socket and the parsed command, and returns the ack.

    The registry lets nobody but `access` through. None means the event checks standing itself, inside its own
    transaction; only the events in `CHECKS_ITSELF` may. `is_activity` is False for what browsers do by themselves.
    """

    name: str
    command: type[Any]
    handle: Callable[[House, Connected, Any], Ack]
    access: Access | None
    limit: Callable[[House], Rule]
    is_activity: bool = True


class Sockets:
    """Registers events on the python-socketio server itself, so that no Flask request is rebuilt for each message."""

    def __init__(
        self, socketio: SocketIO, house: House, events: list[SocketEvent], hang_up: Callable[[str], None]
    ) -> None:
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # not in the stubs
        self._house = house
        self._connected: dict[str, Connected] = {}
        self.events = {event.name: event for event in events}
        self.doorstep = Doorstep(socketio, hang_up)
        socketio.on_event("connect", self._connect)
        socketio.on_event("disconnect", self._disconnect)
        for event in events:
            if event.access is None and event.name not in CHECKS_ITSELF:
                raise ValueError(f"{event.name} does not say who it is for")
            self._server.on(event.name, self._handler(event), namespace=NAMESPACE)

    def enter(self, sid: str, channel: str) -> None:
        """Let a socket hear a channel."""
        self._server.enter_room(sid, channel, namespace=NAMESPACE)

    def _connect(self, _auth: object = None) -> bool:
        actor = identity.actor()
        if actor is None or self._house.hub.sockets_of(actor.public_id) >= MOST_SOCKETS:
            return False
        sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO adds it
        self._connected[sid] = Connected(sid, actor.id, actor.public_id, actor.session_id, actor.language, actor)
        self._house.hub.connected(sid, actor.public_id, actor.session_id)
        self.doorstep.let_in(self._connection(sid))
        self.enter(sid, realtime.person_channel(actor.public_id))
        self.enter(sid, realtime.session_channel(actor.session_id))
        if isinstance(actor, StaffActor) and Duty.CASE_READ in actor.duties:
            self.enter(sid, "desk")
        return True

    def _disconnect(self, _reason: object = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        self._connected.pop(sid, None)
        self._house.hub.disconnected(sid)
        self.doorstep.end(self._connection(sid))

    def _connection(self, sid: str) -> str:
        return self._server.manager.eio_sid_from_sid(sid, NAMESPACE) or ""

    def _handler(self, event: SocketEvent) -> Callable[..., Ack]:
        def handle(sid: str, *args: object) -> Ack:
            who = self._connected.get(sid)
            language = who.language if who else i18n.DEFAULT
            try:
                if who is None:
                    raise Forbidden("session-ended")
                self._house.limiter.take(event.limit(self._house), str(who.account_id))
                longest = self._house.settings.message_length
                command = parse(event.command, args[0] if args else None, longest_text=longest)
                ack = event.handle(self._house, self._checked(event, who), command)
                if event.is_activity and ack["ok"]:
                    self._house.hub.active.add(who.session_id)
                return ack
            except DomainError as refusal:
                return refused(refusal, language)
            except Exception as error:  # noqa: BLE001 - the edge: nothing may leave but a neutral answer
                ticket = secrets.token_hex(4)
                log.error("event %s failed, ticket %s: %s", event.command.__name__, ticket, type(error).__name__)
                return {"ok": False, "error": "broken", "message": i18n.translate(language, "problem-broken")}

        return handle

    def _checked(self, event: SocketEvent, who: Connected) -> Connected:
        """The socket with who it belongs to right now, if this event is for them."""
        if event.access is None:
            return who
        with self._house.database.reading() as session:
            return replace(who, actor=standing(session, who, event.access, self._house.lasting))


def refused(refusal: DomainError, language: str) -> Ack:
    """A refusal as an ack: a stable code, and the words for the person."""
    words = i18n.translate(language, f"problem-{refusal.code}", **refusal.data)
    ack = {"ok": False, "error": refusal.code, "message": words}
    if "seconds" in refusal.data:
        ack["retry_after"] = refusal.data["seconds"]
    return ack


def standing(session: Session, who: Connected, access: Access, lasting: Lasting) -> AnyActor:
    """Who this socket belongs to right now. Raises Forbidden("session-ended") or Forbidden("closed-to-you")."""
    actor = actor_by_session(session, who.session_id, now=clock.now(), lasting=lasting)
    if actor is None:
        raise Forbidden("session-ended")
    if not allowed(actor, access):
        raise Forbidden("closed-to-you")
    return actor
