"""What someone asked for, read into needs, filters and words; and how a listing is made findable. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from community.resources.kinds import FILTERS, TILES
from community.resources.vocabulary import FILTER_WORDS, NEED_WORDS, SMALL_WORDS
from moderation.core.naming import without_marks

LONGEST = 120  # characters of a search that are read
MOST_WORDS = 8
AGES = range(10, 27)  # ages a visitor may ask for; the programs serve youth up to 21, some places up to 26
NOWHERE = "?"  # the city of "606" or "🙂": no city is called so, and the page then says that nothing is listed there
ZIP_AREA = 3  # leading digits two neighbouring ZIP codes share


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor asks for. Nothing here is ever kept: not in the address, a log, the session or the database."""

    words: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    age: int | None = field(default=None, repr=False)
    need: str = ""
    filters: frozenset[str] = frozenset()
    after: int = 0

    @property
    def is_typed(self) -> bool:
        """True if it holds something that must not land in an address."""
        return bool(self.words or self.place or self.age is not None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, understood. `tags` are alternatives; `area` is the shared start of a ZIP code."""

    tile: tuple[str, ...]
    tags: frozenset[str]
    filters: frozenset[str]
    words: tuple[str, ...] = field(repr=False)
    city: str = field(default="", repr=False)
    area: str = field(default="", repr=False)
    zip: str = field(default="", repr=False)

    @property
    def needs(self) -> frozenset[str]:
        """Everything looked for, by tile or by word."""
        return self.tags | frozenset(self.tile)


def fold(text: str) -> str:
    """Lower case, no accents, words apart by one space."""
    return " ".join(re.findall(r"[a-z0-9+]+", without_marks(text.casefold())))


def findable(texts: Iterable[str]) -> str:
    """The column a listing is found by: its texts folded, a space in front of every word."""
    return f" {fold(' '.join(texts))} "


def understand(search: Search) -> Asked:
    """Read a search. Words we know become needs and filters; the rest must be found in the listing itself."""
    tokens = fold(search.words[:LONGEST]).split()
    tags: set[str] = set()
    filters = set(search.filters) & FILTERS.keys()
    rest: list[str] = []
    while tokens:
        length, concept = _longest(tokens)
        taken, tokens = tokens[:length], tokens[length:]
        if concept in FILTERS:
            filters.add(concept)
        elif concept:
            tags.add(concept)
        else:
            rest += [word for word in taken if word not in SMALL_WORDS and len(word) > 1]
    city, zip_code = _place(search.place)
    tile = TILES[search.need].covers if search.need in TILES else ()
    return Asked(
        tile, frozenset(tags), frozenset(filters), tuple(rest[:MOST_WORDS]), city, zip_code[:ZIP_AREA], zip_code
    )


def _place(typed: str) -> tuple[str, str]:
    """(city folded, ZIP) of what was typed; "Riverton, IL 60601" gives both. What is neither is NOWHERE."""
    digits = re.search(r"\b\d{5}\b", typed[:LONGEST])
    words = re.sub(r"[\d-]+", " ", typed[:LONGEST].split(",")[0])
    unknown = NOWHERE if typed.strip() and not digits else ""
    return fold(words) or unknown, digits.group() if digits else ""


def _longest(tokens: list[str]) -> tuple[int, str]:
    """How many leading tokens make a phrase we know, and what it means; (1, "") when none do."""
    for length in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        phrase = " ".join(tokens[:length])
        for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es")):
            if form in _MEANING:
                return length, _MEANING[form]
    return 1, ""


_MEANING = {word: concept for table in (NEED_WORDS, FILTER_WORDS) for concept, words in table.items() for word in words}
_LONGEST_PHRASE = max(len(word.split()) for word in _MEANING)
