"""Reading: disguises undone, and every word still knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.core.text import Words, normalise

WORDS = Words(
    frozenset({"secret", "telegram", "cash", "please", "snap", "between", "everything", "anyone"}), {"u": "you"}
)


def read(text: str) -> str:
    return normalise(text, WORDS).line.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keep it SECRET", "keep it secret"),
        ("s\u200be\u200bc\u200br\u200bet", "secret"),
        ("ｓｅｃｒｅｔ", "secret"),
        ("𝓼𝓮𝓬𝓻𝓮𝓽", "secret"),
        ("ѕесrеt", "secret"),
        ("s3cr3t c4sh", "secret cash"),
        ("s e c r e t", "secret"),
        ("s.n.a.p", "snap"),
        ("tele-gram", "telegram"),
        ("pleeeease", "please"),
        ("don’t", "dont"),
        ("¿Cuántos años?", "cuantos anos ?"),
        ("u ok", "you ok"),
        ("hi\nthere... ok", "hi . there . ok"),
    ],
)
def test_reads_through_disguise(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["b4", "h3y", "a b c", "t-shirt", "16yo", "lol 100"])
def test_leaves_alone_what_is_no_known_word(text: str) -> None:
    assert not normalise(text, WORDS).disguised


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("555-0138", "<phone>"),
        ("(213) 555 0138", "<phone>"),
        ("1-800-786-2929", "<tollfree>"),
        ("a.b@example.org", "<email>"),
        ("https://example.org/x", "<link>"),
        ("example.org/jobs", "<link>"),
        ("@theo.x", "<handle>"),
        ("$1,200", "$1,200"),
        ("5:30", "5:30"),
        ("@c4sh", "<handle>"),
    ],
)
def test_recognises_shapes(text: str, shape: str) -> None:
    assert read(text) == shape


def test_spans_point_into_the_original() -> None:
    text = "ok ➜ 𝓼𝓮𝓬𝓻𝓮𝓽, s\u200bnap!"
    result = normalise(text, WORDS)
    spans = {word: text[result.span(i, i).start : result.span(i, i).end] for i, word in enumerate(result.words)}
    assert spans["secret"] == "𝓼𝓮𝓬𝓻𝓮𝓽"
    assert spans["snap"] == "s\u200bnap"


def test_knows_what_was_disguised_and_what_was_only_accented() -> None:
    result = normalise("áéí s3cret años", WORDS)
    assert {result.words[i] for i in result.disguised} == {"secret"}


def test_quoted_words_are_marked() -> None:
    result = normalise('she said "keep it" ok', WORDS)
    assert {result.words[i] for i in result.quoted} == {"keep", "it"}


def test_sentence_ends_at_stops() -> None:
    result = normalise("one two. three four? five", WORDS)
    assert result.sentence(3) == (3, 4)


@given(st.text(max_size=400))
def test_any_text_reads_and_maps_inside_itself(text: str) -> None:
    result = normalise(text, WORDS)
    assert len(result.words) == len(result.spans) == len(result.starts)
    for start, end in result.spans:
        assert 0 <= start < end <= len(text)
    assert list(result.spans) == sorted(result.spans)
    for start, word in zip(result.starts, result.words, strict=True):
        assert result.line[start + 1 : start + 1 + len(word)] == word
