"""The one place that writes to sockets: an event is encoded once and written straight to each recipient's socket.

Two seams of python-engineio 4.15 are replaced on the instance, not its code: `eio._async["websocket"]` (the class
that upgrades a request) and `eio.send_packet` (acks, emits). Only under gevent; elsewhere the libraries' way is kept.

Order. A frame is written directly only when nothing older can be waiting for that client: its engine.io queue is empty
and its line is idle (no bytes left over, no library write in progress). Otherwise it joins the engine.io queue, which
one greenlet empties in order. Greenlets switch only where they wait, and nothing waits between the check and the write.
"""

from __future__ import annotations

import errno
import json
import socket
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import gevent
import gevent.socket
from engineio.async_drivers.gevent import WebSocketWSGI
from engineio.packet import MESSAGE, Packet
from flask_socketio import SocketIO

NAMESPACE = "/"
STALL_SECONDS = 20  # engine.io's ping timeout: a client that takes nothing for so long is gone
UNREAD_SECONDS = 0.01  # how soon a client with too much unread is looked at again
GOODBYE_SECONDS = 5  # for the client to answer a close before its socket is cut
UNREAD_LIMIT = 64  # messages of one client not yet handled; past that its bytes wait in its own network
QUEUE_LIMIT = 500  # packets waiting for one client; past that it is cut off, comes back and catches up by revision


class Line:
    """One WebSocket's bytes, put where simple-websocket keeps its socket, so that every one of them passes here.

    Out: simple-websocket 1.1 calls `socket.send` once and ignores how much was taken, which corrupts a slow client's
    stream; here the rest is kept, and a greenlet of its own flushes it. In: it reads for as long as bytes are there,
    which stops everybody else and fills the memory while one client floods; here it takes turns, and waits.
    """

    __slots__ = ("_flusher", "_rest", "_sock", "_try_send", "_waiting", "_ws", "broken")

    def __init__(self, sock: Any, ws: Any) -> None:
        self._sock = sock
        self._ws = ws
        self._try_send = sock._sock.send  # the non-blocking socket inside gevent's
        self._rest: deque[memoryview] = deque()
        self._flusher: gevent.Greenlet | None = None
        self._waiting = 0
        self.broken = False

    def recv(self, size: int) -> bytes:
        """What simple-websocket calls: up to `size` bytes, when everybody else had a turn and few wait to be read."""
        gevent.sleep(0)
        while len(self._ws.input_buffer) > UNREAD_LIMIT and self._ws.connected and not self.broken:
            gevent.sleep(UNREAD_SECONDS)
        data: bytes = self._sock.recv(size)
        return data

    def write_now(self, frame: bytes) -> bool:
        """Write a whole frame without waiting. False when it must queue: older bytes are to go, or no room is left."""
        if self._rest or self._waiting or self.broken:
            return False
        try:
            sent = self._try_send(frame)
        except BlockingIOError:
            return False
        except OSError:
            self.cut()
            return False
        if sent < len(frame):
            self._keep(memoryview(frame)[sent:])
        return True

    def send(self, data: bytes | bytearray) -> int:
        """What simple-websocket calls. All is written when it returns; waits while the client is slow.

        Raises BrokenPipeError when the client is gone.
        """
        if self.broken:
            raise BrokenPipeError(errno.EPIPE, "the client is gone")
        sent = 0
        if not self._rest:
            try:
                sent = self._try_send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self.cut()
                raise BrokenPipeError(errno.EPIPE, "the client is gone") from None
        if sent < len(data):
            self._wait_for(self._keep(memoryview(bytes(data))[sent:]))
        return len(data)

    def close(self) -> None:
        """Close the socket."""
        self.broken = True
        self._sock.close()

    def cut(self) -> None:
        """Give the client up: the greenlet that reads sees the end and takes everything down in the usual way."""
        self.broken = True
        self._rest.clear()
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _keep(self, rest: memoryview) -> gevent.Greenlet:
        self._rest.append(rest)
        if self._flusher is None:
            self._flusher = gevent.spawn(self._flush)
        return self._flusher

    def _wait_for(self, flusher: gevent.Greenlet) -> None:
        # `_waiting` stays up until the caller runs again: what it writes next must not be overtaken.
        self._waiting += 1
        try:
            flusher.join()
        finally:
            self._waiting -= 1
        if self.broken:
            raise BrokenPipeError(errno.EPIPE, "the client is gone")

    def _flush(self) -> None:
        try:
            while self._rest:
                with gevent.Timeout(STALL_SECONDS):
                    sent = self._sock.send(self._rest[0])
                if self.broken:
                    return
                if sent == len(self._rest[0]):
                    self._rest.popleft()
                else:
                    self._rest[0] = self._rest[0][sent:]
        except (OSError, gevent.Timeout):
            self.cut()
        finally:
            self._flusher = None


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
        """End a socket, and the connection under it."""
        engine_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        self._server.disconnect(sid, namespace=NAMESPACE)
        if engine_sid:
            self._server.start_background_task(self.hang_up, engine_sid)

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
