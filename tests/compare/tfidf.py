"""TF-IDF of words and letters, logistic regression: each writer's words so far, as one bag.

Runs of one and two words and of three to five letters within words, log counts, unit length. Nothing was ever tuned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from tests.compare.linear import Linear


def _counter(analyzer: str, runs: tuple[int, int]) -> HashingVectorizer:
    """Hashed, so that not even the vocabulary comes from a tested case."""
    return HashingVectorizer(
        analyzer=analyzer, ngram_range=runs, n_features=2**18, norm=None, alternate_sign=False, dtype=np.float32
    )


_COUNTERS = (_counter("word", (1, 2)), _counter("char_wb", (3, 5)))


def tfidf() -> Linear:
    return Linear("TF-IDF + logistic regression", _counts, TfidfTransformer(sublinear_tf=True))


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    return sparse.hstack([counter.transform(texts) for counter in _COUNTERS], format="csr")
