"""Compiling: sound source gives a rulebook, unsound source gives every problem at once."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from moderation.core.compiling import Sources, compile_rulebook
from moderation.core.reading import RulebookError
from moderation.rulebook import read_sources

Change = Callable[[Sources], object]


def altered(change: Change) -> Sources:
    sources = copy.deepcopy(read_sources())
    change(sources)
    return sources


def phrase(sources: Sources) -> dict[str, Any]:
    found: dict[str, Any] = sources.signals["secrecy_request.toml"]["phrase"][0]
    return found


def signal(sources: Sources) -> dict[str, Any]:
    return sources.signals["secrecy_request.toml"]  # type: ignore[return-value]


def combination(sources: Sources) -> dict[str, Any]:
    found: dict[str, Any] = sources.combinations["combination"][0]
    return found


CASES: list[tuple[Change, str]] = [
    (lambda s: combination(s).update(needs=["no_such_signal"]), "names a signal that does not exist: 'no_such_signal'"),
    (lambda s: phrase(s).update(patterns=["secret+"]), "the pattern 'secret+'"),
    (lambda s: signal(s)["reason"].pop("es"), "reason in Spanish is missing"),
    (lambda s: signal(s)["title"].pop("en"), "title in English is missing"),
    (lambda s: phrase(s).pop("must_hit"), "must_hit must be a list"),
    (lambda s: phrase(s).update(must_miss=[]), "must_miss is empty"),
    (lambda s: phrase(s).update(id="meet-offline"), "'meet-offline' is already used"),
    (lambda s: phrase(s).update(mispelt=1), "does not know the key 'mispelt'"),
    (lambda s: phrase(s).update(topic="shoes"), "topic is 'shoes'"),
    (lambda s: phrase(s).update(confidence=7), "confidence must be a number"),
    (lambda s: signal(s).pop("weight"), "weight must be a number"),
    (lambda s: signal(s).update(phrase=[]), "has no phrases"),
    (lambda s: combination(s).update(window="a while"), "window is 'a while'"),
    (lambda s: combination(s).update(needs=["new_tie"]), "needs only facts"),
    (lambda s: combination(s).update(must_hit=["not a list"]), "list of lists"),
    (lambda s: combination(s).update(tier="P9"), "tier is 'P9'"),
    (lambda s: combination(s).update(needs=["age_probe"] * 5), "more than four"),
    (lambda s: s.combinations["shift"][1].update(spares=["r99"]), "rule that does not exist: 'r99'"),
    (lambda s: s.combinations["score"]["cutoffs"].pop("P1"), "P1 must be a number"),
    (lambda s: s.gates["gate"][0].update(only=["nothing"]), "only names a signal that does not exist"),
    (lambda s: s.words["lists"].update(app="snap"), "app must be a list"),
    (lambda s: s.words["emoji"].update({"📸": ["pic"]}), "📸: needs its word in English and in Spanish"),
]


@pytest.mark.parametrize(("change", "problem"), CASES)
def test_every_kind_of_mistake_is_named(change: Change, problem: str) -> None:
    with pytest.raises(RulebookError) as error:
        compile_rulebook(altered(change))
    assert any(problem in found for found in error.value.problems), error.value.problems


def test_all_mistakes_come_at_once() -> None:
    def spoil(sources: Sources) -> None:
        phrase(sources).update(patterns=["secret+"], must_miss=[])
        combination(sources).update(needs=["no_such_signal"])
        signal(sources)["reason"].pop("es")

    with pytest.raises(RulebookError) as error:
        compile_rulebook(altered(spoil))
    assert len(error.value.problems) == 4


def test_screening_cannot_do_without_its_two_own_signals() -> None:
    sources = read_sources()
    fewer = {k: v for k, v in sources.signals.items() if k not in {"obfuscation_evasion.toml", "harm_disclosure.toml"}}
    with pytest.raises(RulebookError, match="cannot do without"):
        compile_rulebook(replace(sources, signals=fewer))


def test_compiling_twice_gives_the_same_rules() -> None:
    one, two = compile_rulebook(read_sources()), compile_rulebook(read_sources())
    assert one.version == two.version
    assert one.phrases == two.phrases
