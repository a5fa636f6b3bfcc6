"""Words written as one ("send_me_a_pic", "send.me.a.pic", "sendmeapicofyou"), parted where that makes words phrases
are made of. Names, files and long ordinary words stay whole: a part or two that could be a word is chance.
"""

from __future__ import annotations

import re
from collections.abc import Container

from moderation.core.joining import STOPS, Piece

LEAST_WRITTEN_ON = 10  # letters of words without anything between: shorter ones are too often a word of their own
_FEW, _MANY = 3, 4  # words they must make: three where they are long, else four, and one of them someone
_LONG = 12
_SOMEONE = frozenset({"me", "you", "your", "us", "mi", "tu"})
_LONGEST_WORD, _STRETCH = 16, 120
# Words of three letters and fewer that join others. Those that also end or begin longer words ("-ate", "con-", "-men",
# "-dad", "por-", "-on" beside a single "i") are left out, or "comfortable" would be three words.
_SMALL = frozenset(
    "a i u me my of to it is im in on up so if we us do at be go no ok or the you and are can get got out pic cam "
    "car who say now not for him her his how ill ive let see app pay yes one vid mom add "
    "mi tu te la lo le de un se ya una que los las hoy voy ven sin eso tus mis".split()
)
_DOTTED = re.compile(r"\w\.\w+\.\w")


def parted(raw: str, known: Container[str]) -> list[tuple[int, int]]:
    """Where the words of `raw` stand in it; empty when it is one word. Time grows with the length."""
    if "_" in raw:
        parts = [match.span() for match in re.finditer("[^_]+", raw)]
        return parts if len(parts) > 1 and _are_words([raw[start:end] for start, end in parts], known) else []
    return _written_on(raw, known) if raw.isalpha() else []


def undotted(pieces: list[Piece], folded: str, known: Container[str]) -> list[Piece]:
    """Take the dots out of "send.me.a.pic": three words or more with nothing but one dot between them."""
    if _DOTTED.search(folded) is None:
        return pieces
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        end = index + 1
        while end + 1 < len(pieces) and _dot_between(pieces[end - 1], pieces[end], pieces[end + 1], folded):
            end += 2
        run = pieces[index:end:2]
        out += run if len(run) >= _FEW and _are_words([piece.word for piece in run], known) else pieces[index:end]
        index = end
    return out


def _dot_between(word: Piece, dot: Piece, after: Piece, folded: str) -> bool:
    alone = dot.start == word.end and after.start == dot.end and folded[dot.start : dot.end] == "."
    return alone and word.word not in STOPS and after.word not in STOPS


def _are_words(parts: list[str], known: Container[str]) -> bool:
    """Whether a person would read `parts` as words: two at least, and half of them, are ones phrases are made of."""
    read = sum(part in known or part in _SMALL for part in parts)
    return read >= 2 and read * 2 >= len(parts)


def _written_on(line: str, known: Container[str]) -> list[tuple[int, int]]:
    """The fewest words that fill `line`, a stretch at a time; nothing where something of it is no word."""
    found: list[tuple[int, int]] = []
    while (start := found[-1][1] if found else 0) < len(line):
        stop = min(start + _STRETCH, len(line))
        filled = _filled(line, start, stop, known)
        reached = filled[-1][1] if filled else start
        if reached <= stop - _LONGEST_WORD or (stop == len(line) and reached != stop):
            return []
        # Of a stretch that is not the last its end could be half a word ("to" of "tonight"): that is read again.
        found += filled if stop == len(line) else [one for one in filled if one[1] <= stop - _LONGEST_WORD]
    if len(line) < _LONG and _SOMEONE.isdisjoint(line[start:end] for start, end in found):
        return []
    return found if len(found) >= (_FEW if len(line) >= _LONG else _MANY) else []


def _filled(line: str, first: int, stop: int, known: Container[str]) -> list[tuple[int, int]]:
    """The fewest words that reach furthest from `first`, looked for only from where one could begin: few long words get
    past that.
    """
    fewest: dict[int, tuple[int, int]] = {first: (0, first)}  # by end: how many words up to there, start of the last
    for start in range(first, stop):
        if start not in fewest:
            continue
        count, before = fewest[start]
        least = 3 if start - before == 1 and line[before] == "i" else 1  # "i can", or it is an ending
        for end in range(start + least, min(start + _LONGEST_WORD, stop) + 1):
            word = line[start:end]
            if word not in _SMALL and (end - start <= 3 or word not in known):
                continue
            if end not in fewest or count + 1 < fewest[end][0]:
                fewest[end] = count + 1, start
    found: list[tuple[int, int]] = []
    end = max(fewest)
    while end > first:
        found.insert(0, (fewest[end][1], end))
        end = fewest[end][1]
    return found
