"""Forgetting what a newer memory outlives changes no verdict, and leaves little however much was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.core.model import Context, Draft, Kind, Observation, Ref
from moderation.core.relations import FAN_OUT, Judgement, judge
from moderation.core.remembering import NEWEST, alive
from moderation.core.rules import Rulebook
from moderation.rulebook import shipped
from tests.moderation.core.talk import START, youth

BOOK: Rulebook = shipped()
SIGNALS = ("secrecy_request", "platform_migration", "deceptive_job_offer", "obfuscation_evasion", "soon", "reported")
TARGETS = ("r", "x", "y", None)
SURE = (0.3, 0.45, 0.6, 0.7, 0.9)


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Memories of "w", oldest first, with ties in time, windows of all lengths, and some from a clock ahead of ours.

    Of few kinds at a time, so that many are of the same one.
    """
    signals, targets = (draw(st.lists(st.sampled_from(all_), min_size=1, max_size=3)) for all_ in (SIGNALS, TARGETS))
    hours = sorted(draw(st.lists(st.integers(-20, 31 * 24), max_size=40)), reverse=True)
    return [
        Observation(
            "w",
            draw(st.sampled_from(targets)),
            draw(st.sampled_from(signals)),
            draw(st.sampled_from(SURE)),
            START - timedelta(hours=ago),
            Ref(Kind.MESSAGE, str(number)),
        )
        for number, ago in enumerate(hours)
    ]


def judged(past: Sequence[Observation], target: str | None, now: dict[str, float]) -> Judgement:
    people = {name: youth(name, days=3) for name in ("w", "r", "x", "y")}
    draft = Draft(people["w"], Kind.MESSAGE, START, "room", "")
    return judge(draft, target, now, Context((), people, {"w": past}), BOOK, words=0.0)


def without_refs(judgement: Judgement) -> Judgement:
    return replace(judgement, reasons=tuple(replace(reason, refs=()) for reason in judgement.reasons))


@settings(max_examples=400, deadline=None)
@given(histories(), st.sampled_from(TARGETS), st.dictionaries(st.sampled_from(SIGNALS[:5]), st.sampled_from(SURE)))
def test_verdicts_are_the_same_and_what_is_shown_for_them_is_true(
    past: list[Observation], target: str | None, now: dict[str, float]
) -> None:
    whole, less = judged(past, target, now), judged(alive(past), target, now)
    assert without_refs(less) == without_refs(whole)
    for reason, other in zip(less.reasons, whole.reasons, strict=True):
        assert set(reason.refs) <= {seen.ref for seen in past}
        assert reason.refs[-1:] == other.refs[-1:], "the newest is always named"
        assert len(reason.refs) >= min(len(other.refs), NEWEST)


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(0, 40))
def test_forgetting_at_each_step_is_forgetting_once(past: list[Observation], cut: int) -> None:
    assert alive([*alive(past[:cut]), *past[cut:]]) == alive(past)


def test_what_is_left_grows_with_signals_and_readers_not_with_talk() -> None:
    past = [
        Observation("w", TARGETS[number % 3], SIGNALS[number % 2], SURE[number % 5], START + timedelta(minutes=number))
        for number in range(10_000)
    ]
    keys = 3 * 2
    assert len(alive(past)) <= keys * (NEWEST + len(SURE))


def test_how_many_were_reached_is_not_forgotten() -> None:
    def reached(past: Sequence[Observation]) -> bool:
        return any(reason.rule_id == "r8-fan-out" for reason in judged(past, "r", {"deceptive_job_offer": 0.9}).reasons)

    others = [
        Observation("w", f"o{n}", "deceptive_job_offer", 0.9, START - timedelta(hours=20 - n))
        for n in range(FAN_OUT - 1)
    ]
    often = [
        Observation("w", "r", "deceptive_job_offer", 0.9, START - timedelta(minutes=100 - number))
        for number in range(50)
    ]
    assert reached(alive([*others, *often]))
    assert not reached(alive([*others[1:], *often]))
