"""The one place that writes to sockets: an event is encoded once and written straight to each recipient's socket.

Two seams of python-engineio 4.15 are replaced on the instance, not its code: `eio._async["websocket"]` (the class
that upgrades a request) and `eio.send_packet` (acks, emits). Only under gevent; elsewhere the libraries' way is kept.

Order. A frame is written directly only when nothing older can be waiting for that client: its engine.io queue is empty
and its line is idle (no bytes left over, no library write in progress). Otherwise it joins the engine.io queue, which
one greenlet empties in order. Greenlets switch only where they wait, and nothing waits between the check and the write.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Mapping
from typing import Any

import gevent
import gevent.socket
from engineio.async_drivers.gevent import WebSocketWSGI
from engineio.packet import MESSAGE, Packet
from flask_socketio import SocketIO

from community.line import Line

NAMESPACE = "/"
GOODBYE_SECONDS = 5  # for the client to answer a close before its socket is cut
QUEUE_LIMIT = 500  # packets waiting for one client; past that it is cut off, comes back and catches up by revision


class Outlet:
    """One connected WebSocket: engine.io's socket and its line."""

    __slots__ = ("_engine", "line", "sids")

    def __init__(self, engine: Any, line: Line) -> None:
        self._engine = engine
        self.line = line
        self.sids: list[str] = []

    def send(self, frame: bytes, packet: Packet) -> None:
        """Write now, or queue in order. Never waits, never raises, runs no handler."""
        engine = self._engine
        if engine.closed:
            return
        waiting = engine.queue.qsize()
        if not waiting and engine.upgraded and self.line.write_now(frame):
            return
        if waiting >= QUEUE_LIMIT:
            self.line.cut()
        else:
            engine.queue.put(packet)


class SocketTransport:
    """`community.realtime.Transport` over the python-socketio server behind Flask-SocketIO."""

    def __init__(self, socketio: SocketIO) -> None:
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # not in the stubs
        self._outlets: dict[str, Outlet] = {}  # by engine.io id
        self._by_sid: dict[str, Outlet] = {}  # by socket id, filled when first sent to
        self._engine_send: Callable[[str, Packet], None] = self._server.eio.send_packet
        if self._server.eio.async_mode == "gevent":
            self._server.eio.send_packet = self._send_packet
            self._server.eio._async = {**self._server.eio._async, "websocket": _upgrader(self)}

    def members(self, channel: str) -> list[str]:
        """The socket ids in a channel."""
        return list(self._server.manager.rooms.get(NAMESPACE, {}).get(channel, ()))

    def send(self, sids: list[str], name: str, payload: Mapping[str, Any]) -> None:
        """Send one event to these sockets. Waits for none of them."""
        # A Socket.IO event packet (type 2); ASCII, so that no text whatever can fail to encode after the commit.
        self.send_frame(sids, "2" + json.dumps([name, payload], separators=(",", ":")))

    def send_frame(self, sids: list[str], text: str) -> None:
        """Send one Socket.IO text packet to these sockets. Waits for none of them."""
        packet = Packet(MESSAGE, text)
        frame = text_frame(packet.encode())
        for sid in sids:
            outlet = self._by_sid.get(sid) or self._find(sid)
            if outlet is not None:
                outlet.send(frame, packet)
            elif engine_sid := self._server.manager.eio_sid_from_sid(sid, NAMESPACE):
                self._server._send_eio_packet(engine_sid, packet)

    def leave_rooms(self, sid: str) -> None:
        """Take a socket out of every room channel; its own channels stay."""
        for channel in self._server.rooms(sid, namespace=NAMESPACE):
            if channel.startswith("room:"):
                self._server.leave_room(sid, channel, namespace=NAMESPACE)

    def close(self, sid: str) -> None:
        """End a socket. The connection under it ends too: it belongs to nobody now (`community/web/doorstep.py`)."""
        self._server.disconnect(sid, namespace=NAMESPACE)

    def opened(self, engine: Any, line: Line) -> None:
        """A WebSocket is up."""
        self._outlets[engine.sid] = Outlet(engine, line)

    def gone(self, engine: Any) -> None:
        """A WebSocket is down. Harmless when it was never up."""
        outlet = self._outlets.pop(engine.sid, None)
        for sid in outlet.sids if outlet else ():
            self._by_sid.pop(sid, None)

    def hang_up(self, engine_sid: str) -> None:
        """Close a connection, and cut it if its client does not answer."""
        outlet = self._outlets.get(engine_sid)
        engine = self._server.eio.sockets.get(engine_sid)
        if outlet is not None:
            outlet.line.deaf = True
        if engine is not None:
            engine.close(wait=False, reason=self._server.reason.SERVER_DISCONNECT)
        if outlet is not None:
            self._server.sleep(GOODBYE_SECONDS)
            outlet.line.cut()

    def _find(self, sid: str) -> Outlet | None:
        outlet = self._outlets.get(self._server.manager.eio_sid_from_sid(sid, NAMESPACE) or "")
        if outlet is not None:
            outlet.sids.append(sid)
            self._by_sid[sid] = outlet
        return outlet

    def _send_packet(self, engine_sid: str, packet: Packet) -> None:
        """In place of engine.io's: acks and what the libraries emit take the same way, in the same order."""
        outlet = self._outlets.get(engine_sid)
        if outlet is None or packet.binary:
            self._engine_send(engine_sid, packet)
            return
        frame = packet.__dict__.get("frame")
        if frame is None:
            frame = packet.__dict__["frame"] = text_frame(packet.encode())
        outlet.send(frame, packet)


def _upgrader(transport: SocketTransport) -> type:
    class DirectWebSocket(WebSocketWSGI):  # type: ignore[misc]
        """Upgrades one request, then puts its line in between."""

        def __init__(self, handler: Callable[..., Any], server: Any) -> None:
            super().__init__(self._take_over, server)
            # engine.io looks at the size only after the whole message is in memory.
            self.server_args["max_message_size"] = server.max_http_buffer_size
            self._handler = handler
            self._engine = handler.__self__  # type: ignore[attr-defined]

        def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            # No compression: one frame serves everyone, no zlib windows per client, no bombs, no length oracle.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            try:
                return super().__call__(environ, start_response)
            finally:
                transport.gone(self._engine)

        def _take_over(self, _ws: Any) -> Any:
            # The greenlet that reads has been started but not run: nobody else holds the plain socket yet.
            sock = self.ws.sock
            if type(sock) is gevent.socket.socket:  # a TLS socket must not be written underneath
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.ws.sock = line = Line(sock, self.ws)
                transport.opened(self._engine, line)
            return self._handler(self)

    return DirectWebSocket


def text_frame(text: str) -> bytes:
    """One whole unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload
