"""Sentence embeddings, logistic regression: what each writer wrote so far, as all-MiniLM-L6-v2 reads it, added up.

The answer to "would a sentence encoder earn its cost?". It reads English; Spanish only as far as the two share letters.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from tests.compare.elsewhere import Worker
from tests.compare.linear import Linear

_AT_ONCE = 4096  # texts a question: an answer is some 8 MB


def minilm(asking: Worker, *, mean: bool) -> Linear:
    """`asking` is Sentinel's worker, which keeps the embeddings of both. `mean`: of a writer's texts, as is often done.

    A mean of one text is as long as a mean of many and far less sure, so a mean is wrong early; a sum grows with talk.
    """

    def read(texts: Sequence[str]) -> sparse.csr_matrix:
        different = list(dict.fromkeys(texts))
        answers = [
            asking.ask(ask="embed", texts=different[start : start + _AT_ONCE])
            for start in range(0, len(different), _AT_ONCE)
        ]
        rows = np.frombuffer(b"".join(map(base64.b64decode, answers)), dtype="<f4").reshape(len(different), -1)
        place = {text: n for n, text in enumerate(different)}
        return sparse.csr_matrix(rows[[place[text] for text in texts]])

    return Linear(f"MiniLM, {'mean' if mean else 'sum'} + logistic regression", read, mean=mean)
