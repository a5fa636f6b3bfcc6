"""Finding phrases, before gates."""

from moderation.core.rules import Rulebook
from moderation.core.signals import find_hits
from moderation.core.text import normalise


def rules_in(text: str, rulebook: Rulebook) -> set[str]:
    return {hit.phrase.id for hit in find_hits(normalise(text, rulebook.words), rulebook)}


def test_finds_several_signals_in_reading_order(rulebook: Rulebook) -> None:
    hits = find_hits(normalise("i can pick you up. keep it between us", rulebook.words), rulebook)
    assert [hit.phrase.id for hit in hits] == ["transport-ride", "secrecy-between-us"]


def test_unless_words_take_a_phrase_away(rulebook: Rulebook) -> None:
    assert "secrecy-between-us" in rules_in("keep it between us", rulebook)
    assert "secrecy-between-us" not in rules_in("keep it between us, surprise for her birthday", rulebook)


def test_a_phrase_that_needs_company_is_silent_alone(rulebook: Rulebook) -> None:
    assert "job-vague" not in rules_in("my uncle has a job", rulebook)
    assert "job-vague" in rules_in("my uncle has a job, easy money", rulebook)


def test_an_ordinary_line_holds_nothing(rulebook: Rulebook) -> None:
    assert not rules_in("lol that game last night was wild, who won", rulebook)
