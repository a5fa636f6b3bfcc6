"""The one way frames leave: each event is encoded once, whoever gets it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engineio import packet as engine_packet
from flask_socketio import SocketIO

NAMESPACE = "/"


class SocketTransport:
    """`community.realtime.Transport` over the python-socketio server behind Flask-SocketIO."""

    def __init__(self, socketio: SocketIO) -> None:
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # not in the stubs

    def members(self, channel: str) -> list[str]:
        """The socket ids in a channel."""
        return [sid for sid, _ in self._server.manager.get_participants(NAMESPACE, channel)]

    def send(self, sids: list[str], name: str, payload: Mapping[str, Any]) -> None:
        """Send one event to these sockets."""
        # A Socket.IO event packet (type 2) in an Engine.IO message packet (type 4).
        encoded = "2" + json.dumps([name, payload], ensure_ascii=False, separators=(",", ":"))
        packet = engine_packet.Packet(engine_packet.MESSAGE, encoded)
        for sid in sids:
            engine_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
            if engine_sid is not None:
                self._server._send_eio_packet(engine_sid, packet)

    def leave_rooms(self, sid: str) -> None:
        """Take a socket out of every room channel; its own channels stay."""
        for channel in self._server.rooms(sid, namespace=NAMESPACE):
            if channel.startswith("room:"):
                self._server.leave_room(sid, channel, namespace=NAMESPACE)

    def close(self, sid: str) -> None:
        """End a socket."""
        self._server.disconnect(sid, namespace=NAMESPACE)
