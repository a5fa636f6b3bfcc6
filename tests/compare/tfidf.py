"""TF-IDF of words and letters, logistic regression: each writer's words so far, as one bag.

Runs of one and two words and of three to five letters within words, log counts, unit length; L2, C = 10, classes
balanced. Settings were fixed before the first run and never tuned. A writer is learned from whole, and scored after
each message, as a stream demands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from moderation.evaluate.cases import Case
from tests.compare.examples import writers
from tests.compare.running import conversation
from tests.compare.system import Scores

_BATCH = 400  # cases scored at a time: bounds the memory for long talks


def _counter(analyzer: str, runs: tuple[int, int]) -> HashingVectorizer:
    """Hashed, so that not even the vocabulary comes from a tested case."""
    return HashingVectorizer(
        analyzer=analyzer, ngram_range=runs, n_features=2**18, norm=None, alternate_sign=False, dtype=np.float32
    )


class TfIdf:
    name = "TF-IDF + logistic regression"
    learns = True

    def __init__(self) -> None:
        self._counters = (_counter("word", (1, 2)), _counter("char_wb", (3, 5)))
        self._counts: dict[str, sparse.csr_matrix] = {}

    def learn(self, cases: Sequence[Case]) -> None:
        known = list(writers(cases))
        bags = self._count_texts(["\n".join(writer.texts) for writer in known])
        self._weights = TfidfTransformer(sublinear_tf=True).fit(bags)
        self._model = LogisticRegression(C=10, class_weight="balanced", solver="liblinear", random_state=0)
        self._model.fit(self._weights.transform(bags), [writer.risky for writer in known])

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        found: list[Scores] = []
        for start in range(0, len(cases), _BATCH):
            found += self._some(cases[start : start + _BATCH])
        return found

    def _some(self, cases: Sequence[Case]) -> list[Scores]:
        with_words = [case for case in cases if case.lines]
        if not with_words:
            return [() for _ in cases]
        bags = sparse.vstack([_so_far(case) @ self._per_message(case) for case in with_words], format="csr")
        leaning = iter(self._model.decision_function(self._weights.transform(bags)))
        return [
            conversation([line.author for line in case.lines], [float(next(leaning)) for _ in case.lines])
            for case in cases
        ]

    def _per_message(self, case: Case) -> sparse.csr_matrix:
        if case.id not in self._counts:
            self._counts[case.id] = self._count_texts([line.text for line in case.lines])
        return self._counts[case.id]

    def _count_texts(self, texts: list[str]) -> sparse.csr_matrix:
        return sparse.hstack([counter.transform(texts) for counter in self._counters], format="csr")


def _so_far(case: Case) -> sparse.csr_matrix:
    """Row i adds up the messages until i of whoever wrote message i."""
    earlier: dict[str, list[int]] = {}
    rows, columns = [], []
    for i, line in enumerate(case.lines):
        own = earlier.setdefault(line.author, [])
        own.append(i)
        rows += [i] * len(own)
        columns += own
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(case.lines), len(case.lines)))
