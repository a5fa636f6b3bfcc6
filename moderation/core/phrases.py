"""The pattern language of the rulebook: words, choices, optional parts and short gaps, and nothing that can run away.

    keep it between us          these words, in this order
    (keep|leave) it             one of these; each choice may be several words
    [just|only] us              may be there or not
    keep .. secret              a gap of up to three words inside one sentence; `..5` for up to five, six at most
    secret*                     any ending of a stem of three letters or more
    @app                        a named list of words from words.toml
    #  $  ?                     a number, an amount of money, the end of a question
    <phone> <tollfree> <email> <link> <handle>    shapes the reader recognises

Patterns are read like messages are: accents, capitals and apostrophes do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from moderation.core.text import ANY_NUMBER, Text, fold_word

MAX_GAP = 6
MAX_WAYS = 600  # ways one starting point can be tried: gaps multiply, so this bounds the work of every match
_MAX_SOURCE = 900
_TOKEN = re.compile(r"\s*(\.\.\d?|[()\[\]|?#$]|@[a-z_]+|<[a-z]+>|[^\W_][\w'’&-]*\*?)")
_NUMBER = r" \$?\d[\d.,:/]{0,12}[a-z]{0,3}"
_SPECIAL = {"#": _NUMBER, "$": r" \$\d[\d.,]{0,12}", "?": r" \?"}
_SHAPES = frozenset({"<phone>", "<tollfree>", "<email>", "<link>", "<handle>"})
# Words too common to look a pattern up by; a pattern is looked up by the rarest word it must have.
_COMMON = frozenset(
    "a i me my u you your the to it is are do dont be in on of and or for with we us can if so at that this just not "
    "no have get got go im how what was were but like all up out ? a al con de del el ella en es eso esta la las le lo "
    "los me mi mis no o para por que se si su te ti tu un una y ya yo como mas muy pero".split()
)


class PatternError(ValueError):
    """A pattern that cannot be read, or that could take unbounded time."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern. A text can only match it when it holds one of `anchors` ("secr*" stands for a stem) and one
    word of each set in `needs`: what else must be there, as far as whole words tell.
    """

    source: str
    regex: re.Pattern[str]
    anchors: frozenset[str]
    words: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds the few patterns worth trying on a text, by the words the text holds. `owners` name the patterns.

    `words` are the keys of `by_word`; `stems` are every stem with the pattern it leads to.
    """

    patterns: tuple[tuple[int, Pattern], ...]
    by_word: Mapping[str, tuple[int, ...]]
    words: frozenset[str]
    stems: tuple[tuple[str, int], ...]

    def matches(self, text: Text) -> Iterable[tuple[int, int, int]]:
        """Every match in `text`: owner, first word index, last word index."""
        for number in self._worth_trying(text):
            owner, pattern = self.patterns[number]
            for match in pattern.regex.finditer(text.line):
                yield owner, *text.words_at(*match.span())

    def _worth_trying(self, text: Text) -> list[int]:
        """Numbers of the patterns that may match, in order: looking for words costs far less than trying a pattern."""
        tried = {number for stem, number in self.stems if stem in text.line}
        for word in text.vocabulary & self.words:
            tried.update(self.by_word[word])
        lacks = text.vocabulary.isdisjoint
        return sorted([number for number in tried if not any(map(lacks, self.patterns[number][1].needs))])


def lookup(groups: Sequence[Sequence[Pattern]]) -> Lookup:
    """Index patterns by their anchors. The owner of a pattern is the number of its group."""
    patterns = tuple((owner, pattern) for owner, group in enumerate(groups) for pattern in group)
    by_word: dict[str, list[int]] = {}
    stems: list[tuple[str, int]] = []
    for number, (_, pattern) in enumerate(patterns):
        for anchor in pattern.anchors:
            if anchor.endswith("*"):
                stems.append((f" {anchor[:-1]}", number))
            else:
                by_word.setdefault(anchor, []).append(number)
    found = {word: tuple(numbers) for word, numbers in by_word.items()}
    return Lookup(patterns, found, frozenset(found), tuple(stems))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What patterns may lean on: named word lists, and the short spellings and emoji messages are read with."""

    lists: Mapping[str, Sequence[str]]
    spelling: Mapping[str, str]
    emoji: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def compile_pattern(source: str, dictionary: Dictionary) -> Pattern:
    """Compile one pattern. Raises PatternError, saying what is wrong in words that fit after "this pattern"."""
    if len(source) > _MAX_SOURCE:
        raise PatternError(f"longer than {_MAX_SOURCE} characters")
    part = _Parser(_tokens(source), dictionary).whole()
    if not part.anchors:
        raise PatternError("needs at least one word that must be there")
    if part.ways > MAX_WAYS:
        raise PatternError("too many gaps and optional parts: it could be slow on some messages")
    return Pattern(source, re.compile(part.regex + "(?= )"), part.anchors, part.words, part.needs)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: its expression, what a text must hold for it (empty: nothing), how often it can retry.

    `needs` are sets of words beside `anchors`; of each of them, too, a text must hold one.
    """

    regex: str
    anchors: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    ways: int = 1
    gap: bool = False
    needs: tuple[frozenset[str], ...] = ()


