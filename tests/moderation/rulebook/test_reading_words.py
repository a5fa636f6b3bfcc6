"""What the shipped words make of everyday short spelling."""

import pytest

from moderation.core.rules import Rulebook
from moderation.core.text import normalise


@pytest.mark.parametrize("text", ["brr", "cps", "css", "dnd", "png", "sms", "tnt", "wth", "lmk", "tbh", "idk", "ngl"])
def test_short_words_that_never_had_a_vowel_stay_what_they_are(text: str, rulebook: Rulebook) -> None:
    assert normalise(f"ok {text} ok", rulebook.words).words[1] == text


@pytest.mark.parametrize(
    ("text", "word"), [("thnk", "think"), ("scrt", "secret"), ("s_n_a_p", "snap"), ("sht", "shit"), ("abt", "about")]
)
def test_short_spelling_is_read(text: str, word: str, rulebook: Rulebook) -> None:
    assert normalise(f"ok {text} ok", rulebook.words).words[1] == word
