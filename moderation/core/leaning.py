"""How far words lean toward what recruiters write, what is answered to them, and what people in danger say.

Three linear models over single words and pairs of neighbours. They see what no phrase names, and know nothing of who
writes to whom. The first two only add to a writer's running worth (`running.py`); the third can only bring care.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moderation.core.text import Text

START, END, STAFF = "^", "$", "!"
MOST_WORDS = 400  # of one text; a wall of words is read as far as this
SHOWN = 3  # runs of words named to staff
TELLING = 3  # letters a word must have to be worth marking: "u" and a full stop tell a reader nothing


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by run of words: `says` for a writer's own words and `hears` for the answers they get, in points of the
    running score; `needs` for words of someone in danger, in log-odds. An empty model leans nowhere.
    """

    says: Mapping[str, float] = field(default_factory=dict, repr=False)
    hears: Mapping[str, float] = field(default_factory=dict, repr=False)
    needs: Mapping[str, float] = field(default_factory=dict, repr=False)
    # All three by run: most runs of a text are in none, and are looked up once.
    by_run: Mapping[str, tuple[float, float, float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        columns = (self.says, self.hears, self.needs)
        known = {
            run: tuple(column.get(run, 0.0) for column in columns) for run in {*self.says, *self.hears, *self.needs}
        }
        object.__setattr__(self, "by_run", known)


@dataclass(frozen=True, slots=True)
class Lean:
    """How far one text leans (0 is neutral), and the word ranges that speak most for `says` and for `needs`."""

    says: float = 0.0
    hears: float = 0.0
    needs: float = 0.0
    ranges: tuple[tuple[int, int], ...] = ()
    need_ranges: tuple[tuple[int, int], ...] = ()


def runs(words: Sequence[str], *, staff: bool = False) -> Iterator[tuple[str, int, int]]:
    """Every run the model can know: (its name, first and last word). The text's start and end count as words, so that
    "ok" alone is another run than "ok" inside. Words of whoever works here count once more as such: "room" or "call me"
    is their daily work.
    """
    words = words[:MOST_WORDS]
    if staff:
        yield STAFF, 0, max(len(words) - 1, 0)
        yield from ((STAFF + word, at, at) for at, word in enumerate(words))
    before = START
    for at, word in enumerate(words):
        yield word, at, at
        yield f"{before} {word}", max(at - 1, 0), at
        before = word
    last = max(len(words) - 1, 0)
    yield f"{before} {END}", last, last


def lean(text: Text, model: Model, *, staff: bool = False) -> Lean:
    """How far the writer's own part of `text` leans: the sum of the weights of its runs, each run once.

    `staff` is true for everyone who is no youth.
    """
    says, hears, needs = 0.0, 0.0, 0.0
    risky: list[tuple[float, int, int]] = []
    needy: list[tuple[float, int, int]] = []
    own = text.words[text.own :]
    found: dict[str, tuple[int, int]] = {}
    for name, first, last in runs(own, staff=staff):
        if name in model.by_run:
            found.setdefault(name, (first, last))
    for name, (first, last) in found.items():
        weight, heard, need = model.by_run[name]
        says += weight
        hears += heard
        needs += need
        if max(weight, need) > 0 and any(len(word) >= TELLING for word in own[first : last + 1]):
            span = first + text.own, last + text.own
            if weight > 0:
                risky.append((-weight, *span))
            if need > 0:
                needy.append((-need, *span))
    return Lean(says, hears, needs, _strongest(risky), _strongest(needy))


def _strongest(found: Sequence[tuple[float, int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(first, last) for _, first, last in sorted(found)[:SHOWN]}))
