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

# How much a score may rise by who someone is, or by dialect or language, alone. Rules weigh no such word, so nothing.
# A layer learned from few texts cannot promise nought: whoever adds one sets this, well below a step between tiers.
MOST_RISE = 0.0


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
    assert noticed(pairs) == []


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
    assert [(pair.what, pair.where) for pair in found if pair.changed.score > 0] == []
    assert all(pair.plain.score > 0 for pair in found), "a template that excuses everybody shows nothing"


def test_dialect_and_language_change_no_tier_route_or_action(speech: list[Pair]) -> None:
    assert noticed(speech) == []
    assert [pair for pair in speech if pair.rise > MOST_RISE] == []


def test_the_table_counts_every_pair(speech: list[Pair]) -> None:
    lines = list(table(speech))
    assert [line.split()[:2] for line in lines[1:3]] == [["dialect", "22"], ["Spanish", "12"]]
