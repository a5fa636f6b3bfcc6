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
from moderation.evaluate.measures import RISKY, URGENT, Scored
from moderation.evaluate.replay import Result
from moderation.rulebook import shipped
from tests.compare import keywords, sentinel
from tests.compare.elsewhere import Worker
from tests.compare.experiment import Run, finite, run
from tests.compare.judging import POLICIES, figures
from tests.compare.minilm import minilm
from tests.compare.ours import Ours
from tests.compare.splits import Split, turns
from tests.compare.system import Deciding, System
from tests.compare.tables import losses, speaking, table
from tests.compare.tfidf import tfidf
from tests.compare.toxicity import NOT_REACHABLE, Toxicity

NEVER = {"detoxify": NOT_REACHABLE, "paxmod-guard": NOT_REACHABLE}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every system, print Markdown, write everything to --out. Returns 0; what could not run is said, loudly."""
    asked = _parser().parse_args(arguments)
    tested = {str(path): _cases([path]) for path in asked.cases}
    cases, public = [case for own in tested.values() for case in own], _cases(asked.benign)
    splits = turns(tested, _cases(asked.train), public)
    systems = list(_systems(asked.only))
    runs = [_run(system, splits, public) for system in systems]
    decided = {
        system.by_itself: one.decided
        for system, one in zip(systems, runs, strict=True)
        if isinstance(system, Deciding) and not one.not_run
    }
    _show(runs, decided, cases, public)
    report = {
        **_about(asked),
        "turns": [{"tested": s.name, "train": len(s.train), "test": len(s.test)} for s in splits],
        "sentinel_settings": [one for s in systems if isinstance(s, sentinel.TunedSentinel) for one in s.chosen],
        "systems": {one.system: _as_json(one, cases, public) for one in runs},
        "by_themselves": {name: _outcome(results, cases, public) for name, results in decided.items()},
    }
    asked.out.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


def _run(system: System, splits: Sequence[Split], public: Sequence[Case]) -> Run:
    started = time.monotonic()
    done = run(system, splits, frozenset(case.id for case in public))
    done.seconds = time.monotonic() - started
    _say_aside(f"{system.name}: {f'NOT RUN: {done.not_run}' if done.not_run else f'{done.seconds:.0f} s'}")
    return done


def _show(
    runs: Sequence[Run], decided: Mapping[str, Mapping[str, Result]], cases: Sequence[Case], public: Sequence[Case]
) -> None:
    risky = frozenset(case.id for case in cases if case.family in RISKY and case.tier in URGENT)
    not_run = {one.system: one.not_run for one in runs if one.not_run} | NEVER
    for policy in POLICIES:
        _say(f"\n### Cut at {policy.name} in training\n")
        rows = {one.system: one.results[policy.name] for one in runs if not one.not_run}
        _say(*table({**rows, **decided}, cases, public, not_run))
        found = {name: figures(cases, results) for name, results in rows.items()}
        if ours := found.pop(Ours.name, None):
            _say("", *losses(ours, found, risky))
        if sentinel.Sentinel.name in rows:
            said = speaking(cases, rows[sentinel.Sentinel.name], risky)
            _say("", f"Sentinel, default, where somebody wrote ten different messages: {said}.")


def _as_json(one: Run, cases: Sequence[Case], public: Sequence[Case]) -> dict[str, Any]:
    if one.not_run:
        return {"not_run": one.not_run}
    return {
        "seconds": round(one.seconds, 1),
        "cuts": {name: {k: finite(v) for k, v in own.items()} for name, own in one.cuts.items()},
        "max_scores": {k: round(r.max_score, 4) for k, r in one.results[POLICIES[0].name].items()},
        "policies": {policy.name: _outcome(one.results[policy.name], cases, public) for policy in POLICIES},
    }


def _outcome(results: Mapping[str, Result], cases: Sequence[Case], public: Sequence[Case]) -> dict[str, Any]:
    found = figures(cases, results)
    first = {case.id: Scored(case, results[case.id]).first("P1") for case in (*cases, *public)}
    return {
        "missed": found.missed,
        "flagged_though_harmless": found.false_positive_ids,
        "public_flagged": figures(public, results).false_positive_ids,
        "first_flag": {name: n for name, n in first.items() if n},
    }


def _systems(only: Sequence[str]) -> Iterator[System]:
    """Ours, and every other system or those whose name holds one of `only`."""
    yield Ours()
    asking: Worker = sentinel.worker()
    made: Sequence[Callable[[], System]] = (
        keywords.raw,
        keywords.normalised,
        tfidf,
        lambda: minilm(asking, mean=True),
        lambda: minilm(asking, mean=False),
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
    parser.add_argument("cases", nargs="+", type=Path, help="tested, a turn a file; JSON lines, plain or .gz")
    parser.add_argument("--train", nargs="+", type=Path, required=True, help="what may be learned from")
    parser.add_argument(
        "--benign", nargs="*", type=Path, default=[], help="public harmless talk, shared over the turns"
    )
    parser.add_argument("--only", nargs="*", default=[], help="beside ours only systems whose name holds one of these")
    parser.add_argument("--out", type=Path, required=True, help="scores by id, cut-offs, settings, versions: JSON")
    return parser


def _cases(paths: Sequence[Path]) -> list[Case]:
    return [one for one in read_cases(paths) if isinstance(one, Case)]


def _about(asked: argparse.Namespace) -> dict[str, Any]:
    files = dict.fromkeys([*asked.cases, *asked.train, *asked.benign, *keywords.LISTS])
    return {
        "rulebook": shipped().version,
        "files": {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
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
