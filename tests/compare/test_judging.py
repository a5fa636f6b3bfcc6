"""Where systems are cut, and what counts as found."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from moderation.evaluate.cases import Case
from tests.compare.conftest import Make
from tests.compare.experiment import run
from tests.compare.judging import POLICIES, cut, cuts, figures, first_above, judged, mcnemar
from tests.compare.running import conversation
from tests.compare.splits import turns
from tests.compare.system import NotRun, Scores


def test_at_most_the_allowed_share_lies_above_the_cut() -> None:
    harmless = [float(n) for n in range(1000)]
    for share in (0.01, 0.001, 0.5):
        threshold = cut(harmless, share)
        assert sum(score > threshold for score in harmless) == int(share * 1000)
    assert cut([1, 1, 1, 1], 0.5) == 1
    assert cut([], 0.5) == math.inf


def test_public_talk_counts_only_where_the_policy_says_so(talk: Make) -> None:
    hard = [talk(f"h{n}", "A: a", family="twin") for n in range(100)]
    easy = [talk(f"e{n}", "A: a", family="everyday") for n in range(900)]
    scores: list[Scores] = [*((float(n),) for n in range(100)), *[(-1.0,)] * 900]
    found = cuts([*hard, *easy], scores, frozenset(case.id for case in easy))
    assert [found[policy.name] for policy in POLICIES] == [89, 98, 98]


def test_risky_and_crisis_talk_sets_no_cut(talk: Make) -> None:
    cases = [
        talk("r", "A: a", family="grooming", tier="P1"),
        talk("c", "A: a", family="crisis"),
        talk("t", family="twin"),
    ]
    assert cuts(cases, [(9.0,), (8.0,), ()], frozenset())[POLICIES[0].name] == -math.inf


def test_the_first_message_above_the_cut_is_the_flag_even_if_the_score_falls_again(talk: Make) -> None:
    assert first_above((0.0, 2.0, 1.0), 1) == 2
    assert first_above((0.0, 1.0), 1) is None
    case = talk("r", "A: a", "A: b", "A: c", family="grooming", tier="P1", harm_onset=3)
    found = figures([case], {"r": judged(case, (0.0, 2.0, 0.0), 1)})
    assert (found.recall.hits, found.before_harm.hits, found.first_flag_median) == (1, 1, 2)


def test_the_running_score_is_the_highest_of_everybodys_latest() -> None:
    assert conversation("ABAB", [3, 1, 0, 2]) == (3, 3, 1, 2)


def test_an_even_disagreement_says_nothing_and_an_uneven_one_does() -> None:
    assert mcnemar(0, 0) == 1
    assert mcnemar(5, 5) == 1
    assert mcnemar(10, 0) == pytest.approx(2 / 1024)


class _Cheating:
    """Knows the labels of what it learned, and nothing else."""

    name, learns = "cheating", True

    def learn(self, cases: Sequence[Case]) -> None:
        self.learned = {case.id for case in cases}

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        assert self.learned.isdisjoint(case.id for case in cases)
        return [tuple(float(case.family == "grooming") for _ in case.lines) for case in cases]


class _Absent(_Cheating):
    def learn(self, cases: Sequence[Case]) -> None:  # noqa: ARG002 - it never gets to look
        raise NotRun("it is not here")


def test_a_system_answers_for_every_case_and_never_for_one_it_learned(small: list[Case]) -> None:
    done = run(_Cheating(), turns({"one": small[:12], "two": small[12:]}, small, []), frozenset())
    assert not done.not_run
    for policy in POLICIES:
        found = figures(small, done.results[policy.name])
        assert (found.recall.hits, found.recall.of, found.false_positives.hits) == (12, 12, 0)


def test_what_is_not_there_says_so_instead_of_scoring(small: list[Case]) -> None:
    done = run(_Absent(), turns({"one": small[:12]}, small, []), frozenset())
    assert done.not_run == "it is not here"
    assert not any(done.results.values())
