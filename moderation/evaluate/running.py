"""Many conversations over several processes, answered in the order they came in, whatever their number."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice

from moderation.evaluate.cases import Case
from moderation.evaluate.parts import Setup, without
from moderation.evaluate.replay import Result, replay
from moderation.rulebook import shipped

CHUNK = 40  # cases handed to a process at a time: long enough to be worth the trip, short enough to share out evenly


class Runner:
    """Replays cases with some parts off. `pool` None means here, in this very process."""

    def __init__(self, pool: multiprocessing.pool.Pool | None) -> None:
        self._pool = pool

    def results(self, cases: Iterable[Case], off: Sequence[str] = ()) -> Iterator[Result]:
        """One result a case, in the order of `cases`. `off` names parts and signals, as `parts.without` takes them.

        Raises UnknownPart before any case is read.
        """
        setup(tuple(off))
        work = partial(_replay_all, off=tuple(off))
        chunks = _chunks(cases)
        for done in map(work, chunks) if self._pool is None else self._pool.imap(work, chunks):
            yield from done


@contextmanager
def runner(processes: int) -> Iterator[Runner]:
    """A Runner on that many processes. They are started afresh, not forked, so each platform does the same."""
    if processes <= 1:
        yield Runner(None)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield Runner(pool)


@lru_cache(maxsize=4)
def setup(off: tuple[str, ...]) -> Setup:
    """The shipped rulebook without `off`, compiled once a process. Raises UnknownPart, RulebookError."""
    if not off:
        return Setup(shipped())
    return without(setup(off[:-1]), off[-1])


def _replay_all(cases: Sequence[Case], off: tuple[str, ...]) -> list[Result]:
    using = setup(off)
    return [replay(case, using.rulebook, using.knowledge) for case in cases]


def _chunks(cases: Iterable[Case]) -> Iterator[list[Case]]:
    source = iter(cases)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
