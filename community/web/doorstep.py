"""Connections that have not said who they are: few from an address, a few seconds long, and they may ask in once."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO

from community.limits import network

SECONDS = 5  # a browser asks in at once; slow networks need a moment
MOST = 100  # from one address; a house full of phones comes back together after a restart
ASKS_IN = "0"  # how a Socket.IO CONNECT packet begins
BINARY = ("5", "6")  # packets whose attachments follow: nothing of ours has any, and the library keeps what comes

log = logging.getLogger("haven.doorstep")


class Doorstep:
    """Stands between engine.io, which takes anyone, and Socket.IO, which asks who they are.

    Three handlers of the server's engine.io are replaced on the instance, each calling the library's own.
    """

    def __init__(self, socketio: SocketIO, hang_up: Callable[[str], None]) -> None:
        self._server: Any = socketio.server  # type: ignore[attr-defined]  # not in the stubs
        self._hang_up = hang_up
        self._address: dict[str, str] = {}  # of every open connection, by engine.io id
        self._waiting: set[str] = set()
        self._waiting_at: Counter[str] = Counter()
        handlers = self._server.eio.handlers
        self._connect, self._message, self._disconnect = (handlers[k] for k in ("connect", "message", "disconnect"))
        handlers.update(connect=self.came, message=self.said, disconnect=self.left)

    def came(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        """A connection is up. False refuses it."""
        address = network(environ.get("REMOTE_ADDR", ""))
        if self._waiting_at[address] >= MOST:
            return False
        self._address[eio_sid] = address
        self._waiting.add(eio_sid)
        self._waiting_at[address] += 1
        self._server.start_background_task(self._see_out, eio_sid)
        return self._connect(eio_sid, environ)

    def said(self, eio_sid: str, data: Any) -> None:
        """A packet came in. Its sender may ask in once; what nobody here sends or can read ends the connection."""
        if eio_sid not in self._address:
            return  # hung up already
        waits = eio_sid in self._waiting
        if not isinstance(data, str) or data.startswith(BINARY) or data.startswith(ASKS_IN) is not waits:
            self.end(eio_sid)
            return
        try:
            self._message(eio_sid, data)
        except Exception as error:  # noqa: BLE001 - what a client sent must neither reach the log nor keep a socket
            log.warning("a socket sent what nobody can read: %s", type(error).__name__)
            self.end(eio_sid)
        if waits and eio_sid in self._waiting:
            self.end(eio_sid)  # asked, and was refused: asking costs a look at the database, so nobody asks on and on

    def left(self, eio_sid: str, reason: Any = None) -> Any:
        """A connection is down."""
        self.let_in(eio_sid)
        self._address.pop(eio_sid, None)
        return self._disconnect(eio_sid, reason)

    def let_in(self, eio_sid: str) -> None:
        """It is known now whose connection this is."""
        if eio_sid in self._waiting:
            self._waiting.discard(eio_sid)
            address = self._address[eio_sid]
            self._waiting_at[address] -= 1
            if not self._waiting_at[address]:
                del self._waiting_at[address]

    def end(self, eio_sid: str) -> None:
        """Nobody's connection, or no longer anybody's: nothing more it says is heard. Harmless when it is gone."""
        if eio_sid in self._address:
            self.let_in(eio_sid)
            del self._address[eio_sid]
            self._server.start_background_task(self._hang_up, eio_sid)

    def _see_out(self, eio_sid: str) -> None:
        self._server.sleep(SECONDS)
        if eio_sid in self._waiting:
            self.end(eio_sid)
