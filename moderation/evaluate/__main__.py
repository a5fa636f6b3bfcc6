"""`python -m moderation.evaluate CASES… --out RESULTS.jsonl`: replay, write results, print what they are worth."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from moderation.core.reading import RulebookError
from moderation.core.rules import LANGUAGES
from moderation.evaluate.cases import Case, Skipped, half, read_cases
from moderation.evaluate.explaining import explain
from moderation.evaluate.measures import Measures, Scored, measure
from moderation.evaluate.parts import PARTS, UnknownPart, names
from moderation.evaluate.running import Runner, runner, setup
from moderation.evaluate.tables import ablations, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0, or 2 for arguments or files that make no sense; figures are never judged."""
    asked = _parser().parse_args(arguments)
    try:
        return _answer(asked, tuple(asked.without))
    except UnknownPart as error:
        return _complain(f"there is no part or signal named {error}; there are: {', '.join(names(setup(()).rulebook))}")
    except RulebookError as error:
        return _complain(f"the rulebook cannot be read: {error}")
    except BrokenPipeError:  # whoever read the table has read enough; what is still buffered must not complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror or type(error).__name__}")


def _answer(asked: argparse.Namespace, off: tuple[str, ...]) -> int:
    setup(off)
    cases = _read(asked.cases, asked.half)
    if asked.explain:
        return _explain(cases, asked.explain, off, asked.language)
    with runner(asked.processes) as running:
        if asked.ablate:
            _say(ablations(_ablate(running, cases, off, asked.out)))
        else:
            found = _run(running, cases, off, asked.out)
            _say([json.dumps(asdict(found), indent=1)] if asked.json else table(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m moderation.evaluate", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, help="JSON lines, plain or .gz")
    parser.add_argument("--out", type=Path, help="where to write one result a line")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="take off a part or a signal")
    parser.add_argument("--ablate", action="store_true", help="one run with each part and each signal taken off")
    parser.add_argument("--explain", metavar="ID", help="tell one conversation in plain words, and nothing else")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the reasons --explain gives")
    parser.add_argument("--half", choices=("tune", "hold"), help="only this half of the cases, twins kept together")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.epilog = "parts: " + "; ".join(f"{name} ({what})" for name, what in PARTS.items()).replace("%", "%%")
    return parser


def _read(paths: Iterable[Path], only: str | None) -> list[Case]:
    """Every case, in order. Says on stderr how many lines were none, and why."""
    read = list(read_cases(paths))
    skipped = [one for one in read if isinstance(one, Skipped)]
    if skipped:
        first = Counter(one.why for one in skipped)
        _complain(f"skipped {len(skipped)} lines: " + "; ".join(f"{count} {why}" for why, count in first.items()))
        _complain(f"the first is line {skipped[0].line} of {skipped[0].file}")
    return [one for one in read if isinstance(one, Case) and only in {None, half(one)}]


def _run(running: Runner, cases: Sequence[Case], off: Sequence[str], out: Path | None = None) -> Measures:
    results = list(running.results(cases, off))
    if out is not None:
        with out.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(result.as_json(), ensure_ascii=False) + "\n" for result in results)
    return measure([Scored(case, result) for case, result in zip(cases, results, strict=True)])


def _ablate(running: Runner, cases: Sequence[Case], off: tuple[str, ...], out: Path | None) -> dict[str, Measures]:
    runs = {"(nothing)": _run(running, cases, off, out)}
    for name in names(setup(()).rulebook):
        runs[name] = _run(running, cases, (*off, name))
    return runs


def _explain(cases: Iterable[Case], wanted: str, off: tuple[str, ...], language: str) -> int:
    case = next((case for case in cases if case.id == wanted), None)
    if case is None:
        return _complain(f"there is no case {wanted} in these files")
    _say(explain(case, setup(off), language))
    return 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:  # a case told may hold half a character, which no terminal takes
        sys.stdout.write(line.encode(errors="backslashreplace").decode() + "\n")


def _complain(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
