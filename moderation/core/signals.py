"""Which phrases of the rulebook a text holds, before anyone asks what they mean there."""

from __future__ import annotations

from dataclasses import dataclass

from moderation.core.phrases import Lookup
from moderation.core.rules import Phrase, Purpose, Rulebook
from moderation.core.text import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase found: which, how sure, and the words it covers (`first` to `last`, both included)."""

    phrase: Phrase
    confidence: float
    first: int
    last: int


def find_hits(text: Text, rulebook: Rulebook) -> tuple[Hit, ...]:
    """Every phrase of `rulebook` that ends in `text`, in reading order, once for each place it is found.

    A phrase that ended in the message before was found there.
    """
    found: dict[tuple[int, int, int], Hit] = {}
    allowed: dict[int, bool] = {}
    for owner, first, last in rulebook.finder.matches(text):
        if last < text.own:
            continue
        phrase = rulebook.phrases[owner]
        if owner not in allowed:
            allowed[owner] = _stands(text, phrase)
        if allowed[owner]:
            found.setdefault((first, last, owner), Hit(phrase, phrase.confidence, first, last))
    return tuple(found[key] for key in sorted(found))


def _stands(text: Text, phrase: Phrase) -> bool:
    if phrase.unless is not None and _holds(text, phrase.unless):
        return False
    return phrase.alongside is None or _holds(text, phrase.alongside)


def _holds(text: Text, lookup: Lookup) -> bool:
    return next(iter(lookup.matches(text)), None) is not None


def purpose_of(hit: Hit, rulebook: Rulebook) -> Purpose:
    """What the signal that `hit` shows is for."""
    return rulebook.signals[hit.phrase.signal].purpose
