"""A keyword list as a small team would write one: how many different patterns a writer has used so far.

The two lists (keywords/en.txt, keywords/es.txt) were written from tables A1 to A3 of the requirements before any
case was read, and are not to be tuned: their worth is that they are what such a list is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from moderation.core.text import Words, normalise
from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result
from moderation.rulebook import shipped
from tests.compare.judging import judged
from tests.compare.running import conversation
from tests.compare.system import Scores

LISTS = tuple(Path(__file__).parent / "keywords" / f"{language}.txt" for language in ("en", "es"))


def patterns() -> tuple[str, ...]:
    """Both lists, in order, without what the two share twice."""
    lines = (line.strip() for path in LISTS for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def as_written(text: str) -> str:
    """Lower case, words apart by single spaces, a space at either end. Accents stay as they were typed."""
    words = re.findall(r"\w+", text.lower())
    return f" {' '.join(words)} "


def as_we_read(words: Words) -> Callable[[str], str]:
    """What our normaliser makes of a text, told which words the list holds."""
    held = {word for pattern in patterns() for word in normalise(pattern, Words()).words}
    knowing = replace(words, known=words.known | held)
    return lambda text: normalise(text, knowing).line


class Keywords:
    """Counts patterns. `read` makes a text, and a pattern, into words with single spaces around."""

    learns = False

    def __init__(self, name: str, read: Callable[[str], str]) -> None:
        self.name, self.by_itself = name, f"{name}, any one pattern"
        self._read = read
        self._patterns = tuple(dict.fromkeys(read(pattern) for pattern in patterns()))

    def learn(self, cases: Sequence[Case]) -> None:
        """A list learns nothing."""

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        return [self._case(case) for case in cases]

    def decided(self, case: Case, scores: Scores) -> Result:
        """As lists mostly are used: one pattern is enough."""
        return judged(case, scores, 0)

    def found(self, text: str) -> frozenset[str]:
        """The patterns that stand in `text`."""
        line = self._read(text)
        return frozenset(pattern for pattern in self._patterns if pattern in line)

    def _case(self, case: Case) -> Scores:
        used: dict[str, set[str]] = {}
        counts = []
        for line in case.lines:
            used.setdefault(line.author, set()).update(self.found(line.text))
            counts.append(float(len(used[line.author])))
        return conversation([line.author for line in case.lines], counts)


def raw() -> Keywords:
    """The list on the words as they were typed."""
    return Keywords("keyword list, raw", as_written)


def normalised() -> Keywords:
    """The same list on what our normaliser reads."""
    return Keywords("keyword list, our normaliser", as_we_read(shipped().words))
