"""Answers for one toxicity package in its own environment. Run by tests/compare/toxicity.py, never by hand."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

# hatesonar's tokenizer asks for the locale en_US.UTF-8, which a bare machine lacks: FOLDER/locale may hold one.
os.environ.setdefault("LOCPATH", str(Path(sys.argv[1]) / "locale"))
# tox-block is of 2020: its network only loads with the Keras 2 that tf-keras keeps.
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")


def hatesonar() -> Callable[[list[str]], list[float]]:
    """1 - the confidence that a text is neither hate speech nor offensive."""
    import numpy as np  # noqa: PLC0415 - each package lies in an environment of its own
    from hatesonar import Sonar  # noqa: PLC0415

    session = Sonar().sess

    def score(texts: list[str]) -> list[float]:
        found = []
        for start in range(0, len(texts), 512):
            _, sure = session.run(None, {"text": np.array(texts[start : start + 512], dtype=object)})
            found += [1 - float(row[2]) for row in sure]
        return found

    return score


def tox_block() -> Callable[[list[str]], list[float]]:
    """The highest of its six classes (Jigsaw 2018)."""
    from tox_block.prediction import make_predictions  # noqa: PLC0415

    def score(texts: list[str]) -> list[float]:
        found = []
        for start in range(0, len(texts), 4096):
            some = [text if text.strip() else "." for text in texts[start : start + 4096]]  # it refuses empty ones
            rows = make_predictions(some)
            found += [max(float(v) for k, v in rows[n].items() if k != "text") for n in range(len(some))]
        return found

    return score


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr
    score = {"hatesonar": hatesonar, "tox-block": tox_block}[sys.argv[2]]()
    for line in sys.stdin:
        answers.write(json.dumps(score(json.loads(line)["texts"])) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
