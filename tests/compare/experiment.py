"""One system, all turns: learn, choose cut-offs on the training cases, answer for the tested ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result
from tests.compare.judging import POLICIES, cuts, judged
from tests.compare.sentinel import TunedSentinel
from tests.compare.splits import Split, inner
from tests.compare.system import Deciding, NotRun, Scores, System


@dataclass(slots=True)
class Run:
    """What became of one system: a result a case and policy, or why it was not run. `decided`: where it says itself
    when to flag."""

    system: str
    results: dict[str, dict[str, Result]] = field(default_factory=lambda: {policy.name: {} for policy in POLICIES})
    decided: dict[str, Result] = field(default_factory=dict)
    cuts: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: float = 0.0
    not_run: str = ""


def run(system: System, splits: Sequence[Split], public: frozenset[str]) -> Run:
    """`public`: ids of public cases."""
    done = Run(system.name)
    try:
        known = {} if system.learns else _once(system, splits)
        for split in splits:
            own = _cut_offs(system, split, public, known)
            done.cuts[split.name] = own
            scored = _scores(system, split.train, split.test, known)
            for case, scores in zip(split.test, scored, strict=True):
                for policy in POLICIES:
                    done.results[policy.name][case.id] = judged(case, scores, own[policy.name])
                if isinstance(system, Deciding):
                    done.decided[case.id] = system.decided(case, scores)
    except NotRun as why:
        return Run(system.name, not_run=str(why))
    return done


def _cut_offs(system: System, split: Split, public: frozenset[str], known: Mapping[str, Scores]) -> dict[str, float]:
    """From training cases alone, each scored by a system that had not learned it."""
    if not system.learns:
        return cuts(split.train, [known[case.id] for case in split.train], public)
    if not split.train:
        raise NotRun(f"nothing to learn from for {split.name}")
    if isinstance(system, TunedSentinel):
        system.tune(split.train)
    cases: list[Case] = []
    scores: list[Scores] = []
    for part in inner(split.train):
        cases += part.test
        scores += _scores(system, part.train, part.test, known)
    return cuts(cases, scores, public)


def _scores(system: System, train: Sequence[Case], test: Sequence[Case], known: Mapping[str, Scores]) -> list[Scores]:
    if not system.learns:
        return [known[case.id] for case in test]
    system.learn(train)
    return system.scores(test)


def _once(system: System, splits: Sequence[Split]) -> dict[str, Scores]:
    """Scores by case id of a system that learns nothing: the same in every turn. May raise NotRun."""
    cases = list({case.id: case for split in splits for case in (*split.train, *split.test)}.values())
    return dict(zip((case.id for case in cases), system.scores(cases), strict=True))


def finite(value: float) -> float | None:
    """JSON knows no infinity: a cut-off nothing lies above is null."""
    return value if math.isfinite(value) else None
