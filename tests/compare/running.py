"""From scores of writers to the running score of a conversation, as `moderation.evaluate.replay` defines it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.compare.system import Scores


def conversation(authors: Iterable[str], scores: Iterable[float]) -> Scores:
    """`scores[i]` is what the system holds of `authors[i]` after message i; the highest of everybody's latest."""
    latest: dict[str, float] = {}
    found = []
    for author, score in zip(authors, scores, strict=True):
        latest[author] = score
        found.append(max(latest.values()))
    return tuple(found)
