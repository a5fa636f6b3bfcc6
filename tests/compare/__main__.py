"""`python -m tests.compare CASES… --train CASES… [--benign CASES…] --out FILE`: ours beside the others, in one run."""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from moderation.evaluate.cases import Case, read_cases
from moderation.evaluate.measures import RISKY, URGENT
from moderation.evaluate.parts import PARTS
from moderation.evaluate.replay import Result
from moderation.evaluate.running import runner, setup
from tests.compare import keywords, sentinel
from tests.compare.elsewhere import Worker
from tests.compare.experiment import Run, finite, once, run
from tests.compare.judging import POLICIES, figures, judged
from tests.compare.ours import Ours
from tests.compare.splits import Split, by_file, by_fold, with_public
from tests.compare.system import NotRun, Scores, System
from tests.compare.tables import losses, speaking, table
from tests.compare.tfidf import TfIdf
from tests.compare.toxicity import NOT_REACHABLE, Toxicity

OURS = "ours"
OWN_TIERS = "ours, at its own tiers"
NEVER = {"detoxify": NOT_REACHABLE, "paxmod-guard": NOT_REACHABLE}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every system, print Markdown, write everything to --out. Returns 0; what could not run is said, loudly."""
    asked = _parser().parse_args(arguments)
    tested, train = _by_file(asked.cases), _by_file(asked.train)
    cases = [case for own in tested.values() for case in own]
    public = [case for own in _by_file(asked.benign).values() for case in own]
    everything = list(
        {case.id: case for case in [*cases, *(c for own in train.values() for c in own), *public]}.values()
    )
    learned = [case for own in train.values() for case in own]
    ways = {
        "one file left out": with_public(by_file(tested, train), public),
        "five folds": with_public(by_fold(cases, learned), public),
    }
    with runner(asked.processes) as running:
        whole = Ours(running)
        systems: list[System] = [whole, *_others(asked.only)]
        ablated: list[System] = [Ours(running, (part,)) for part in PARTS] if asked.ablate else []
        comparison = _Comparison(cases, public, everything)
        comparison.compare(ways, systems, ablated, whole)
    asked.out.write_text(json.dumps({**_about(asked), **comparison.report}, indent=1), encoding="utf-8")
    return 0


class _Comparison:
    """All runs of all ways, said as they come."""

    def __init__(self, cases: Sequence[Case], public: Sequence[Case], everything: Sequence[Case]) -> None:
        self._cases, self._public, self._everything = cases, public, everything
        self._public_ids = frozenset(case.id for case in public)
        self._risky = frozenset(case.id for case in cases if case.family in RISKY and case.tier in URGENT)
        self._known: dict[str, Mapping[str, Scores]] = {}
        self.report: dict[str, Any] = {"ways": {}}

    def compare(
        self, ways: Mapping[str, Sequence[Split]], systems: Sequence[System], ablated: Sequence[System], whole: Ours
    ) -> None:
        for way, splits in ways.items():
            runs = [self._run(system, splits) for system in systems]
            parts = [self._run(system, splits) for system in ablated]
            self._show(way, runs, parts, whole)
            tuned = [system.chosen for system in systems if isinstance(system, sentinel.TunedSentinel)]
            self.report["ways"][way] = {
                "splits": [{"name": s.name, "train": len(s.train), "test": len(s.test)} for s in splits],
                "sentinel_settings": [dict(one) for one in tuned[0][-len(splits) :]] if tuned else [],
                "systems": {one.system: self._as_json(one) for one in [*runs, *parts]},
            }

    def _run(self, system: System, splits: Sequence[Split]) -> Run:
        started = time.monotonic()
        try:
            if not system.learns and system.name not in self._known:
                self._known[system.name] = once(system, self._everything)
            done = run(system, splits, self._public_ids, self._known.get(system.name, {}))
        except NotRun as why:
            done = Run(system.name, not_run=str(why))
        done.seconds = time.monotonic() - started
        said = f"NOT RUN: {done.not_run}" if done.not_run else f"{done.seconds:.0f} s"
        _say_aside(f"{system.name}: {said}")
        return done

    def _show(self, way: str, runs: Sequence[Run], parts: Sequence[Run], whole: Ours) -> None:
        ran = [one for one in runs if not one.not_run]
        not_run = {one.system: one.not_run for one in runs if one.not_run} | NEVER
        for policy in POLICIES:
            _say(f"\n### {way}, cut at {policy.name} in training\n")
            rows = {one.system: one.results[policy.name] for one in ran}
            _say(*table({**rows, **self._as_they_come(whole)}, self._cases, self._public, not_run))
            found = {name: figures(self._cases, results) for name, results in rows.items()}
            ours = found.pop(OURS)
            _say("", *losses(ours, found, self._risky))
            if sentinel.Sentinel.name in rows:
                said = speaking(self._cases, rows[sentinel.Sentinel.name], self._risky)
                _say("", f"Sentinel, default, where somebody wrote ten different messages: {said}.")
            if parts:
                _say("", *table({p.system: p.results[policy.name] for p in parts}, self._cases, self._public, {}))

    def _as_they_come(self, whole: Ours) -> dict[str, Mapping[str, Result]]:
        """Systems that say themselves when to flag: ours by its tiers, a list by any one pattern."""
        lists = {
            f"{name}, any one pattern": {c.id: judged(c, self._known[name][c.id], 0) for c in self._everything}
            for name in self._known
            if name.startswith("keyword")
        }
        return {OWN_TIERS: whole.results, **lists}

    def _as_json(self, one: Run) -> dict[str, Any]:
        if one.not_run:
            return {"not_run": one.not_run}
        policies = {}
        for policy in POLICIES:
            found = figures(self._cases, one.results[policy.name])
            policies[policy.name] = {
                "missed": found.missed,
                "flagged_though_harmless": found.false_positive_ids,
                "public_flagged": figures(self._public, one.results[policy.name]).false_positive_ids,
                "first_flag": {
                    k: r.first_tier["P1"] for k, r in one.results[policy.name].items() if r.first_tier["P1"]
                },
            }
        return {
            "seconds": round(one.seconds, 1),
            "cuts": {name: {k: finite(v) for k, v in own.items()} for name, own in one.cuts.items()},
            "max_scores": {k: round(r.max_score, 4) for k, r in one.results[POLICIES[0].name].items()},
            "policies": policies,
        }


def _others(only: Sequence[str]) -> Iterator[System]:
    """Every other system, or those whose name holds one of `only`."""
    asking: Worker = sentinel.worker()
    made: Sequence[Callable[[], System]] = (
        keywords.raw,
        keywords.normalised,
        TfIdf,
        lambda: sentinel.Sentinel(asking),
        lambda: sentinel.TunedSentinel(asking),
        lambda: Toxicity("tox-block"),
        lambda: Toxicity("hatesonar"),
    )
    for system in (make() for make in made):
        if not only or any(word in system.name.lower() for word in only):
            yield system


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.compare", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, help="tested; JSON lines, plain or .gz")
    parser.add_argument("--train", nargs="+", type=Path, required=True, help="what may be learned from")
    parser.add_argument(
        "--benign", nargs="*", type=Path, default=[], help="public harmless talk, shared over the turns"
    )
    parser.add_argument("--only", nargs="*", default=[], help="only systems whose name holds one of these words")
    parser.add_argument("--ablate", action="store_true", help="also ours with each part taken off")
    parser.add_argument("--processes", type=int, default=2, help="for ours; others use one")
    parser.add_argument("--out", type=Path, required=True, help="scores by id, cut-offs, settings, versions: JSON")
    return parser


def _by_file(paths: Sequence[Path]) -> dict[str, list[Case]]:
    return {path.name: [one for one in read_cases([path]) if isinstance(one, Case)] for path in paths}


def _about(asked: argparse.Namespace) -> dict[str, Any]:
    files = dict.fromkeys([*asked.cases, *asked.train, *asked.benign, *keywords.LISTS])
    return {
        "rulebook": setup(()).rulebook.version,
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "versions": {name: importlib.metadata.version(name) for name in ("scikit-learn", "numpy", "scipy")},
        "not_run": NEVER,
    }


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _say_aside(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
