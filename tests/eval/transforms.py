"""Twelve ways of hiding words (detection.md D2, T5): a case goes in, the same case with its words disguised comes out.

Each is pure: the same case and seed give the same case, and what goes in is never changed. A person who hides
something hides the words that matter and stays readable, so the disguise falls on HALF of the words of LONG letters and
more, drawn by the seed; the choice knows nothing of the rulebook. In a case that names a person of concern only that
person's messages are disguised; in every other everybody's, which is what harmless play with letters looks like.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from tests.eval.switching import SIGNS, TO_ENGLISH, TO_SPANISH

Case = dict[str, Any]
Disguise = Callable[[str, random.Random], str]
Transform = Callable[[Case, int], Case]

LONG = 4
HALF = 0.5
_WORD = re.compile(
    rf"(?<![\w@$./-])[^\W\d_]{{{LONG},}}(?![\w@]|[./-]\w|://)"
)  # no part of a link, an address or a handle
_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
_MARKS = "\u200e\u200f\u061c"
_EMBEDDINGS = (("\u2066", "\u2069"), ("\u2067", "\u2069"), ("\u202a", "\u202c"), ("\u202d", "\u202c"))
_ALIKE = str.maketrans("aceiopxyhkmtABCEHIKMOPTX", "асеіорхуһкмтАВСЕНІКМОРТХ")
_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
_VOWELS = re.compile(r"[aeiouáéíóú]", re.IGNORECASE)
_STEP = 0.05  # minutes between the pieces of one message: three seconds


def _on_words(disguise: Disguise) -> Disguise:
    """`disguise` on a drawn half of the long words of a text."""

    def whole(text: str, rng: random.Random) -> str:
        return _WORD.sub(lambda match: disguise(match[0], rng) if rng.random() < HALF else match[0], text)

    return whole


def _invisible(word: str, rng: random.Random) -> str:
    """One or two characters that show nothing, somewhere inside."""
    for _ in range(rng.choice((1, 2))):
        at = rng.randrange(1, len(word))
        word = word[:at] + rng.choice(_INVISIBLE) + word[at:]
    return word


def _directed(word: str, rng: random.Random) -> str:
    """A direction mark inside, or the word in an embedding, or written backwards and turned round by an override."""
    kind = rng.randrange(3)
    if kind == 0:
        at = rng.randrange(1, len(word))
        return word[:at] + rng.choice(_MARKS) + word[at:]
    if kind == 1:
        opening, closing = rng.choice(_EMBEDDINGS)
        at = rng.randrange(1, len(word))
        return opening + word[:at] + closing + word[at:]
    return "\u202e" + word[::-1] + "\u202c"


def _look_alike(word: str, rng: random.Random) -> str:
    """Half of the letters that have a Cyrillic twin, at least one."""
    able = [at for at, letter in enumerate(word) if letter.translate(_ALIKE) != letter]
    chosen = {at for at in able if rng.random() < HALF} or set(able[:1])
    return "".join(letter.translate(_ALIKE) if at in chosen else letter for at, letter in enumerate(word))


def _wide(word: str, rng: random.Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)


def _leet(word: str, rng: random.Random) -> str:
    """Half of the letters that have a digit, at least one."""
    able = [at for at, letter in enumerate(word) if letter.lower() in _LEET]
    chosen = {at for at in able if rng.random() < HALF} or set(able[:1])
    return "".join(_LEET[letter.lower()] if at in chosen else letter for at, letter in enumerate(word))


def _spaced(word: str, rng: random.Random) -> str:
    return " ".join(word)


def _dotted(word: str, rng: random.Random) -> str:
    """One mark between all letters, or once somewhere in the middle."""
    mark = rng.choice(".-_*")
    if rng.random() < HALF:
        return mark.join(word)
    at = rng.randrange(2, len(word) - 1)
    return word[:at] + mark + word[at:]


def _repeated(word: str, rng: random.Random) -> str:
    """One letter, a vowel where there is one, written three to five times."""
    able = [at for at, letter in enumerate(word) if _VOWELS.match(letter)] or range(len(word))
    at = rng.choice(list(able))
    return word[:at] + word[at] * rng.randint(3, 5) + word[at + 1 :]


def _without_vowels(word: str, rng: random.Random) -> str:
    """Every vowel but a first letter gone, where three letters stay to be read."""
    bones = word[0] + _VOWELS.sub("", word[1:])
    return bones if len(bones) >= 3 else word


def _signs(text: str, rng: random.Random) -> str:
    """A drawn half of the words that a picture can stand for, in either language, become that picture."""
    return _WORD_OR_SHORT.sub(
        lambda match: SIGNS[match[0].lower()] if match[0].lower() in SIGNS and rng.random() < HALF else match[0], text
    )


_WORD_OR_SHORT = re.compile(r"(?<![\w@$./-])[^\W\d_]+(?:'[^\W\d_]+)?(?![\w@]|[./-]\w|://)")


def _switched(text: str, rng: random.Random) -> str:
    """A drawn half of the runs of words that a small dictionary knows, said in the other language mid-sentence.

    The text's own language is that of which the dictionary knows more words, English where it is a draw.
    """
    table = TO_ENGLISH if _known(text, TO_ENGLISH) > _known(text, TO_SPANISH) else TO_SPANISH
    longest = sorted(table, key=len, reverse=True)
    runs = re.compile(r"(?<![\w@$./-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w@']|[./-]\w)", re.IGNORECASE)
    return runs.sub(lambda match: table[match[0].lower()] if rng.random() < HALF else match[0], text)


def _known(text: str, table: Mapping[str, str]) -> int:
    padded = " " + re.sub(r"[^\w']+", " ", text.lower()) + " "
    return sum(f" {run} " in padded for run in table)


def _said(name: str, disguise: Disguise) -> Transform:
    """`disguise` on the text of every message that its writer would hide; labels stand where they stood."""

    def transform(case: Case, seed: int) -> Case:
        made = deepcopy(case)
        for number, message in enumerate(made["messages"]):
            if _hides(case, message):
                message["text"] = disguise(message["text"], _rng(name, case, seed, number))
        return made

    return transform


def _split(case: Case, seed: int) -> Case:
    """Messages of LONG words and more come in two or three pieces, seconds apart, each a message of its own.

    A label moves with its words: harm begins at the first piece of the message it began at, for staff should know
    before any of it; a signal stands at the last piece, where it can first be read whole.
    """
    made = deepcopy(case)
    messages: list[dict[str, Any]] = []
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, message in enumerate(made["messages"], 1):
        words = message["text"].split(" ")
        rng = _rng("split over messages", case, seed, number)
        cuts = [0, len(words)]
        if _hides(case, message) and len(words) >= LONG:
            cuts = [0, *sorted(rng.sample(range(1, len(words)), rng.choice((1, 2)))), len(words)]
        first[number] = len(messages) + 1
        for part, (start, end) in enumerate(pairwise(cuts)):
            piece = {**message, "text": " ".join(words[start:end])}
            if part:  # the first piece keeps the clock as it was written; the pieces after it follow
                piece["t"] = (message.get("t") or 0) + part * _STEP
            messages.append(piece)
        last[number] = len(messages)
    made["messages"] = messages
    if made.get("harm_onset"):
        made["harm_onset"] = first.get(made["harm_onset"], len(messages) + 1)  # harm may lie after the last message
    for signal in made.get("signals") or ():
        signal["n"] = last[signal["n"]]
    return made


def _hides(case: Case, message: Mapping[str, Any]) -> bool:
    concern = case.get("concern")
    return not concern or message.get("from") == concern.get("from")


def _rng(name: str, case: Case, seed: int, number: int) -> random.Random:
    return random.Random(f"{seed}|{name}|{case.get('id')}|{number}")


TRANSFORMS: Mapping[str, Transform] = {
    **{
        name: _said(name, disguise)
        for name, disguise in {
            "zero-width": _on_words(_invisible),
            "bidi controls": _on_words(_directed),
            "homoglyphs": _on_words(_look_alike),
            "full-width": _on_words(_wide),
            "leet": _on_words(_leet),
            "letter spacing": _on_words(_spaced),
            "dots and dashes": _on_words(_dotted),
            "repeats": _on_words(_repeated),
            "vowel drop": _on_words(_without_vowels),
            "emoji for word": _signs,
            "English/Spanish switch": _switched,
        }.items()
    },
    "split over messages": _split,
}
