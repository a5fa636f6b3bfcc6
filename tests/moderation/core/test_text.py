"""Reading: disguises undone, and every word still knows where it stood."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.core import text as reading
from moderation.core.language import Language
from moderation.core.model import Span
from moderation.core.text import Words, normalise

WORDS = Words(
    frozenset({"secret", "telegram", "cash", "please", "snap", "between", "everything", "anyone"}),
    {"u": "you", "n": "and"},
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
        ("hi there... ok", "hi there . ok"),
        ("keep it\n\nsecret\n", "keep it secret"),
        ("keep_it_secret_please", "keep it secret please"),
        ("keep.it.secret.please.", "keep it secret please ."),
        ("secretplease snapcash", "secretplease snapcash"),
        ("itssecretplease, secretpleaseyou", "itssecretplease secret please you"),
        ("secretsnapcash", "secret snap cash"),
        ("s\u3164ecret, s\u3164n\u3164a\u3164p, please\u3164cash", "secret snap please cash"),
        ("se\u115fc\u1160\u1160ret, c\uffa0ash, sna\u2800p", "secret cash snap"),
        ("sec\u2065ret ca\ufff0sh sn\U000e0200ap", "secret cash snap"),
        ("se-cr-et s-na-p", "secret snap"),
        ("🅢🅝🅐🅟 or 🇸🇳🇦🇵", "snap or snap"),
        ("рlеаsе, ᴄash", "please cash"),
        ("scrt pls", "secret please"),
        ("btwn us", "between us"),
        ("\u202eterces\u202c ok", "secret ok"),
        ("\u202epans no terces", "secret on snap"),
        ("se_cret _snap_ s_n_a_p", "secret snap snap"),
        ("sec.ret se-cret sec*ret", "secret secret secret"),
        ("s e c r e t s n a p", "secret snap"),
        ("i s n a p", "i snap"),
        ("c a s h.", "cash ."),
        ("s/n/a/p s|n|a|p s•n•a•p s—n—a—p", "snap snap snap snap"),
        ("ѕɴᴀᴘ ᴘʟᴇᴀꜱᴇ", "snap please"),
        ("c-a-s-h s-n-a-p c.a.s.h. ok", "cash snap cash . ok"),
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


def test_words_turned_round_are_marked_where_all_of_them_stand() -> None:
    result = normalise("ok \u202eterces ti peek\u202c fine", WORDS)
    assert result.words == ("ok", "keep", "it", "secret", "fine")
    assert set(result.spans[1:4]) == {(4, 18)}
    assert result.disguised == {1, 2, 3}
    assert result.spans[4] == (20, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ok.so we go.at six", "ok . so we go . at six"),
        ("p e r o yo", "pero yo"),
        ("x s n a p", "xsnap"),
        ("r u n a", "r you and a"),
        ("5 5 5 0", "5 5 5 0"),
        ("w/o, n/a, 5/5/26, a/c/b", "w o and a 5/5/26 acb"),
        ("_quiet_owl_ said", "quiet_owl said"),
        ("co-op, e-mail", "co op e mail"),
        ("a i u y " * 300, ("a i you y " * 300).strip()),
    ],
)
def test_what_only_looks_cut_or_spelt_out_stays_as_it_was(text: str, expected: str) -> None:
    assert read(text) == expected
    assert not normalise(text, WORDS).disguised


def test_a_stretched_word_keeps_its_two_letters_where_that_is_a_word() -> None:
    both = Words(frozenset({"met", "meet", "please"}))
    assert normalise("meeeet pleeease", both).line.strip() == "meet please"


def test_knows_what_was_disguised_and_what_was_only_accented() -> None:
    result = normalise("áéí s3cret años", WORDS)
    assert {result.words[i] for i in result.disguised} == {"secret"}


EMOJI = Words(emoji={"📸": ("pic", "foto")})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can you send a 📸", "can you send a pic"),
        ("mándame una 📸 que no la tengo", "mandame una foto que no la tengo"),
        ("the beach 🌊", "the beach"),
        ("¿y la 📸? did you get the 📸", "y la foto ? did you get the pic"),
    ],
)
def test_an_emoji_that_stands_for_a_word_is_read_in_the_language_around_it(text: str, expected: str) -> None:
    assert normalise(text, EMOJI).line.strip() == expected


@pytest.mark.parametrize("text", ["why shy try", "kp", "lmk brb", "ppl", "sync gyms"])
def test_short_words_without_vowels_stay_what_they_are(text: str) -> None:
    assert read(text) == text


def test_what_was_sent_just_before_is_read_but_not_marked() -> None:
    result = normalise("secret 𝓼nap", WORDS, "keep it")
    assert result.line == " keep it secret snap "
    assert result.own == 2
    assert result.spans == ((0, 0), (0, 0), (0, 6), (7, 11))
    assert result.span(0, 2) == Span(0, 6)


def test_quoted_words_are_marked() -> None:
    result = normalise('she said "keep it" ok', WORDS)
    assert {result.words[i] for i in result.quoted} == {"keep", "it"}


def test_quoted_words_are_marked_where_others_were_made_whole() -> None:
    result = normalise('s n a p "k e e p it" o k', Words(frozenset({"snap", "keep"})))
    assert {result.words[i] for i in result.quoted} == {"keep", "it"}


def test_sentence_ends_at_stops() -> None:
    result = normalise("one two. three four? five", WORDS)
    assert result.sentence(3) == (3, 4)


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_with_any_other_before_it_marks_only_itself(text: str, before: str) -> None:
    result = normalise(text, WORDS, before)
    assert all(0 <= start <= end <= len(text) for start, end in result.spans)
    assert all(end > 0 for _, end in result.spans[result.own :])


@given(st.text(max_size=400))
def test_any_text_reads_and_maps_inside_itself(text: str) -> None:
    result = normalise(text, WORDS)
    assert len(result.words) == len(result.spans) == len(result.starts)
    for start, end in result.spans:
        assert 0 <= start < end <= len(text)
    assert list(result.spans) == sorted(result.spans)
    for word, start, span in zip(result.words, result.starts, result.spans, strict=True):
        if not text[slice(*span)].isspace():  # a line break is a word, and not in the line
            assert result.line[start + 1 : start + 1 + len(word)] == word
            assert result.words_at(start, start + 1 + len(word)) == (
                result.starts.index(start),
                result.starts.index(start),
            )


def test_a_line_break_ends_a_sentence_and_parts_no_phrase() -> None:
    result = normalise("one two\nthree, four - five", WORDS)
    assert result.words == ("one", "two", ".", "three", "four", "five")
    assert result.line == " one two three four five "
    assert result.sentence(1) == (0, 1)
    assert result.words_at(result.line.index(" two"), result.line.index(" four")) == (1, 3)
    assert result.commas() == [4, 5]


def test_commas_stand_before_words_of_the_text_itself() -> None:
    assert normalise("a, b: c (d) - e 5:30 1,200 f,g", WORDS).commas() == [1, 2, 3, 4, 4, 8]
    assert normalise("a, b", WORDS, "x, y").commas() == [3]


def test_each_clause_is_asked_its_language_once_however_many_emoji_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def language_of(words: Iterable[str]) -> Language:
        asked.extend(words)
        return Language.ES

    monkeypatch.setattr(reading, "language_of", language_of)
    result = normalise("🤫" * 50 + "! ok. 🤫", Words(emoji={"🤫": ("secret", "secreto")}))
    assert result.words == ("secreto",) * 50 + (".", "ok", ".", "secreto")
    assert len(asked) == 51
