"""Which memories of one author can still change what is made of a later text: what the house reads back, and no more.

Of one signal toward one person a memory is dead when a newer one is as sure: it is younger, so it lies in every window
the old one lies in, and after decay it is never weaker (`relations.py`). The newest few are kept whatever they are, for
they are what a reviewer is shown. So what is read for a message grows with the signals a rulebook knows, not with talk.
"""

from __future__ import annotations

from collections.abc import Iterable

from moderation.core.model import Observation

NEWEST = 3  # of each signal toward each person: earlier lines a reason can name beside the surest ones


def alive(past: Iterable[Observation]) -> list[Observation]:
    """Of one author's memories, oldest first in and out, those that can still count.

    What comes later may be added to the answer: `alive(alive(a) + b) == alive(a + b)`.
    """
    newer: dict[tuple[str | None, str], tuple[int, float]] = {}
    kept = []
    for seen in reversed(list(past)):
        key = seen.target_id, seen.signal
        number, surest = newer.get(key, (0, -1.0))
        if number < NEWEST or seen.confidence > surest:
            kept.append(seen)
        newer[key] = number + 1, max(surest, seen.confidence)
    return kept[::-1]
