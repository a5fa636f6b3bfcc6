"""Haven's own screening, whole or with a part taken off, replayed as `moderation.evaluate` replays it."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result
from moderation.evaluate.running import Runner
from tests.compare.system import Scores


class Ours:
    """Learns nothing here: people wrote the rulebook. `off` names a part, as `moderation.evaluate --without`."""

    learns = False

    def __init__(self, running: Runner, off: tuple[str, ...] = ()) -> None:
        self.name = "ours" + "".join(f", without {part}" for part in off)
        self._running, self._off = running, off
        self.results: dict[str, Result] = {}

    def learn(self, cases: Sequence[Case]) -> None:
        """Rules are not learned."""

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        """Also keeps the whole results, for what our own tiers make of the cases."""
        results = list(self._running.results(cases, self._off))
        self.results.update((result.id, result) for result in results)
        return [result.scores for result in results]
