"""Screening with a part taken off, to see what the part is worth (detection.md D4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from moderation.core.leaning import LETTERS, Model
from moderation.core.phrases import lookup
from moderation.core.relations import DISGUISE, LEARNED
from moderation.core.rules import Purpose, Rulebook
from moderation.core.text import Words
from moderation.evaluate.replay import EVERYTHING, Knowledge


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run screens with: the rules, and what the rules are told."""

    rulebook: Rulebook
    knowledge: Knowledge = EVERYTHING


PARTS: Mapping[str, str] = {
    "gates": "what the words around a phrase make of it",
    "direction": "who is spoken to: every text is an open call",
    "memory": "what was noticed before: every text stands alone",
    "ties": "age bands, and how new an account is",
    "combinations": "rules over several signals: the score alone decides",
    "score": "the sum of signs: only combinations decide",
    "wording": "the learned models: phrases and combinations alone",
    "letters": "the letters of words in the learned models: only words that others wrote",
    "danger": "the learned model that brings care: phrases alone",
    "threats": "the learned model of threats: phrases alone page a person",
    "answers": "what the learned model makes of the answers a writer gets",
    "shifts": "facts that move a tier: fan-out, long ties, reports",
    "normaliser": "short spellings and disguised words",
}


class UnknownPart(ValueError):
    """A name that is neither a part nor a signal of the rulebook."""


def without(setup: Setup, name: str) -> Setup:
    """`setup` with one part of PARTS, or one signal, taken off. Raises UnknownPart for any other name."""
    book, knowledge = setup.rulebook, setup.knowledge
    if name in {"direction", "memory", "ties"}:
        off = {"direction": "directed"}.get(name, name)
        return Setup(book, replace(knowledge, **{off: False}))
    if name in PARTS:
        return Setup(_without_part(book, name), knowledge)
    if name in book.signals:
        return Setup(_without_signal(book, name), knowledge)
    raise UnknownPart(name)


def names(rulebook: Rulebook) -> tuple[str, ...]:
    """Everything `without` can take off: the parts, then every signal that counts in some way."""
    return (*PARTS, *signal_names(rulebook))


def signal_names(rulebook: Rulebook) -> tuple[str, ...]:
    """Signals that conduct, care or privacy rest on, by name."""
    counted = (s.id for s in rulebook.signals.values() if s.purpose is not Purpose.CONTEXT)
    return tuple(sorted(name for name in counted if name not in LEARNED))  # those are parts: see PARTS


def _without_part(book: Rulebook, name: str) -> Rulebook:
    model = book.leaning.model
    if name == "gates":
        return replace(book, gates=(), gate_finder=lookup([]))
    if name == "combinations":
        return replace(book, combinations=())
    if name == "wording":
        return _with_model(book, replace(model, says={}, hears={}, threatens={}))
    if name == "answers":
        return _with_model(book, replace(model, hears={}))
    if name == "danger":
        return _with_model(book, replace(model, needs={}))
    if name == "threats":
        return _with_model(book, replace(model, threatens={}))
    if name == "letters":
        return _with_model(book, _without_letters(model))
    if name == "shifts":
        return replace(book, shifts=())
    if name == "score":
        return replace(book, scoring=replace(book.scoring, cutoffs={}))
    return replace(book, words=Words())


def _with_model(book: Rulebook, model: Model) -> Rulebook:
    return replace(book, leaning=replace(book.leaning, model=model))


def _without_letters(model: Model) -> Model:
    def words(column: Mapping[str, float]) -> dict[str, float]:
        return {run: weight for run, weight in column.items() if not run.startswith(LETTERS)}

    says, hears, needs, threatens = map(words, (model.says, model.hears, model.needs, model.threatens))
    return replace(model, says=says, hears=hears, needs=needs, threatens=threatens)


def _without_signal(book: Rulebook, name: str) -> Rulebook:
    """Without its phrases nobody can show a signal. A disguise has none: what goes is what it multiplies by."""
    phrases = tuple(phrase for phrase in book.phrases if phrase.signal != name)
    multipliers = {key: value for key, value in book.scoring.multipliers.items() if key != name}
    scoring = replace(book.scoring, multipliers=multipliers) if name == DISGUISE else book.scoring
    return replace(book, phrases=phrases, finder=lookup([phrase.patterns for phrase in phrases]), scoring=scoring)
