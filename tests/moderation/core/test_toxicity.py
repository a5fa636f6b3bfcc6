"""Scores read strictly; windows that cover a long text and bound what it costs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.core.toxicity import Label, Scores, batches, highest, readable, scores_from, windows

CAPACITY = st.integers(17, 600)


@given(length=st.integers(0, 20_000), capacity=CAPACITY, most=st.integers(1, 12))
def test_windows_fit_and_overlap_and_say_whether_they_cover(length: int, capacity: int, most: int) -> None:
    cut = windows(length, capacity=capacity, most=most)
    assert 1 <= len(cut.ranges) <= most
    assert cut.ranges[0][0] == 0
    assert all(0 <= end - start <= capacity and end <= length for start, end in cut.ranges)
    assert all(later[0] < earlier[1] < later[1] for earlier, later in zip(cut.ranges, cut.ranges[1:], strict=False))
    assert cut.whole == (cut.ranges[-1][1] == length)
    assert cut.whole or len(cut.ranges) == most


def test_a_text_that_fits_is_one_window() -> None:
    assert windows(510, capacity=510).ranges == ((0, 510),)
    assert len(windows(511, capacity=510).ranges) == 2


def test_the_last_window_is_full_so_a_short_tail_keeps_what_came_before() -> None:
    assert windows(511, capacity=510).ranges[-1] == (9, 511)


@pytest.mark.parametrize("bad", [{"capacity": 16}, {"capacity": 100, "most": 0}])
def test_no_room_for_a_window(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="no room"):
        windows(5, **bad)


@given(st.lists(st.integers(0, 600), max_size=60))
def test_batches_take_each_window_once_in_order_and_stay_in_bounds(lengths: list[int]) -> None:
    found = batches(lengths, most=16, tokens=2048)
    assert [index for batch in found for index in batch] == list(range(len(lengths)))
    for batch in found:
        assert len(batch) <= 16
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= 2048


def test_a_window_too_long_for_a_batch_gets_its_own() -> None:
    assert batches([10, 5000, 10], tokens=2048) == [range(1), range(1, 2), range(2, 3)]


def test_highest_takes_each_label_from_its_own_window() -> None:
    assert highest([{"a": 0.1, "b": 0.9}, {"a": 0.7, "b": 0.2}]) == {"a": 0.7, "b": 0.9}


def test_scores_are_read_and_unknown_labels_left_out() -> None:
    scores = scores_from({"values": {"toxicity": 0.9, "threat": 0.81, "insult": 0.95, "mood": 1.0}, "whole": False})
    assert scores == Scores({Label.TOXICITY: 0.9, Label.INSULT: 0.95, Label.THREAT: 0.81}, whole=False)
    assert scores.notable() == (Label.INSULT, Label.TOXICITY, Label.THREAT)
    assert scores.notable(0.9) == (Label.INSULT, Label.TOXICITY)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"values": {"toxicity": 0.5}},
        {"values": {"toxicity": 0.5}, "whole": 1},
        {"values": [0.5], "whole": True},
        {"values": {"insult": 0.5}, "whole": True},
        {"values": {"toxicity": 1.01}, "whole": True},
        {"values": {"toxicity": -0.01}, "whole": True},
        {"values": {"toxicity": math.nan}, "whole": True},
        {"values": {"toxicity": "0.5"}, "whole": True},
    ],
)
def test_what_is_not_scores_is_refused(answer: object) -> None:
    with pytest.raises(ValueError):
        scores_from(answer)


def test_broken_halves_become_readable_and_everything_else_stays() -> None:
    assert readable("a\ud800b\udc00") == "a\ufffdb\ufffd"
    assert readable("ñ 👩‍👧 \u202e\x00") == "ñ 👩‍👧 \u202e\x00"
    assert readable("\ud83d\udc69") == "👩"  # two halves that belong together
