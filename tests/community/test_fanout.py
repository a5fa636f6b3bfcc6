"""What passes a WebSocket: whole frames, in order, whatever the client's pace. Real sockets, no server."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import gevent
import gevent.socket
import pytest
from gevent.queue import JoinableQueue

from community import fanout
from community import line as one_line
from community.fanout import Outlet, text_frame
from community.line import Line
from tests.bench.frames import decode

Pair = tuple[Any, Any]


@pytest.fixture
def ends() -> Iterator[Pair]:
    """Our end and the client's, with buffers so small that a slow client is felt at once."""
    ours, theirs = gevent.socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    yield ours, theirs
    ours.close()
    theirs.close()


def _line(sock: Any) -> Line:
    return Line(sock, SimpleNamespace(input_buffer=[], connected=True))


def _queue_writer(line: Line, queue: Any) -> None:
    """What engine.io's writing greenlet does: everything queued, in order, until None."""
    while (item := queue.get()) is not None:
        line.send(item)


def _read_slowly(theirs: Any, chance: random.Random, into: bytearray) -> None:
    while data := theirs.recv(chance.choice((1, 700, 5_000, 60_000))):
        into.extend(data)
        if chance.random() < 0.3:
            gevent.sleep(0.001)


@pytest.mark.parametrize("seed", range(4))
def test_direct_and_queued_frames_arrive_whole_and_in_order(ends: Pair, seed: int) -> None:
    ours, theirs = ends
    chance, line, queue, got = random.Random(seed), _line(ours), JoinableQueue(), bytearray()
    writer = gevent.spawn(_queue_writer, line, queue)
    reader = gevent.spawn(_read_slowly, theirs, chance, got)
    sent, direct = [], 0
    for number in range(1500):
        size = 70_000 if number % 97 == 0 else chance.choice((1, 50, 300, 300, 300, 3_000))
        sent.append(f"{number}:" + "x" * size)
        frame = text_frame(sent[-1])
        if not queue.qsize() and line.write_now(frame):
            direct += 1
        else:
            queue.put(frame)
        if chance.random() < 0.5:
            gevent.sleep(chance.choice((0, 0.004)))
    queue.put(None)
    writer.join(timeout=30)
    with gevent.Timeout(30):
        while line._flusher is not None:
            gevent.sleep(0.01)
    ours.shutdown(socket.SHUT_WR)
    reader.join(timeout=30)
    assert [payload.decode() for _, payload in decode(bytes(got))] == sent
    assert 50 < direct < 1450, "both ways must have been used"


def test_a_client_that_takes_nothing_is_cut(ends: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_line, "STALL_SECONDS", 0.05)
    line = _line(ends[0])
    while line.write_now(b"x" * 5_000):
        pass
    with gevent.Timeout(10):
        while not line.broken:
            gevent.sleep(0.01)
    assert not line.write_now(b"x")
    with pytest.raises(BrokenPipeError):
        line.send(b"x")


def test_a_client_that_went_away_is_cut_without_an_error_for_the_others(ends: Pair) -> None:
    line = _line(ends[0])
    ends[1].close()
    while line.write_now(b"x"):  # the kernel may take one before it notices
        pass
    assert line.broken
    with pytest.raises(BrokenPipeError):
        line.send(b"x")


def test_what_a_client_sends_waits_while_much_of_it_is_unread(ends: Pair) -> None:
    unread = ["message"] * (one_line.UNREAD_LIMIT + 1)
    line = Line(ends[0], SimpleNamespace(input_buffer=unread, connected=True))
    ends[1].send(b"more")
    reader = gevent.spawn(line.recv, 99)
    gevent.sleep(one_line.UNREAD_SECONDS * 3)
    assert not reader.ready()
    unread.pop()
    assert reader.get(timeout=10) == b"more"


def test_a_reader_does_not_wait_for_a_connection_that_is_over(ends: Pair) -> None:
    ws = SimpleNamespace(input_buffer=["message"] * (one_line.UNREAD_LIMIT + 1), connected=True)
    line = Line(ends[0], ws)
    reader = gevent.spawn(line.recv, 99)
    gevent.sleep(one_line.UNREAD_SECONDS * 3)
    ws.connected = False
    ends[1].close()
    assert reader.get(timeout=10) == b""


def test_a_deaf_line_throws_away_what_still_comes(ends: Pair) -> None:
    line = _line(ends[0])
    line.deaf = True
    reader = gevent.spawn(line.recv, 4)
    ends[1].send(b"much that nobody reads")
    gevent.sleep(0.05)
    assert not reader.ready()
    ends[1].close()
    assert reader.get(timeout=10) == b""


def _engine(**more: Any) -> Any:
    return SimpleNamespace(**{"closed": False, "upgraded": True, "queue": JoinableQueue()} | more)


def test_a_direct_write_never_overtakes_what_is_queued(ends: Pair) -> None:
    engine = _engine()
    outlet = Outlet(engine, _line(ends[0]))
    engine.queue.put("older")
    outlet.send(b"frame", "newer")  # type: ignore[arg-type]
    assert [engine.queue.get(), engine.queue.get()] == ["older", "newer"]
    outlet.send(b"frame", "direct")  # type: ignore[arg-type]
    assert engine.queue.empty()
    assert ends[1].recv(99) == b"frame"


def test_before_the_upgrade_everything_is_queued(ends: Pair) -> None:
    engine = _engine(upgraded=False)
    Outlet(engine, _line(ends[0])).send(b"frame", "polled")  # type: ignore[arg-type]
    assert engine.queue.get() == "polled"


def test_nothing_is_sent_to_a_closed_socket(ends: Pair) -> None:
    engine = _engine(closed=True)
    Outlet(engine, _line(ends[0])).send(b"frame", "late")  # type: ignore[arg-type]
    assert engine.queue.empty()
    ends[1].setblocking(0)
    with pytest.raises(BlockingIOError):
        ends[1].recv(1)


def test_a_client_with_a_full_queue_is_cut(ends: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "QUEUE_LIMIT", 3)
    engine, line = _engine(upgraded=False), _line(ends[0])
    for number in range(4):
        assert not line.broken
        Outlet(engine, line).send(b"frame", number)  # type: ignore[arg-type]
    assert line.broken
    assert engine.queue.qsize() == 3


def test_a_direct_write_does_not_overtake_a_writer_about_to_go_on(ends: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = ends
    line = _line(ours)
    tried = []

    def spawn(flush: Any) -> gevent.Greenlet:
        flusher = gevent.Greenlet(flush)
        # Runs when the rest has gone, but before the writer that waits for it resumes.
        flusher.rawlink(lambda _: tried.append((bool(line._rest), line.write_now(b"overtaking"))))
        flusher.start()
        return flusher

    monkeypatch.setattr(one_line.gevent, "spawn", spawn)

    def write_two() -> None:
        line.send(b"a" * 60_000)
        line.send(b"b")

    writer = gevent.Greenlet(write_two)
    writer.start()
    gevent.sleep(0)
    got = b""
    while len(got) < 60_001:
        got += theirs.recv(9_999)
    writer.join()
    assert got == b"a" * 60_000 + b"b"
    assert tried[0] == (False, False)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_frames_are_as_the_standard_says(size: int) -> None:
    text = "x" * size
    assert [payload.decode() for _, payload in decode(text_frame(text))] == [text]
