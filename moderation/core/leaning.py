"""How far words lean toward what recruiters and groomers write, and toward what is answered to them.

Two linear models over single words and pairs of neighbours. They see what no phrase names, and know nothing of who
writes to whom. What they say only adds to a writer's running worth (`running.py`); alone it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moderation.core.text import Text

START, END = "^", "$"
MOST_WORDS = 400  # of one text; a wall of words is read as far as this
SHOWN = 3  # runs of words named to staff


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by run of words, in points of the running score: `says` for a writer's own words, `hears` for the
    answers they get. An empty model leans nowhere.
    """

    says: Mapping[str, float] = field(default_factory=dict, repr=False)
    hears: Mapping[str, float] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Lean:
    """How far one text leans (points, 0 is neutral), and the word ranges that speak for it most."""

    says: float = 0.0
    hears: float = 0.0
    ranges: tuple[tuple[int, int], ...] = ()


def runs(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every run the model can know: (its name, first and last word). The text's start and end count as words, so that
    "ok" alone is another run than "ok" inside.
    """
    words = words[:MOST_WORDS]
    before = START
    for at, word in enumerate(words):
        yield word, at, at
        yield f"{before} {word}", max(at - 1, 0), at
        before = word
    last = max(len(words) - 1, 0)
    yield f"{before} {END}", last, last


def lean(text: Text, model: Model) -> Lean:
    """How far the writer's own part of `text` leans: the sum of the weights of its runs, each run once."""
    says, hears = 0.0, 0.0
    strongest: list[tuple[float, int, int]] = []
    seen: set[str] = set()
    for name, first, last in runs(text.words[text.own :]):
        if name in seen:
            continue
        seen.add(name)
        hears += model.hears.get(name, 0.0)
        weight = model.says.get(name, 0.0)
        says += weight
        if weight > 0:
            strongest.append((-weight, first + text.own, last + text.own))
    ranges = tuple(sorted({(first, last) for _, first, last in sorted(strongest)[:SHOWN]}))
    return Lean(says, hears, ranges)
