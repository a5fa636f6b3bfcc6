"""Live events: queued in a session, sent after it commits, through one place. Who is connected is known here too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Event:
    """One announcement for a channel. `hidden_from` are public ids of people who must not get it (blocks).

    With `only`, nobody but those people gets it.
    """

    channel: str
    name: str
    payload: Mapping[str, Any] = field(repr=False)
    hidden_from: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """A channel-wide order: these sockets leave every room, or are closed when `close` is True."""

    channel: str
    close: bool


def publish(
    session: Session,
    channel: str,
    name: str,
    payload: Mapping[str, Any],
    hidden_from: frozenset[str] = frozenset(),
    *,
    only: frozenset[str] | None = None,
) -> None:
    """Queue an event; it leaves only when the session commits, in the order queued."""
    session.info.setdefault("outbox", []).append(Event(channel, name, payload, hidden_from, only))


def end_sockets(session: Session, device_session_id: int) -> None:
    """Queue the closing of every socket of one signed-in device."""
    session.info.setdefault("outbox", []).extend(_end(device_session_id))


def leave_rooms(session: Session, public_id: str) -> None:
    """Queue the removal of a person's sockets from every room; they stay connected for notes from staff."""
    session.info.setdefault("outbox", []).append(Leave(person_channel(public_id), close=False))


def room_channel(room_id: int) -> str:
    """Everyone who has a room open."""
    return f"room:{room_id}"


def person_channel(public_id: str) -> str:
    """Every device of one person."""
    return f"person:{public_id}"


def session_channel(device_session_id: int) -> str:
    """Every tab of one signed-in device."""
    return f"session:{device_session_id}"


class Transport(Protocol):
    """What actually reaches sockets (`community/fanout.py`; tests use a list)."""

    def members(self, channel: str) -> list[str]:
        """The socket ids in a channel."""

    def send(self, sids: list[str], name: str, payload: Mapping[str, Any]) -> None:
        """Send one event to these sockets."""

    def leave_rooms(self, sid: str) -> None:
        """Take a socket out of every room channel."""

    def close(self, sid: str) -> None:
        """End a socket."""


class Hub:
    """Sends what committed. Messages of one room that committed together travel in one frame."""

    def __init__(self) -> None:
        self.transport: Transport | None = None
        self.people: dict[str, str] = {}  # socket id -> public id, for `hidden_from`
        self.devices: dict[str, int] = {}  # socket id -> device session
        self.active: set[int] = set()  # device sessions on which somebody did something since last asked
        self.by_person: defaultdict[str, set[str]] = defaultdict(set)

    def connected(self, sid: str, public_id: str, device_session_id: int) -> None:
        """Remember whose socket this is, and on which device."""
        self.people[sid] = public_id
        self.devices[sid] = device_session_id
        self.by_person[public_id].add(sid)

    def sockets_of(self, public_id: str) -> int:
        """How many sockets a person has open."""
        return len(self.by_person.get(public_id, ()))

    def disconnected(self, sid: str) -> None:
        """Forget a socket. Harmless when it was never known."""
        self.devices.pop(sid, None)
        public_id = self.people.pop(sid, None)
        if public_id is not None:
            self.by_person[public_id].discard(sid)
            if not self.by_person[public_id]:
                del self.by_person[public_id]

    def take_active(self) -> set[int]:
        """The device sessions used since this was last asked."""
        active, self.active = self.active, set()
        return active

    def end_devices(self, device_session_ids: Iterable[int]) -> None:
        """Close every socket of these devices, and say so to them first."""
        for device_session_id in device_session_ids:
            self.flush(_end(device_session_id))

    def flush(self, queued: list[Event | Leave]) -> None:
        """Send committed events in order, neighbours of one room together."""
        if self.transport is None:
            return
        for item in _merged(queued):
            sids = self.transport.members(item.channel)
            if isinstance(item, Leave):
                for sid in sids:
                    if item.close:
                        self.transport.close(sid)
                    else:
                        self.transport.leave_rooms(sid)
                continue
            if item.only is not None:
                meant = self._sockets_of(item.only)
                sids = [sid for sid in sids if sid in meant]
            if item.hidden_from:
                away = self._sockets_of(item.hidden_from)
                sids = [sid for sid in sids if sid not in away]
            if sids:
                self.transport.send(sids, item.name, item.payload)

    def _sockets_of(self, people: frozenset[str]) -> set[str]:
        return {sid for person in people for sid in self.by_person.get(person, ())}


def _end(device_session_id: int) -> list[Event | Leave]:
    channel = session_channel(device_session_id)
    return [Event(channel, "session:ended", {}), Leave(channel, close=True)]


def _merged(queued: list[Event | Leave]) -> list[Event | Leave]:
    """Join `room:changes` of the same room and audience into one event each; keep everything else in order."""
    merged: list[Event | Leave] = []
    open_frames: dict[tuple[str, frozenset[str], frozenset[str] | None], list[Any]] = {}
    for item in queued:
        if isinstance(item, Event) and item.name == "room:changes":
            key = (item.channel, item.hidden_from, item.only)
            if key in open_frames:
                open_frames[key].extend(item.payload["messages"])
                continue
            open_frames[key] = list(item.payload["messages"])
            merged.append(replace(item, payload={**item.payload, "messages": open_frames[key]}))
        else:
            merged.append(item)
    return merged
