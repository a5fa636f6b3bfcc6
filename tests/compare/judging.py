"""Where each system is cut, and what became of each case. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluate.cases import Case
from moderation.evaluate.measures import BENIGN, Measures, Scored, measure
from moderation.evaluate.replay import Result
from tests.compare.system import Scores


@dataclass(frozen=True, slots=True)
class Policy:
    """How a cut-off is chosen: the share of harmless training talk that may lie above it. `public` says whether the
    public sets count among it; without them it is the authored talk alone, which is much harder."""

    name: str
    share: float
    public: bool


POLICIES = (
    Policy("1 % of all harmless talk", 0.01, public=True),
    Policy("0.1 % of all harmless talk", 0.001, public=True),
    Policy("1 % of the authored harmless talk", 0.01, public=False),
)


def cut(harmless: Iterable[float], share: float) -> float:
    """The lowest score above which at most `share` of `harmless` lies; nothing to go by: nothing is above it."""
    ordered = sorted(harmless, reverse=True)
    allowed = int(share * len(ordered))
    return ordered[allowed] if allowed < len(ordered) else math.inf


def cuts(cases: Sequence[Case], scores: Sequence[Scores], public: frozenset[str]) -> dict[str, float]:
    """One cut-off a policy, from the running maxima of the harmless among `cases`. `public`: ids of public cases."""
    harmless = [
        (case.id in public, max(running, default=-math.inf))
        for case, running in zip(cases, scores, strict=True)
        if case.family in BENIGN
    ]
    return {
        policy.name: cut([score for is_public, score in harmless if policy.public or not is_public], policy.share)
        for policy in POLICIES
    }


def first_above(scores: Scores, threshold: float) -> int | None:
    """The 1-based message after which the running score first lies above `threshold`."""
    return next((n for n, score in enumerate(scores, 1) if score > threshold), None)


def judged(case: Case, scores: Scores, threshold: float) -> Result:
    """A result as evaluation has it: flagged means asked to look the same day, and nothing else happens."""
    n = first_above(scores, threshold)
    return Result(
        id=case.id,
        scores=scores,
        first_tier={"P0": None, "P1": n, "P2": None},
        routes=("queue",) if n else (),
        actions=("publish",) * len(case.lines),
        signals=frozenset(),
        unscreened=0,
    )


def figures(cases: Sequence[Case], results: Mapping[str, Result]) -> Measures:
    """Every figure of `moderation.evaluate` for these cases."""
    return measure([Scored(case, results[case.id]) for case in cases])


def mcnemar(only_one: int, only_other: int) -> float:
    """Exact two-sided p of so uneven a disagreement if both found as much (McNemar 1947, binomial form)."""
    n, k = only_one + only_other, min(only_one, only_other)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n) if n else 1.0
