"""The keyword list: whole words, one count a pattern and writer, raw and normalised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare import keywords
from tests.compare.conftest import Make


@pytest.fixture(scope="module")
def raw() -> keywords.Keywords:
    return keywords.raw()


@pytest.fixture(scope="module")
def normalised() -> keywords.Keywords:
    return keywords.normalised()


def test_each_language_has_at_least_the_150_patterns_asked_for() -> None:
    for path in keywords.LISTS:
        lines = [line for line in Path(path).read_text().splitlines() if line and not line.startswith("#")]
        assert len(lines) >= 150
        assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("text", ["Don't tell anyone!", "ok... DON’T TELL ANYONE ok", "no le digas a nadie"])
def test_a_pattern_is_found_whatever_stands_around_it(raw: keywords.Keywords, text: str) -> None:
    assert len(raw.found(text)) == 1


@pytest.mark.parametrize("text", ["the hotels were full", "parole", "", "   ", "?!"])
def test_only_whole_words_count(raw: keywords.Keywords, normalised: keywords.Keywords, text: str) -> None:
    assert not raw.found(text)
    assert not normalised.found(text)


@pytest.mark.parametrize("text", ["d0n't tell any0ne", "cuantos anos tienes", "ѕend a pic"])
def test_only_the_normalised_list_sees_through_spelling(
    raw: keywords.Keywords, normalised: keywords.Keywords, text: str
) -> None:
    assert not raw.found(text)
    assert normalised.found(text)


def test_a_writer_counts_each_pattern_once_and_the_highest_writer_counts(raw: keywords.Keywords, talk: Make) -> None:
    case = talk("a", "A: meet me", "B: meet me at the hotel", "A: meet me", "A: come alone", "A: hello")
    assert raw.scores([case]) == [(1, 2, 2, 2, 2)]


def test_by_itself_a_list_flags_at_the_first_pattern(raw: keywords.Keywords, talk: Make) -> None:
    case = talk("a", "A: hello", "A: come alone", "A: meet me")
    assert raw.decided(case, *raw.scores([case])).first_tier["P1"] == 2
