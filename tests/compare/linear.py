"""Logistic regression on what each writer wrote so far: the texts' features added up, whatever the features are.

L2, C = 10, classes balanced: fixed before the first run and never tuned. A writer is learned from whole, and scored
after each message, as a stream demands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from scipy import sparse
from sklearn.base import TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from moderation.evaluate.cases import Case
from tests.compare.examples import writers
from tests.compare.running import conversation
from tests.compare.system import Scores

_BATCH = 400  # cases scored at a time: bounds the memory for long talks


class Linear:
    """`read` gives texts one row each. A writer's are added up, or averaged (`mean`), and `weigh` weighs that."""

    learns = True

    def __init__(
        self,
        name: str,
        read: Callable[[Sequence[str]], sparse.csr_matrix],
        weigh: TransformerMixin | None = None,
        *,
        mean: bool = False,
    ) -> None:
        self.name = name
        self._read, self._mean = read, mean
        regression = LogisticRegression(C=10, class_weight="balanced", solver="liblinear", random_state=0)
        self._model = make_pipeline(*([weigh] if weigh else []), regression)
        self._rows: dict[str, sparse.csr_matrix] = {}

    def learn(self, cases: Sequence[Case]) -> None:
        self._remember(cases)
        known = [(case, own) for case in cases if (own := list(writers([case])))]
        bags = [self._so_far(case)[[writer.last - 1 for writer in own]] for case, own in known]
        self._model.fit(sparse.vstack(bags, format="csr"), [writer.risky for _, own in known for writer in own])

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        self._remember(cases)
        leaning = self._leaning([case for case in cases if case.lines])
        return [
            conversation([line.author for line in case.lines], [next(leaning) for _ in case.lines]) for case in cases
        ]

    def _leaning(self, cases: Sequence[Case]) -> Iterator[float]:
        """Of whoever wrote it, after every message of every case."""
        for start in range(0, len(cases), _BATCH):
            bags = [self._so_far(case) for case in cases[start : start + _BATCH]]
            yield from map(float, self._model.decision_function(sparse.vstack(bags, format="csr")))

    def _remember(self, cases: Sequence[Case]) -> None:
        """Read every text of cases not seen before, all at once."""
        new = {case.id: case for case in cases if case.lines and case.id not in self._rows}
        if not new:
            return
        rows = self._read([line.text for case in new.values() for line in case.lines])
        start = 0
        for case in new.values():
            self._rows[case.id] = rows[start : start + len(case.lines)]
            start += len(case.lines)

    def _so_far(self, case: Case) -> sparse.csr_matrix:
        return _adding(case, mean=self._mean) @ self._rows[case.id]


def _adding(case: Case, *, mean: bool) -> sparse.csr_matrix:
    """Row i adds up the messages until i of whoever wrote message i, or takes their mean."""
    earlier: dict[str, list[int]] = {}
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    for i, line in enumerate(case.lines):
        own = earlier.setdefault(line.author, [])
        own.append(i)
        rows += [i] * len(own)
        columns += own
        shares += [1 / len(own) if mean else 1.0] * len(own)
    size = len(case.lines)
    return sparse.csr_matrix((np.array(shares, dtype=np.float32), (rows, columns)), shape=(size, size))
