"""Every figure on a sample small enough to count by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from moderation.evaluate.cases import Case, Line
from moderation.evaluate.measures import Measures, Scored, SignalScore, measure
from moderation.evaluate.rates import Rate
from moderation.evaluate.replay import Result


def one(
    name: str,
    family: str,
    *,
    tier: str = "none",
    language: str = "en",
    first: dict[str, int] | None = None,
    score: float = 0.0,
    messages: int = 5,
    signals: tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]] = (frozenset(), frozenset()),
    routes: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    unscreened: int = 0,
    **labels: Any,
) -> Scored:
    labelled, found = signals
    lines = tuple(Line("A" if n % 2 == 0 else "B", n, "x") for n in range(messages))
    case = Case(name, lines, language=language, family=family, tier=tier, signals=labelled, **labels)
    return Scored(case, Result(name, (score,), first or {}, routes, actions, found, unscreened))


def sample() -> Measures:
    return measure(
        [
            one("r1", "grooming", tier="P1", first={"P1": 3}, score=8, onset=4, concern="A"),
            one("r2", "sextortion", tier="P0", first={"P0": 2, "P1": 5}, score=12, onset=2, language="es", concern="A"),
            one("r3", "grooming", tier="P1", first={"P2": 1}, score=3, onset=5, concern="A"),
            one("weak", "grooming", tier="P2", first={"P1": 1}, score=9),
            one("t1", "twin", twin_of="r1", score=1),
            one("t2", "twin", twin_of="r2", first={"P1": 4}, score=9, language="es"),
            one("t3", "twin", twin_of="r3", first={"P2": 2}, score=5),
            one("e1", "everyday", unscreened=2, routes=("care",), actions=("publish", "nudge")),
            one("p1", "protective", routes=("care",), actions=("publish", "hold")),
            one("c1", "crisis", tier="P1", routes=("care",)),
            one("c2", "crisis", tier="P1", routes=("queue",), actions=("block",)),
        ]
    )


def test_recall_counts_urgent_cases_flagged_at_p1_or_p0() -> None:
    found = sample()
    assert found.recall == Rate(2, 3)
    assert found.recall_by_family == {"grooming": Rate(1, 2), "sextortion": Rate(1, 1)}
    assert found.recall_by_language == {"en": Rate(1, 2), "es": Rate(1, 1)}
    assert found.missed == ("r3",)


def test_before_harm_means_an_earlier_message() -> None:
    assert sample().before_harm == Rate(1, 3)  # r1 at 3, before 4; r2 at 2, which is the message itself


def test_the_flag_must_fall_on_the_person_of_concern() -> None:
    assert sample().recall_of_concern == Rate(1, 3)  # message 3 is A's, message 2 is B's


def test_time_to_first_flag() -> None:
    found = sample()
    assert (found.first_flag_median, found.first_flag_p90) == (3, 3)


def test_false_positives_by_stream() -> None:
    found = sample()
    assert found.false_positives == Rate(1, 5)
    assert found.false_positive_ids == ("t2",)
    assert found.digest_false_positives == Rate(2, 5)
    assert found.false_positives_by_family == {"everyday": Rate(0, 1), "protective": Rate(0, 1), "twin": Rate(1, 3)}
    assert found.false_positives_by_language == {"en": Rate(0, 4), "es": Rate(1, 1)}


def test_f_latency() -> None:
    found = sample()
    assert found.precision == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)
    # Median length 5: the penalty is half at message 5, and at message 3 it is -1 + 2 / (1 + 3 ** -0.5).
    assert found.f_latency == pytest.approx(2 / 3 * (2 - 2 / (1 + 3**-0.5)))


def test_recall_by_score_at_a_rate() -> None:
    found = sample()
    assert found.at_1_percent is not None
    assert (found.at_1_percent.threshold, found.at_1_percent.recall) == (9, Rate(1, 3))  # none of five may be wrong
    assert found.at_01_percent == found.at_1_percent


def test_one_in_a_hundred_may_be_wrong_at_one_percent() -> None:
    harmless = [one(f"e{n}", "everyday", score=n) for n in range(100)]
    risky = [one("r1", "grooming", tier="P1", score=98.5), one("r2", "grooming", tier="P1", score=97)]
    found = measure([*harmless, *risky])
    assert found.at_1_percent is not None
    assert found.at_01_percent is not None
    assert (found.at_1_percent.threshold, found.at_1_percent.recall) == (98, Rate(1, 2))
    assert (found.at_01_percent.threshold, found.at_01_percent.recall) == (99, Rate(0, 2))


def test_twins_are_told_apart_when_only_the_risky_one_is_flagged() -> None:
    assert sample().twins == Rate(1, 3)


def test_care_and_what_must_not_happen_to_it() -> None:
    found = sample()
    assert found.crisis_to_care == Rate(1, 2)
    assert found.protective_queued == Rate(1, 3)
    assert found.protective_held == Rate(1, 3)
    assert found.protective_punished == Rate(1, 3)


def test_everyday_talk_left_alone() -> None:
    found = sample()
    assert (found.everyday_to_care, found.everyday_nudged) == (Rate(1, 1), Rate(1, 1))


def test_signals_are_compared_message_by_message() -> None:
    labelled = frozenset({(1, "a"), (2, "a"), (3, "b")})
    found = frozenset({(2, "a"), (4, "a"), (5, "c")})
    scores = measure([one("x", "other", signals=(labelled, found))]).signals
    assert scores == {"a": SignalScore(2, 2, 1), "b": SignalScore(1, 0, 0), "c": SignalScore(0, 1, 0)}
    assert (scores["a"].precision, scores["b"].precision, scores["c"].recall) == (0.5, None, None)


def test_totals() -> None:
    found = sample()
    assert (found.conversations, found.messages, found.unscreened) == (11, 55, 2)


def test_nothing_at_all_is_no_figure_and_no_error() -> None:
    found = measure([])
    assert (found.recall, found.f1, found.at_1_percent, found.first_flag_median) == (Rate(0, 0), None, None, None)


def test_a_threshold_exists_with_one_harmless_case() -> None:
    found = measure([one("e", "everyday", score=-math.inf), one("r", "grooming", tier="P0", score=1)])
    assert found.at_1_percent is not None
    assert found.at_1_percent.recall == Rate(1, 1)
