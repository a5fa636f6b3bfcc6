"""Toxicity models that carry their weights in their package, under their own names: the worst message so far.

They look for abuse, which recruiting and grooming mostly are not; they are here because people ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from moderation.evaluate.cases import Case
from tests.compare.elsewhere import Worker
from tests.compare.running import conversation
from tests.compare.system import Scores

NOT_REACHABLE = "its weights are on release pages that this machine cannot reach"


class Toxicity:
    learns = False

    def __init__(self, name: str) -> None:
        self.name = name
        self._asking = Worker(f"{name}/bin/python", "toxicity_worker.py", name)
        self._known: dict[str, float] = {}

    def learn(self, cases: Sequence[Case]) -> None:
        """Used as it comes."""

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        new = list(dict.fromkeys(line.text for case in cases for line in case.lines if line.text not in self._known))
        if new:
            self._known.update(zip(new, self._asking.ask(texts=new), strict=True))
        return [self._case(case) for case in cases]

    def close(self) -> None:
        self._asking.close()

    def _case(self, case: Case) -> Scores:
        worst: dict[str, float] = {}
        found = []
        for line in case.lines:
            worst[line.author] = max(worst.get(line.author, 0.0), self._known[line.text])
            found.append(worst[line.author])
        return conversation([line.author for line in case.lines], found)
