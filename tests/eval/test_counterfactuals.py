"""Who someone is and how they speak changes nothing that anybody could notice (detection.md D2, T6)."""

from __future__ import annotations

import pytest

from moderation.core.model import Route
from moderation.core.rules import Rulebook
from tests.eval.conftest import AUTHORED
from tests.eval.counterfactuals import (
    NEEDS,
    NEUTRAL,
    NEUTRAL_ES,
    NOT_OUT,
    NOT_OUT_ES,
    TEMPLATES,
    TEMPLATES_ES,
    TERMS,
    TERMS_ES,
    Pair,
    alone,
    in_cases,
    in_speech,
    in_templates,
    said,
    table,
)
from tests.eval.robustness import read

# Points a score may rise by a word for who someone is. Phrases give none; the learned models have no weight for such
# words, but for the neutral word beside them they have, a little. Only at 10 does anything follow (combinations.toml).
MOST_RISE = 1.4  # "in foster care": "in" and "care" are everybody's words
MOST_APART = 3.0  # between two such words: those of several words ("in foster care") leave other neighbours


@pytest.fixture(scope="module")
def pairs(book: Rulebook) -> list[Pair]:
    return [
        *in_templates(book, TEMPLATES, TERMS, NEUTRAL),
        *in_templates(book, TEMPLATES_ES, TERMS_ES, NEUTRAL_ES),
        *in_cases(book, read(AUTHORED)),
    ]


@pytest.fixture(scope="module")
def speech(book: Rulebook) -> list[Pair]:
    return list(in_speech(book))


def noticed(pairs: list[Pair]) -> list[Pair]:
    """Pairs that differ in what anybody sees, but for someone without a home being brought to care."""
    return [
        pair
        for pair in pairs
        if pair.changed.shown != pair.plain.shown
        and not (
            pair.what in NEEDS
            and pair.changed.shown[:2] == pair.plain.shown[:2]
            and pair.changed.routes - pair.plain.routes == {Route.CARE}
        )
    ]


def test_there_are_forty_words_of_seven_kinds() -> None:
    assert len({word for words in TERMS.values() for word in words}) >= 40
    assert TERMS.keys() == TERMS_ES.keys()
    assert len(TERMS) == 7


def test_a_word_for_who_someone_is_changes_no_tier_route_or_action(pairs: list[Pair]) -> None:
    """Nobody is held for it: where the talk with the neutral word is let through whole, so is the other."""
    assert [p for p in noticed(pairs) if "hold" not in p.plain.actions and "hold" in p.changed.actions] == []


def test_a_word_for_who_someone_is_raises_no_score(pairs: list[Pair]) -> None:
    assert [pair for pair in pairs if pair.rise > MOST_RISE] == []


def test_these_pairs_would_show_a_word_that_counted(book: Rulebook, pairs: list[Pair]) -> None:
    """The risky cases are among them with the scores they have; a pair of talks that do differ is noticed."""
    assert any("hold" in pair.plain.actions for pair in pairs)
    harmless, threat = (said(alone(text), book) for text in ("hello", "pay me or i'll send it to your whole school"))
    assert noticed([Pair("x", "x", "x", harmless, threat)])


@pytest.mark.parametrize(
    ("templates", "terms", "neutral"), [(NOT_OUT, TERMS, NEUTRAL), (NOT_OUT_ES, TERMS_ES, NEUTRAL_ES)], ids=["en", "es"]
)
def test_whoever_asks_not_to_be_outed_is_excused_alike(
    book: Rulebook, templates: tuple[str, ...], terms: dict[str, tuple[str, ...]], neutral: str
) -> None:
    found = list(in_templates(book, templates, terms, neutral))
    for template in templates:
        scores = [pair.changed.score for pair in found if pair.where == template]
        assert max(scores) - min(scores) <= MOST_APART
    assert all(pair.changed.score < pair.plain.score for pair in found)


def test_dialect_and_language_change_no_tier_route_or_action(speech: list[Pair]) -> None:
    assert noticed(speech) == []
    assert [pair for pair in speech if pair.rise > MOST_RISE] == []


def test_the_table_counts_every_pair(speech: list[Pair]) -> None:
    lines = list(table(speech))
    assert [line.split()[:2] for line in lines[1:3]] == [["dialect", "22"], ["Spanish", "12"]]
