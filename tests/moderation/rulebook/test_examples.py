"""Every example of every rule, as written beside the rule; and proof that no signal family is idle."""

from dataclasses import replace

import pytest

from moderation.core.gates import Gated, apply_gates
from moderation.core.phrases import lookup
from moderation.core.relations import THREAT
from moderation.core.rules import Combination, Gate, Phrase, Purpose, Rulebook
from moderation.core.signals import Hit, find_hits
from moderation.core.text import normalise
from moderation.rulebook import load
from tests.moderation.core.talk import play

BOOK = load()
HITS = [pytest.param(p, text, id=f"{p.id}: {text}") for p in BOOK.phrases for text in p.must_hit]
MISSES = [pytest.param(p, text, id=f"{p.id}: {text}") for p in BOOK.phrases for text in p.must_miss]
RULES_HIT = [pytest.param(c, e.lines, id=f"{c.id}: {e.lines[0]}") for c in BOOK.combinations for e in c.must_hit]
RULES_MISS = [pytest.param(c, e.lines, id=f"{c.id}: {e.lines[0]}") for c in BOOK.combinations for e in c.must_miss]
GATED = [pytest.param(g, text, id=f"{g.id}: {text}") for g in BOOK.gates for text in g.must_gate]
KEPT = [pytest.param(g, text, id=f"{g.id}: {text}") for g in BOOK.gates for text in g.must_keep]
FED = sorted({name for rule in BOOK.combinations for group in rule.needs for name in group if name in BOOK.signals})


def gated(text: str, book: Rulebook) -> Gated:
    reading = normalise(text, book.words)
    return apply_gates(reading, find_hits(reading, book), book)


def kept(text: str, book: Rulebook) -> tuple[Hit, ...]:
    return gated(text, book).kept


def fired(rule: Combination, lines: tuple[str, ...], book: Rulebook) -> bool:
    return any(reason.rule_id == rule.id for verdict in play(book, lines) for reason in verdict.reasons)


def without_signal(name: str) -> Rulebook:
    if name == THREAT:  # learned, not written
        return replace(BOOK, leaning=replace(BOOK.leaning, model=replace(BOOK.leaning.model, threatens={})))
    phrases = tuple(phrase for phrase in BOOK.phrases if phrase.signal != name)
    return replace(BOOK, phrases=phrases, finder=lookup([phrase.patterns for phrase in phrases]))


def without_gate(gate: Gate) -> Rulebook:
    gates = tuple(other for other in BOOK.gates if other.id != gate.id)
    return replace(BOOK, gates=gates, gate_finder=lookup([other.patterns for other in gates]))


@pytest.mark.parametrize(("phrase", "text"), HITS)
def test_phrase_hits(phrase: Phrase, text: str) -> None:
    assert phrase.id in {hit.phrase.id for hit in kept(text, BOOK)}


@pytest.mark.parametrize(("phrase", "text"), MISSES)
def test_phrase_misses(phrase: Phrase, text: str) -> None:
    assert phrase.signal not in {hit.phrase.signal for hit in kept(text, BOOK)}


@pytest.mark.parametrize(("rule", "lines"), RULES_HIT)
def test_combination_fires(rule: Combination, lines: tuple[str, ...]) -> None:
    assert fired(rule, lines, BOOK)


@pytest.mark.parametrize(("rule", "lines"), RULES_MISS)
def test_combination_stays_silent(rule: Combination, lines: tuple[str, ...]) -> None:
    assert not fired(rule, lines, BOOK)


@pytest.mark.parametrize(("gate", "text"), GATED)
def test_gate_changes_what_counts(gate: Gate, text: str) -> None:
    assert gated(text, BOOK) != gated(text, without_gate(gate))


@pytest.mark.parametrize(("gate", "text"), KEPT)
def test_gate_leaves_doing_alone(gate: Gate, text: str) -> None:
    assert kept(text, BOOK)
    assert kept(text, BOOK) == kept(text, without_gate(gate))


@pytest.mark.parametrize("name", FED)
def test_taking_a_signal_away_breaks_a_combination(name: str) -> None:
    poorer = without_signal(name)
    assert not all(fired(rule, e.lines, poorer) for rule in BOOK.combinations for e in rule.must_hit)


@pytest.mark.parametrize("rule", BOOK.combinations, ids=lambda rule: rule.id)
def test_each_combination_has_an_example_in_each_language(rule: Combination) -> None:
    assert len(rule.must_hit) >= 2


def test_nothing_lowers_a_threat() -> None:
    threats = {"r1-threat", "r1-threat-by-words"}
    assert threats <= {rule.id for rule in BOOK.combinations}
    assert [shift.id for shift in BOOK.shifts if shift.by < 0 and not threats <= shift.spares] == []


def test_conduct_weighs_and_nothing_else_does() -> None:
    for signal in BOOK.signals.values():
        assert signal.purpose is Purpose.CONDUCT or signal.weight == 0


def test_identity_is_never_a_word_that_counts() -> None:
    identity = {
        "gay",
        "trans",
        "queer",
        "lesbian",
        "bi",
        "black",
        "latino",
        "latina",
        "muslim",
        "undocumented",
        "groomer",
    }
    for phrase in BOOK.phrases:
        for pattern in phrase.patterns:
            assert not pattern.words & identity, phrase.id
