"""The bytes of one WebSocket, both ways: out without waiting where it can be, in by turns. Only under gevent."""

from __future__ import annotations

import errno
import socket
from collections import deque
from contextlib import suppress
from typing import Any

import gevent
import gevent.socket

STALL_SECONDS = 20  # engine.io's ping timeout: a client that takes nothing for so long is gone
UNREAD_LIMIT = 64  # messages of one client not yet handled; past that nothing more is read, so its own network waits
UNREAD_SECONDS = 0.01  # how soon a client with too much unread is looked at again


class Line:
    """One WebSocket's bytes, put where simple-websocket keeps its socket, so that every one of them passes here.

    Out: simple-websocket 1.1 calls `socket.send` once and ignores how much was taken, which corrupts a slow client's
    stream; here the rest is kept, and a greenlet of its own flushes it. In: it reads for as long as bytes are there,
    which stops everybody else and fills the memory while one client floods; here it takes turns, and waits.
    """

    __slots__ = ("_flusher", "_rest", "_sock", "_try_send", "_waiting", "_ws", "broken", "deaf")

    def __init__(self, sock: Any, ws: Any) -> None:
        self._sock = sock
        self._ws = ws
        self._try_send = sock._sock.send  # the non-blocking socket inside gevent's
        self._rest: deque[memoryview] = deque()
        self._flusher: gevent.Greenlet | None = None
        self._waiting = 0
        self.broken = False
        self.deaf = False

    def recv(self, size: int) -> bytes:
        """What simple-websocket calls: up to `size` bytes, when others had a turn to be read and few wait unhandled.

        Once the line is deaf, what still comes is thrown away unread, and its end is all that is told.
        """
        gevent.sleep(0)
        while len(self._ws.input_buffer) > UNREAD_LIMIT and self._ws.connected and not self.broken:
            gevent.sleep(UNREAD_SECONDS)
        data: bytes = self._sock.recv(size)
        while data and self.deaf:
            gevent.sleep(0)
            data = self._sock.recv(size)
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
