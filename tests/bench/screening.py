"""What screening costs: messages a second on one core, the slowest of a thousand, and whether a house that knows more
pairs is slower. `make bench-screen`; in the same run a plain keyword list and, where they are, neural readers.

`--minilm PYTHON` and `--detoxify PYTHON` name interpreters that have what tests/bench/encoders.py imports.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from moderation.core.model import Context, Draft
from moderation.core.rules import Rulebook
from moderation.fail_closed import screen
from moderation.rulebook import shipped
from tests.bench.house_memory import Remembering, Step
from tests.bench.town import Town, authored

LEVELS = (1_000, 100_000, 1_000_000)
OF_ONE = (10, 1_000, 10_000)
KEYWORDS = 300
ENCODED = 100  # messages the neural readers are given: enough for a median
MODEL_PYTHON = Path(".venv-model/bin/python")  # what `make test-model` builds


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of each message, sorted: by the wall, and of processor time, which leaves out what neighbours on the
    core took.
    """

    wall: Sequence[float]
    processor: Sequence[float]

    @property
    def per_second(self) -> float:
        """Messages a second of processor time."""
        return 1000 * len(self.processor) / sum(self.processor)


def share_of(times: Sequence[float], share: float) -> float:
    """The time that this share of sorted `times` stays under."""
    return times[min(int(share * len(times)), len(times) - 1)]


def spend(calls: Iterable[Callable[[], object]]) -> Spent:
    """Time each call."""
    wall, processor = [], []
    for call in calls:
        start, used = time.perf_counter_ns(), time.thread_time_ns()
        call()
        processor.append((time.thread_time_ns() - used) / 1e6)
        wall.append((time.perf_counter_ns() - start) / 1e6)
    return Spent(sorted(wall), sorted(processor))


def live(rulebook: Rulebook, pairs: int) -> Town:
    """A house in which that many pairs are remembered; filling it also warms everything up."""
    town = Town(authored())
    for place, draft in town.talk():
        town.store(place, draft, screen(rulebook, draft, town.context(place, draft)))
        if len(town.pairs) >= pairs:
            return town
    raise AssertionError("talk does not end")


def overheard(town: Town, rulebook: Rulebook, number: int) -> list[tuple[Draft, Context]]:
    """The next messages in `town`, each with its context at that moment."""
    heard = []
    for place, draft in islice(town.talk(), number):
        context = town.context(place, draft)
        # Lists that go on growing are copied: what is timed must be what the house would have handed over then.
        heard.append((draft, Context(context.recent, context.people, {k: list(v) for k, v in context.history.items()})))
        town.store(place, draft, screen(rulebook, draft, context))
    return heard


def keyword_list(rulebook: Rulebook, size: int = KEYWORDS) -> frozenset[str]:
    """About `size` words of the rulebook's, as a plain list would hold them."""
    known = sorted(rulebook.words.known)
    return frozenset(known[:: max(len(known) // size, 1)])


def encoder(name: str, python: Path, texts: Sequence[str]) -> dict[str, object]:
    """Median and slowest milliseconds of a neural reader on `texts`, or {"why": what is missing}."""
    if not python.exists():
        return {"why": f"there is no {python}"}
    script = Path(__file__).with_name("encoders.py")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    ran = subprocess.run(
        [python, script, name], input=json.dumps(texts), capture_output=True, text=True, env=environment, check=False
    )
    if ran.returncode:
        return {"why": (ran.stderr.strip().splitlines() or [f"it ended with {ran.returncode}"])[-1]}
    answer = json.loads(ran.stdout)
    times = sorted(answer["milliseconds"])
    return {"p50": share_of(times, 0.5), "p99": share_of(times, 0.99), "what": answer["what"]}


def main() -> None:
    """Measure and print."""
    options = _options()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # inherited by what we start: all on one core
    rulebook = shipped()
    heard = _one_core(rulebook, options)
    _neural([draft.text for draft, _ in heard][:: max(len(heard) // ENCODED, 1)][:ENCODED], options)
    _growth(rulebook, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--live-pairs", type=int, default=10_000, help="pairs remembered while messages are timed")
    parser.add_argument("--messages", type=int, default=20_000, help="messages timed")
    parser.add_argument("--pairs", type=int, default=LEVELS[-1], help="grow the database to this many pairs")
    parser.add_argument("--minilm", type=Path, default=MODEL_PYTHON, metavar="PYTHON")
    parser.add_argument("--detoxify", type=Path, default=MODEL_PYTHON, metavar="PYTHON")
    return parser.parse_args()


def _one_core(rulebook: Rulebook, options: argparse.Namespace) -> list[tuple[Draft, Context]]:
    town = live(rulebook, options.live_pairs)
    heard = overheard(town, rulebook, options.messages)
    ours = spend([lambda d=draft, c=context: screen(rulebook, d, c) for draft, context in heard])
    words = keyword_list(rulebook)
    plain = spend([lambda t=draft.text: not words.isdisjoint(t.lower().split()) for draft, _ in heard])
    kept = sum(map(len, town.history.values())) / max(len(town.pairs), 1)
    print(f"{len(heard):,} messages, {len(town.pairs):,} pairs remembered, {kept:.1f} observations a pair")
    heads = "".join(f"{head:>10}" for head in ("p50 ms", "p99", "p99.9"))
    print(f"{'':44}{'':12}{'processor time':>30}{'by the wall':>30}")
    print(f"{'one core, warm':44}{'messages/s':>12}{heads}{heads}")
    for name, spent in (("screening, all but Detoxify", ours), (f"plain list of {len(words)} words", plain)):
        both = (spent.processor, spent.wall)
        figures = "".join(f"{share_of(times, share):>10.4f}" for times in both for share in (0.5, 0.99, 0.999))
        print(f"{name:44}{spent.per_second:>12,.0f}{figures}")
    return heard


def _neural(texts: Sequence[str], options: argparse.Namespace) -> None:
    for name, title in (("minilm", "MiniLM encoder"), ("detoxify", "Detoxify")):
        found = encoder(name, getattr(options, name), texts)
        if "why" in found:
            print(f"{title:44}not run: {found['why']}")
        else:
            print(f"{title:44}{'':42}{found['p50']:>10.2f}{found['p99']:>10.2f}   {found['what']}")


def _growth(rulebook: Rulebook, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="haven-screening-") as folder:
        house = Remembering(Path(folder), rulebook)
        try:
            heads = "".join(f"{head:>10}" for head in ("load", "screen", "remember", "all", "p99"))
            print(f"\n{'processor ms a message, SQLite file':36}{heads}")
            for level in sorted({min(level, options.pairs) for level in LEVELS}):
                house.grow(level)
                print(f"{f'the house knows {level:,} pairs':36}{_row(house.messages(300))}")
            a_pair = house.bytes_a_pair()
            for observations in OF_ONE:
                print(f"{f'one author, {observations:,} observations':36}{_row(house.of_one(observations, 40))}")
            print(f"bytes a pair in the file, indexes included: {a_pair:.0f}")
        finally:
            house.database.close()


def _row(steps: Sequence[Step]) -> str:
    columns = [sorted(column) for column in zip(*((s.load, s.screen, s.remember, s.whole) for s in steps), strict=True)]
    middles = "".join(f"{share_of(column, 0.5):10.2f}" for column in columns)
    return middles + f"{share_of(columns[-1], 0.99):10.2f}"


if __name__ == "__main__":
    sys.exit(main())
