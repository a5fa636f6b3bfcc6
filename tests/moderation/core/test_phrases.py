"""The pattern language: what it says, and what it refuses to say."""

import pytest

from moderation.core.phrases import Dictionary, PatternError, compile_pattern, lookup
from moderation.core.text import Words, normalise

DICTIONARY = Dictionary({"app": ["snap", "the other app"]}, {"u": "you"})


def found(pattern: str, text: str) -> bool:
    reading = normalise(text, Words(spelling=DICTIONARY.spelling))
    return any(True for _ in lookup([[compile_pattern(pattern, DICTIONARY)]]).matches(reading))


@pytest.mark.parametrize(
    ("pattern", "hit", "miss"),
    [
        ("keep it between us", "please keep it between us ok", "keep it all between us"),
        ("(keep|leave it) between", "leave it between", "leave between"),
        ("keep it [just|only] here", "keep it just here", "keep it right here"),
        ("keep .. secret", "keep all of it secret", "keep one two three four secret"),
        ("keep ..1 secret", "keep it secret", "keep all it secret"),
        ("keep .. secret", "keep it secret", "keep it. secret"),
        ("secret*", "secrets", "asecret"),
        ("add me on @app", "add me on the other app", "add me on paper"),
        ("# a night", "500 a night", "good a night"),
        ("# a night", "$1,200 a night", "a night"),
        ("alone ?", "are u alone?", "are u alone"),
        ("you up", "u up", "he is up"),
        ("años", "anos", "ano"),
        ("don't", "dont", "do not"),
        ("text <phone>", "text 555-0138", "text 5550"),
    ],
)
def test_means(pattern: str, hit: str, miss: str) -> None:
    assert found(pattern, hit)
    assert not found(pattern, miss)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "empty"),
        (".. secret", "gap"),
        ("secret ..", "gap"),
        ("keep ..9 it", "gap"),
        ("[maybe] [this]", "must be there"),
        ("ab*", "short"),
        ("@nowhere", "does not exist"),
        ("(one|two", "where one is needed"),
        ("one)", "no beginning"),
        ("one+", "understand"),
        (r"one\w", "understand"),
        ("(one|)", "empty"),
        ("a ..6 b ..6 c ..6 d ..6 e", "slow"),
        ("word " * 200, "longer"),
    ],
)
def test_refuses(pattern: str, problem: str) -> None:
    with pytest.raises(PatternError, match=problem):
        compile_pattern(pattern, DICTIONARY)


def test_is_tried_only_on_texts_that_hold_its_rarest_word() -> None:
    assert compile_pattern("is it a (secret|mystery) to you", DICTIONARY).anchors == {"secret", "mystery"}


def test_is_tried_only_on_texts_that_hold_the_rest_of_its_whole_words() -> None:
    pattern = compile_pattern("(keep|hide) [it] .. secret* (from|of) mom", DICTIONARY)
    assert pattern.anchors == {"mom"}
    assert set(pattern.needs) == {frozenset({"keep", "hide"}), frozenset({"from", "of"})}  # a stem is no whole word


@pytest.mark.parametrize("text", ["$5 a night", "5k a night", "a 50 a night", "12:30 a night"])
def test_a_number_is_looked_up_by_any_digit(text: str) -> None:
    assert found("# a night", text)


def test_matches_name_their_words() -> None:
    reading = normalise("ok so keep it secret now", Words())
    finder = lookup([[compile_pattern("nothing", DICTIONARY)], [compile_pattern("keep it secret", DICTIONARY)]])
    assert list(finder.matches(reading)) == [(1, 2, 4)]