def _tokens(source: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    source = source.strip()
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise PatternError(f"does not understand {source[position:].strip()[:12]!r}")
        tokens.append(match[1])
        position = match.end()
    return tokens


def _cost(anchors: frozenset[str]) -> int:
    return sum(20 if word in _COMMON else 3 if word.endswith("*") or word == ANY_NUMBER else 1 for word in anchors)


def _whole_words(needs: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Those of `needs` that a set of words can answer, the most telling first: no stems, no words with a space."""
    told = [need for need in needs if not any("*" in word or " " in word for word in need)]
    return tuple(sorted(told, key=lambda need: (_cost(need), sorted(need))))


class _Parser:
    """Reads tokens left to right; one method for each level of the grammar."""

    def __init__(self, tokens: list[str], dictionary: Dictionary) -> None:
        self._tokens = tokens
        self._dictionary = dictionary
        self._at = 0

    def whole(self) -> _Part:
        part = self._sequence()
        if self._at < len(self._tokens):
            raise PatternError(f"has a {self._tokens[self._at]!r} with no beginning")
        return part

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _sequence(self) -> _Part:
        items: list[_Part] = []
        while self._peek() not in {"", "|", ")", "]"}:
            items.append(self._item())
        if not items:
            raise PatternError("has an empty part")
        if items[0].gap or items[-1].gap:
            raise PatternError("a gap needs a word on either side")
        ways = 1
        for item in items:
            ways *= item.ways
        required = [item.anchors for item in items if item.anchors]
        anchors = min(required, key=_cost) if required else frozenset()
        return _Part(
            "".join(item.regex for item in items),
            anchors,
            frozenset().union(*(item.words for item in items)),
            ways,
            needs=_whole_words(need for need in required if need is not anchors),
        )

    def _item(self) -> _Part:
        token = self._peek()
        self._at += 1
        if token in {"(", "["}:
            return self._choice(closing=")" if token == "(" else "]")  # noqa: S105 - a bracket
        if token.startswith(".."):
            return self._gap(token)
        if token in _SPECIAL:
            return _Part(_SPECIAL[token], frozenset({"?" if token == "?" else ANY_NUMBER}))  # noqa: S105 - a pattern mark
        if token in _SHAPES:
            return _Part(f" {token}", frozenset({token}))
        if token.startswith("@"):
            return self._list(token[1:])
        return self._word(token)

    def _choice(self, *, closing: str) -> _Part:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        if self._peek() != closing:
            raise PatternError(f"has no {closing!r} where one is needed")
        self._at += 1
        return _any_of(parts, optional=closing == "]")

    def _gap(self, token: str) -> _Part:
        size = int(token[2:] or 3)
        if not 1 <= size <= MAX_GAP:
            raise PatternError(f"a gap holds 1 to {MAX_GAP} words")
        return _Part(f"(?: [^ .?]+){{0,{size}}}?", ways=size + 1, gap=True)

    def _list(self, name: str) -> _Part:
        lists = self._dictionary.lists
        if name not in lists:
            raise PatternError(f"names a list that does not exist: @{name}")
        if not lists[name]:
            raise PatternError(f"names an empty list: @{name}")
        flat = Dictionary({}, self._dictionary.spelling)
        return _any_of([_Parser(_tokens(entry), flat).whole() for entry in lists[name]], optional=False)

    def _word(self, token: str) -> _Part:
        stem = fold_word(token.rstrip("*"))
        if not token.endswith("*"):
            stem = self._dictionary.spelling.get(stem, stem)
            return _Part(f" {re.escape(stem)}", frozenset({stem}), frozenset({stem}))
        if len(stem) < 3:
            raise PatternError(f"{token!r} is too short a stem; give at least three letters")
        return _Part(f" {re.escape(stem)}[^ ]{{0,12}}", frozenset({stem + "*"}))


def _any_of(parts: Sequence[_Part], *, optional: bool) -> _Part:
    anchors = frozenset().union(*(part.anchors for part in parts))
    return _Part(
        f"(?:{'|'.join(part.regex for part in parts)}){'?' if optional else ''}",
        frozenset() if optional or not all(part.anchors for part in parts) else anchors,
        frozenset().union(*(part.words for part in parts)),
        max(part.ways for part in parts) * (2 if optional else 1),
    )
