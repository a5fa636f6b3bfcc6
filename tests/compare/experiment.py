"""One way of splitting, all systems: learn, choose cut-offs on the training cases, answer for the tested ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result
from tests.compare.judging import POLICIES, cuts, judged
from tests.compare.sentinel import TunedSentinel
from tests.compare.splits import Split, inner
from tests.compare.system import NotRun, Scores, System


@dataclass(slots=True)
class Run:
    """What became of one system: a result a case and policy, or why it was not run."""

    system: str
    results: dict[str, dict[str, Result]] = field(default_factory=lambda: {policy.name: {} for policy in POLICIES})
    cuts: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: float = 0.0
    not_run: str = ""


def run(system: System, splits: Sequence[Split], public: frozenset[str], known: Mapping[str, Scores]) -> Run:
    """`known` holds the scores of a system that learns nothing, by case id; it is empty for one that learns."""
    done = Run(system.name)
    try:
        for split in splits:
            own = _cut_offs(system, split, public, known)
            done.cuts[split.name] = own
            scored = _scores(system, split.train, split.test, known)
            for case, scores in zip(split.test, scored, strict=True):
                for policy in POLICIES:
                    done.results[policy.name][case.id] = judged(case, scores, own[policy.name])
    except NotRun as why:
        return Run(system.name, not_run=str(why))
    return done


def _cut_offs(system: System, split: Split, public: frozenset[str], known: Mapping[str, Scores]) -> Mapping[str, float]:
    """From training cases alone, each scored by a system that had not learned it."""
    if not system.learns:
        return cuts(split.train, [known[case.id] for case in split.train], public)
    if not split.train:
        raise NotRun(f"nothing to learn from {split.name}")
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


def once(system: System, cases: Sequence[Case]) -> dict[str, Scores]:
    """Scores of a system that learns nothing, for every split at once. May raise NotRun."""
    return dict(zip((case.id for case in cases), system.scores(cases), strict=True))


def finite(value: float) -> float | None:
    """JSON knows no infinity: a cut-off nothing lies above is null."""
    return value if math.isfinite(value) else None
