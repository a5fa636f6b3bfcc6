"""Group commit: one parcel a sender in a batch, order kept, one person's trouble their own."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from community.rooms.postbox import LARGEST, Postbox


class Counter:
    """Posts words by making them loud, and remembers the batches. Waits until `gate` opens."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate = threading.Event()
        self.entered = threading.Event()

    def __call__(self, parcels: Sequence[str]) -> list[str]:
        self.entered.set()
        assert self.gate.wait(10)
        self.batches.append(list(parcels))
        if "bad" in parcels:
            raise ValueError("bad")
        return [parcel.upper() for parcel in parcels]


@pytest.fixture
def post() -> Counter:
    return Counter()


def submitted(box: Postbox[str, str], post: Counter, parcels: Sequence[tuple[int, str]]) -> dict[str, object]:
    """Outcomes of parcels that all came while the first one was being posted, in that order."""
    outcomes: dict[str, object] = {}

    def submit(sender: int, parcel: str) -> None:
        try:
            outcomes[parcel] = box.submit(sender, parcel)
        except ValueError as error:
            outcomes[parcel] = error

    threads = [threading.Thread(target=submit, args=(0, "first"))]
    threads[0].start()
    assert post.entered.wait(10)
    for sender, parcel in parcels:
        before = len(box._waiting)
        threads.append(threading.Thread(target=submit, args=(sender, parcel)))
        threads[-1].start()
        while len(box._waiting) == before:
            threads[-1].join(0.001)
    post.gate.set()
    for thread in threads:
        thread.join(10)
    return outcomes


def test_a_senders_second_message_waits_for_the_next_batch(post: Counter) -> None:
    box: Postbox[str, str] = Postbox(post)
    outcomes = submitted(box, post, [(1, "a1"), (1, "a2"), (2, "b1"), (1, "a3")])
    assert post.batches == [["first"], ["a1", "b1"], ["a2"], ["a3"]]
    assert outcomes == {"first": "FIRST", "a1": "A1", "a2": "A2", "a3": "A3", "b1": "B1"}


def test_one_persons_trouble_is_not_everybodys(post: Counter) -> None:
    box: Postbox[str, str] = Postbox(post)
    outcomes = submitted(box, post, [(1, "a"), (2, "bad"), (3, "c")])
    assert post.batches == [["first"], ["a", "bad", "c"], ["a"], ["bad"], ["c"]]
    assert (outcomes["a"], outcomes["c"]) == ("A", "C")
    assert isinstance(outcomes["bad"], ValueError)


def test_a_batch_has_an_end(post: Counter) -> None:
    box: Postbox[str, str] = Postbox(post)
    submitted(box, post, [(sender, f"p{sender}") for sender in range(1, LARGEST + 6)])
    assert [len(batch) for batch in post.batches] == [1, LARGEST, 5]
