"""WebSocket and Socket.IO text frames, by hand: what the load generator sends and how it reads what comes back."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from typing import Any

TEXT = 0x81  # final text frame, no extension bits (RFC 6455, section 5.2)
PING = b"\x81\x012"  # Engine.IO ping: a one-character text frame "2"
RECEIVE = 262_144  # bytes taken from a socket at once
CONNECT_SECONDS = 20


class BrokenError(Exception):
    """The server closed the connection or answered something that is not the protocol."""


def encode(text: str, mask: bytes) -> bytes:
    """One masked client frame (clients must mask, section 5.3)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        head = bytes((TEXT, 0x80 | size))
    elif size < 65_536:
        head = bytes((TEXT, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((TEXT, 0x80 | 127)) + size.to_bytes(8, "big")
    key = (mask * (size // 4 + 1))[:size]
    masked = (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
    return head + mask + masked


def decode(buffer: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Whole server frames in `buffer`: pairs of (where the next one begins, payload). A part at the end is left."""
    end = len(buffer)
    while start + 2 <= end:
        size = buffer[start + 1]
        body = start + 2
        if size == 126:
            body = start + 4
            size = int.from_bytes(buffer[start + 2 : body], "big")
        elif size == 127:
            body = start + 10
            size = int.from_bytes(buffer[start + 2 : body], "big")
        if body > end or body + size > end:
            return
        if buffer[start] != TEXT:
            raise BrokenError(f"unexpected frame type {buffer[start]:#x}")
        start = body + size
        yield start, buffer[body:start]


class Client:
    """One Socket.IO client: blocking while it connects and joins, then handed to the generator's poll loop."""

    def __init__(self, port: int, cookie: str) -> None:
        self.mask = os.urandom(4)
        self.rest = b""
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=CONNECT_SECONDS)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        host = f"127.0.0.1:{port}"
        # No Sec-WebSocket-Extensions: compression is off for every server measured.
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        if cookie:
            lines.append(f"Cookie: haven={cookie}")
        self.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = self._until(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            self.sock.close()
            raise BrokenError(f"no upgrade: {head[:300]!r}")

    def send(self, text: str) -> None:
        """Send one text frame, all of it. For set-up only: it may block."""
        self.sock.sendall(encode(text, self.mask))

    def connect(self) -> None:
        """Open the Socket.IO session."""
        self.expect("0")
        self.send("40")
        self.expect("40")

    def join(self, room: str) -> dict[str, Any]:
        """Join a room; returns the server's answer. Raises BrokenError when it says no."""
        self.send("420" + json.dumps(["room:join", {"room": room, "after": None}]))
        answer: dict[str, Any] = json.loads(self.expect("430")[3:])[0]
        if not answer.get("ok"):
            raise BrokenError(f"join refused: {answer}")
        return answer

    def expect(self, prefix: str) -> str:
        """The next frame that begins with `prefix`; others are passed over, pings answered."""
        while True:
            for start, payload in decode(self.rest):
                self.rest = self.rest[start:]
                text = payload.decode()
                if text == "2":
                    self.send("3")
                elif text.startswith(prefix):
                    return text
                elif text.startswith(("1", "41", "44")):
                    raise BrokenError(f"server refused: {text[:300]}")
                break
            else:
                self.rest += self._more()

    def close(self) -> None:
        """Drop the connection."""
        self.sock.close()

    def _until(self, mark: bytes) -> bytes:
        data = b""
        while mark not in data:
            data += self._more()
        head, self.rest = data.split(mark, 1)
        return head

    def _more(self) -> bytes:
        data = self.sock.recv(RECEIVE)
        if not data:
            raise BrokenError("the server closed the connection")
        return data
