"""`python -m tests.eval.robustness CASES…`: what screening still finds when words are hidden (detection.md D2, T5).

Every case is replayed as written and under each of the twelve transforms, through the code that screens live chat. A
transform is measured against the same cases as written: recall at P1, the share of that recall it leaves, recall by
score above the cut that gave 1 % false positives as written, harmless conversations flagged at P1 and how that changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation.evaluate.cases import case_from
from moderation.evaluate.measures import BENIGN, RISKY, URGENT, Measures, Scored, measure
from moderation.evaluate.rates import Rate
from moderation.evaluate.running import Runner, runner
from tests.eval.transforms import TRANSFORMS, Case

AS_WRITTEN = "(as written)"


@dataclass(frozen=True, slots=True)
class Row:
    """What one transform leaves. `retained` is the share of the recall as written; None when that was nothing."""

    name: str
    recall: Rate
    retained: float | None
    by_score: Rate
    harmless: Rate
    harmless_by_score: Rate
    more_harmless: int
    care: Rate
    unscreened: int


def rows(running: Runner, cases: Sequence[Case], names: Iterable[str] = TRANSFORMS, seed: int = 0) -> Iterator[Row]:
    """One row as written, then one a transform, in order."""
    plain = replayed(running, cases)
    found = measure(plain)
    cut = found.at_1_percent.threshold if found.at_1_percent else float("inf")
    yield _row(AS_WRITTEN, plain, found, found, cut)
    for name in names:
        scored = replayed(running, [TRANSFORMS[name](case, seed) for case in cases])
        yield _row(name, scored, measure(scored), found, cut)


def replayed(running: Runner, cases: Sequence[Case]) -> list[Scored]:
    """Every case beside what screening made of it."""
    read = [case_from(case, f"case {number}") for number, case in enumerate(cases, 1)]
    return [Scored(case, result) for case, result in zip(read, running.results(read), strict=True)]


def _row(name: str, scored: Sequence[Scored], found: Measures, plain: Measures, cut: float) -> Row:
    risky = [one for one in scored if one.case.family in RISKY and one.case.tier in URGENT]
    harmless = [one for one in scored if one.case.family in BENIGN]
    return Row(
        name,
        found.recall,
        found.recall.hits / plain.recall.hits if plain.recall.hits else None,
        _above(risky, cut),
        found.false_positives,
        _above(harmless, cut),
        found.false_positives.hits - plain.false_positives.hits,
        found.crisis_to_care,
        found.unscreened,
    )


def _above(group: Sequence[Scored], cut: float) -> Rate:
    return Rate(sum(one.result.max_score > cut for one in group), len(group))


def worst(found: Sequence[Row]) -> Row | None:
    """The transform that leaves least; None when none was tried or there was nothing to keep."""
    tried = [row for row in found if row.name != AS_WRITTEN and row.retained is not None]
    return min(tried, key=lambda row: row.retained or 0.0, default=None)


def table(found: Sequence[Row]) -> Iterator[str]:
    """The rows as lines for a terminal, the mean and the worst last."""
    yield (
        f"{'transform':<24}{'recall P1':>20}{'retained':>10}{'recall@1%':>11}{'harmless P1':>20}{'change':>8}"
        f"{'above cut':>11}{'care':>8}{'not screened':>14}"
    )
    for row in found:
        yield (
            f"{row.name:<24}{_rate(row.recall):>20}{_percent(row.retained):>10}{_percent(row.by_score.share):>11}"
            f"{_rate(row.harmless):>20}{row.more_harmless:>+8}{_percent(row.harmless_by_score.share):>11}"
            f"{_percent(row.care.share):>8}{row.unscreened:>14}"
        )
    least = worst(found)
    if least is not None:
        kept = [row.retained for row in found if row.name != AS_WRITTEN and row.retained is not None]
        yield ""
        yield f"retained, mean {_percent(sum(kept) / len(kept))}; worst {_percent(least.retained)}: {least.name}"


def _rate(rate: Rate) -> str:
    return f"{_percent(rate.share)} ({rate.hits} of {rate.of})"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def read(paths: Iterable[Path]) -> list[Case]:
    """Every case of every file, .jsonl or .jsonl.gz. Raises ValueError for a line that is no JSON object."""
    cases: list[Case] = []
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        cases += (_whole(json.loads(line)) for line in raw.splitlines() if line.strip())
    return cases


def _whole(source: Mapping[str, Any]) -> Case:
    return {**source, "messages": source.get("messages") or []}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Judges nothing: what is enough is said where tests say it."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.robustness", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, help="JSON lines, plain or .gz")
    parser.add_argument("--only", action="append", choices=sorted(TRANSFORMS), help="this transform; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="which words are drawn")
    parser.add_argument("--show", metavar="ID", help="print one case under each transform, and nothing else")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    cases, names = read(asked.cases), asked.only or list(TRANSFORMS)
    if asked.show:
        return _show([case for case in cases if case.get("id") == asked.show], names, asked.seed)
    with runner(asked.processes) as running:
        for line in table(list(rows(running, cases, names, asked.seed))):
            sys.stdout.write(line + "\n")
    return 0


def _show(cases: Sequence[Case], names: Iterable[str], seed: int) -> int:
    for case in cases:
        for name in names:
            sys.stdout.write(f"{name}\n")
            for message in TRANSFORMS[name](case, seed)["messages"]:
                sys.stdout.write(f"  {message.get('from')}: {message['text']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
