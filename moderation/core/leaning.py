"""How far words lean toward what recruiters write, what is answered to them, what people in danger say, and threats.

Four linear models over single words, pairs of neighbours, and the letters of each word. They see what no phrase names,
and know nothing of who writes to whom. The first two only add to a writer's running worth (`running.py`); the third can
only bring care; the fourth only says how soon to look at somebody whose words already sound risky.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from moderation.core.text import Text

START, END, STAFF, LETTERS = "^", "$", "!", "~"
FEWEST_LETTERS, MOST_LETTERS = 3, 4  # of a run of letters; the ends of the word count as letters
LONGEST_WORD = 24  # letters of a word that are looked at: no word is longer, only noise is
MOST_WORDS = 400  # of one text; a wall of words is read as far as this
MOST_KEPT = 20_000  # words whose letters were added up once; then it begins anew
LEAST_WORDS = 3  # of a text that can sound like danger or a threat: "no" and "yes" answer anything
SHOWN = 3  # runs of words named to staff
TELLING = 3  # letters a word must have to be worth marking: "u" and a full stop tell a reader nothing

Weights = tuple[float, float, float, float]  # says, hears, needs, threatens
NOTHING: Weights = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by run of words, or of letters after a "~": `says` for a writer's own words and `hears` for the answers
    they get, in points of the running score; `needs` for words of someone in danger and `threatens` for threats, in
    log-odds. `unread` words weigh nothing, nor do their letters. An empty model leans nowhere.
    """

    says: Mapping[str, float] = field(default_factory=dict, repr=False)
    hears: Mapping[str, float] = field(default_factory=dict, repr=False)
    needs: Mapping[str, float] = field(default_factory=dict, repr=False)
    threatens: Mapping[str, float] = field(default_factory=dict, repr=False)
    unread: frozenset[str] = field(default=frozenset(), repr=False)
    # All four by run, and what the letters of words come to: most runs of a text are in none and are looked up once.
    _by_run: Mapping[str, Weights] = field(init=False, repr=False, compare=False)
    _words: dict[str, Weights] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        says, hears, needs, threatens = self.says, self.hears, self.needs, self.threatens
        known = {
            run: (says.get(run, 0.0), hears.get(run, 0.0), needs.get(run, 0.0), threatens.get(run, 0.0))
            for run in {*says, *hears, *needs, *threatens}
        }
        object.__setattr__(self, "_by_run", known)

    def weights(self, run: str) -> Weights:
        """What a run of words weighs. Of a single word its letters weigh too: a word nobody wrote before, a typo or an
        ending is much like one that somebody did.
        """
        if " " in run or run.startswith(STAFF):
            return self._by_run.get(run, NOTHING)
        known = self._words.get(run)
        if known is None:
            if len(self._words) >= MOST_KEPT:
                self._words.clear()
            known = self._words[run] = self._word(run)
        return known

    def _word(self, word: str) -> Weights:
        if word in self.unread:
            return NOTHING
        parts = [self._by_run.get(name, NOTHING) for name in (word, *letters(word))]
        says, hears, needs, threatens = (sum(column) for column in zip(*parts, strict=True))
        return says, hears, needs, threatens


@dataclass(frozen=True, slots=True)
class Lean:
    """How far one text leans (0 is neutral), and the word ranges that speak most for `says`, `needs`, `threatens`."""

    says: float = 0.0
    hears: float = 0.0
    needs: float = 0.0
    threatens: float = 0.0
    ranges: tuple[tuple[int, int], ...] = ()
    need_ranges: tuple[tuple[int, int], ...] = ()
    threat_ranges: tuple[tuple[int, int], ...] = ()


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


def letters(word: str) -> Iterator[str]:
    """The runs of letters of a word, by name, each once: "~^no" and "~no$" of "no"."""
    whole = f"{START}{word[:LONGEST_WORD]}{END}"
    yield from dict.fromkeys(
        LETTERS + whole[at : at + length]
        for length in range(FEWEST_LETTERS, MOST_LETTERS + 1)
        for at in range(len(whole) - length + 1)
    )


def lean(text: Text, model: Model, *, staff: bool = False) -> Lean:
    """How far the writer's own part of `text` leans: the sum of the weights of its runs, each run once.

    `staff` is true for everyone who is no youth.
    """
    says, hears, needs, threatens = NOTHING
    risky: list[tuple[float, int, int]] = []
    needy: list[tuple[float, int, int]] = []
    threats: list[tuple[float, int, int]] = []
    seen: set[str] = set()
    own = text.words[text.own :]
    for name, first, last in runs(own, staff=staff):
        known = model.weights(name)
        if known is NOTHING or name in seen:
            continue
        seen.add(name)
        weight, heard, need, threat = known
        says += weight
        hears += heard
        needs += need
        threatens += threat
        if weight > 0:
            risky.append((-weight, first, last))
        if need > 0:
            needy.append((-need, first, last))
        if threat > 0:
            threats.append((-threat, first, last))
    if sum(word.isalnum() for word in own) < LEAST_WORDS:
        needs = threatens = 0.0
    sums = ((risky, says), (needy, needs), (threats, threatens))
    marks = (_strongest(found, own, text.own) if total > 0 else () for found, total in sums)
    return Lean(says, hears, needs, threatens, *marks)


def _strongest(found: list[tuple[float, int, int]], own: Sequence[str], offset: int) -> tuple[tuple[int, int], ...]:
    found.sort()
    telling = ((f, last) for _, f, last in found if any(len(word) >= TELLING for word in own[f : last + 1]))
    return tuple(sorted({(first + offset, last + offset) for first, last in islice(telling, SHOWN)}))
