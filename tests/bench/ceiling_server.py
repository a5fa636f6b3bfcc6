"""How fast the load generator can go: a fan-out server that does next to nothing, in one poll loop of plain sockets."""

from __future__ import annotations

import json
import os
import select
import socket
from collections import defaultdict
from itertools import count

from tests.bench.frames import TEXT

HANDSHAKE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
OPEN = '0{"sid":"x","upgrades":[],"pingTimeout":20000,"pingInterval":25000,"maxPayload":1000000}'


def frame(text: str) -> bytes:
    """One unmasked server frame."""
    payload = text.encode()
    if len(payload) < 126:
        return bytes((TEXT, len(payload))) + payload
    return bytes((TEXT, 126)) + len(payload).to_bytes(2, "big") + payload


class Ceiling:
    """Just enough of the protocol for `load.py`; every frame is made once and written straight to its sockets."""

    def __init__(self, port: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", port), backlog=500)
        self.poll = select.epoll()
        self.poll.register(self.listener, select.EPOLLIN)
        self.peers: dict[int, socket.socket] = {}
        self.rooms: defaultdict[str, set[socket.socket]] = defaultdict(set)
        self.numbers = count(1)

    def serve(self) -> None:
        """Until the process is ended."""
        while True:
            for fd, _ in self.poll.poll():
                if fd == self.listener.fileno():
                    peer, _ = self.listener.accept()
                    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.peers[peer.fileno()] = peer
                    self.poll.register(peer, select.EPOLLIN)
                else:
                    self._read(fd, self.peers[fd])

    def _read(self, fd: int, peer: socket.socket) -> None:
        data = peer.recv(65_536)
        if not data:
            self.poll.unregister(fd)
            for members in self.rooms.values():
                members.discard(peer)
            self.peers.pop(fd).close()
        elif data.startswith(b"GET "):
            peer.sendall(HANDSHAKE + frame(OPEN))
        else:
            self._answer(peer, unmask(data))

    def _answer(self, peer: socket.socket, text: str) -> None:
        if text == "40":
            peer.sendall(frame('40{"sid":"x"}'))
        elif text.startswith("42"):
            start = text.index("[")
            name, data = json.loads(text[start:])
            if name == "room:join":
                self.rooms[data["room"]].add(peer)
                peer.sendall(frame(f'43{text[2:start]}[{{"ok":true}}]'))
                return
            message = {"id": next(self.numbers), "cid": data["client_id"], "state": "published", "text": data["text"]}
            body = ["room:changes", {"room": data["room"], "messages": [message]}]
            shown = frame("42" + json.dumps(body, separators=(",", ":")))
            for member in self.rooms[data["room"]]:
                member.sendall(shown)
            peer.sendall(frame(f'43{text[2:start]}[{{"ok":true,"state":"published"}}]'))


def unmask(data: bytes) -> str:
    """The text of one whole client frame; the closed loop never sends two at once."""
    size, at = data[1] & 127, 2
    if size == 126:
        size, at = int.from_bytes(data[2:4], "big"), 4
    key = (data[at : at + 4] * (size // 4 + 1))[:size]
    body = data[at + 4 : at + 4 + size]
    return (int.from_bytes(body, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big").decode()


if __name__ == "__main__":
    Ceiling(int(os.environ["HAVEN_PORT"])).serve()
