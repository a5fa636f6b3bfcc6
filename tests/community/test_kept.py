"""An answer kept for a moment: one look for many who ask, a new one after its time."""

from __future__ import annotations

import threading

import pytest

from community.kept import Kept


def test_an_answer_is_kept_for_its_time_and_no_longer() -> None:
    now, looks = 0.0, iter(range(9))
    kept: Kept[int] = Kept(lambda: now)
    assert [kept.get(lambda: next(looks), seconds=2) for _ in range(3)] == [0, 0, 0]
    now = 2.0
    assert kept.get(lambda: next(looks), seconds=2) == 1


def test_a_look_that_raises_is_not_kept() -> None:
    kept: Kept[int] = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get(lambda: 1 // 0, seconds=60)
    assert kept.get(lambda: 7, seconds=60) == 7


def test_who_asks_while_another_looks_gets_what_that_one_finds() -> None:
    kept: Kept[int] = Kept()
    looking, go_on = threading.Event(), threading.Event()
    looks: list[int] = []
    found: list[int] = []

    def look() -> int:
        looks.append(1)
        looking.set()
        go_on.wait(5)
        return len(looks)

    asking = [threading.Thread(target=lambda: found.append(kept.get(look, seconds=60))) for _ in range(5)]
    for one in asking:
        one.start()
    assert looking.wait(5)
    go_on.set()
    for one in asking:
        one.join(5)
    assert (found, len(looks)) == ([1] * 5, 1)
