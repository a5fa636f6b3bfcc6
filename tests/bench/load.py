"""The load generator, a process of its own: connects everyone, drives senders in a closed loop, records raw bytes.

While it runs it only receives, stamps and answers; what the bytes mean is counted afterwards (`tally.py`), so that the
generator is not what is measured. It says how busy it was; `ceiling_server.py` shows how far it can go.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.bench.frames import PING, RECEIVE, BrokenError, Client, decode, encode
from tests.bench.servers import children
from tests.bench.tally import Run, Sent, count_up
from tests.bench.texts import LINES

QUIET_SECONDS = 0.5  # nothing arrives for so long after the last ack: everything has arrived
DRAIN_SECONDS = 15.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Sender:
    """One client that writes: the next message leaves when the ack of the last one has come."""

    number: int
    client: Client
    room: str
    stamp: int
    turns: count[int] = field(default_factory=lambda: count(1))
    waiting: str = ""
    ack_mark: bytes = b""

    def send(self, run: Run) -> None:
        """Write the next line."""
        turn = next(self.turns)
        cid = f"{self.stamp:08x}-{self.number:04x}-4000-8000-{turn:012x}"
        text = LINES[(self.number * 7 + turn) % len(LINES)]
        body = json.dumps(["message:send", {"room": self.room, "client_id": cid, "text": text}], separators=(",", ":"))
        frame = encode(f"42{turn}{body}", self.client.mask)
        self.waiting = cid
        self.ack_mark = b"43%d[" % turn
        run.sent[cid] = Sent(room=self.room, at=time.perf_counter())
        if self.client.sock.send(frame) != len(frame):
            raise BrokenError("the server does not take what is sent")


class Generator:
    """Polls every socket on one core."""

    def __init__(self, clients: list[Client], rooms: list[str], senders: int) -> None:
        self.run = Run(rooms=rooms, received=[[] for _ in clients])
        self.clients = clients
        self.poll = select.epoll()
        self.space = memoryview(bytearray(RECEIVE))
        self.by_fd: dict[int, int] = {}
        step = len(clients) / senders
        stamp = int.from_bytes(os.urandom(4), "big")
        chosen = sorted({int(n * step) for n in range(senders)})
        self.senders = {i: Sender(i, clients[i], rooms[i], stamp) for i in chosen}
        for index, client in enumerate(clients):
            client.sock.setblocking(False)
            self.by_fd[client.sock.fileno()] = index
            self.poll.register(client.sock, select.EPOLLIN)

    def start(self) -> None:
        """Every sender writes its first line."""
        for sender in self.senders.values():
            sender.send(self.run)

    def turn(self, *, sending: bool) -> bool:
        """Take what has arrived. Returns whether anything did."""
        events = self.poll.poll(0.2)
        for fd, _ in events:
            index = self.by_fd[fd]
            client = self.clients[index]
            try:
                size = client.sock.recv_into(self.space)
            except ConnectionResetError:
                size = 0
            if not size:
                self._gone(fd, index)
                continue
            data = self.space[:size].tobytes()
            self.run.received[index].append((time.perf_counter(), data))
            if PING in data:
                client.sock.send(encode("3", client.mask))
            if index in self.senders:
                self._acks(self.senders[index], data, sending=sending)
        return bool(events)

    def _acks(self, sender: Sender, data: bytes, *, sending: bool) -> None:
        client = sender.client
        buffer = client.rest + data
        used = 0
        for used, payload in decode(buffer):  # noqa: B007
            if sender.waiting and payload.startswith(sender.ack_mark):
                self.run.acks[sender.waiting] = (time.perf_counter(), payload[len(sender.ack_mark) - 1 :])
                sender.waiting = ""
                if sending:
                    sender.send(self.run)
        client.rest = buffer[used:]

    def _gone(self, fd: int, index: int) -> None:
        self.poll.unregister(fd)
        self.run.dropped.append(index)
        self.senders.pop(index, None)

    def drain(self) -> None:
        """After the last message: wait for outstanding acks, then until nothing arrives any more."""
        end = time.perf_counter() + DRAIN_SECONDS
        quiet = time.perf_counter()
        while time.perf_counter() < end:
            if self.turn(sending=False):
                quiet = time.perf_counter()
            elif not any(s.waiting for s in self.senders.values()) and time.perf_counter() - quiet > QUIET_SECONDS:
                return


def measure(plan: dict[str, Any], generator: Generator) -> dict[str, Any]:
    """Warm up, measure, drain; returns the counts and times as a JSON-ready dict."""
    run = generator.run
    gc.collect()
    gc.disable()
    generator.start()
    _until(generator, plan["warmup"])
    run.start, mine, theirs = time.perf_counter(), time.process_time(), server_seconds(plan["server_pid"])
    _until(generator, plan["seconds"])
    run.end = time.perf_counter()
    span = run.end - run.start
    busy = {
        "generator_busy": round((time.process_time() - mine) / span, 3),
        "server_busy": round((server_seconds(plan["server_pid"]) - theirs) / span, 3),
    }
    generator.drain()
    gc.enable()
    return {**count_up(run), **busy}


def _until(generator: Generator, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        generator.turn(sending=True)


def server_seconds(pid: int) -> float:
    """Processor time of the server and its children, user and system."""
    total = 0
    for name in [pid, *children(pid)]:
        fields = Path(f"/proc/{name}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def main() -> None:
    """Speak with `run.py` over stdin and stdout: plan in, `warm`, `joined`, then the result as JSON."""
    plan = json.loads(sys.stdin.readline())
    first = plan["clients"][0]
    probe = Client(plan["port"], first["cookie"])
    probe.connect()
    probe.join(first["room"])
    probe.close()
    _say_and_wait("warm")
    clients = []
    for spec in plan["clients"]:
        client = Client(plan["port"], spec["cookie"])
        client.connect()
        client.join(spec["room"])
        clients.append(client)
    _say_and_wait("joined")
    generator = Generator(clients, [spec["room"] for spec in plan["clients"]], plan["senders"])
    print(json.dumps(measure(plan, generator)), flush=True)
    for client in clients:
        client.close()


def _say_and_wait(word: str) -> None:
    print(word, flush=True)
    if not sys.stdin.readline():
        sys.exit("the runner went away")


if __name__ == "__main__":
    main()
