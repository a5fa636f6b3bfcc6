"""Words written letter by letter or cut in two ("s n a p", "sn-ap"), made whole where that makes a known word."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from moderation.core.letters import LEET

STOPS = frozenset({".", "?"})
LEAST_LETTERS = 3  # a shorter run of single letters could be anything
_LONGEST_WORD = 20  # letters of one word written one by one; the rulebook has none longer
_ALONE = frozenset("aeiouy")  # letters that are words by themselves, in English, Spanish or short spelling
_CUTS = frozenset("-*~")
_CUT = re.compile(r"\w[-*~.]\w")
_SPACED = re.compile(r"(?<!\w)[\w@$][ .\-*~_]{1,2}[\w@$][ .\-*~_]{1,2}[\w@$](?!\w)")


@dataclass(slots=True)
class Piece:
    """One word while it is being read: what it says, where it stood, whether it was disguised."""

    word: str
    start: int
    end: int
    disguised: bool = False


def joined(pieces: list[Piece], folded: str, known: Container[str]) -> list[Piece]:
    """Undo "s n a p", "s.n.a.p" and "sn-ap", but only where that makes a known word. Time grows with the length."""
    if _SPACED.search(folded) is None and _CUT.search(folded) is None:
        return pieces
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        end = _letters_end(pieces, index)
        if end - index >= LEAST_LETTERS:
            out += _spelt(pieces[index:end], folded, known)
            index = end
            continue
        end, whole = _halves_end(pieces, index, folded, known)
        out.append(Piece(whole, pieces[index].start, pieces[end - 1].end, disguised=True) if whole else pieces[index])
        index = end
    return out


def _letters_end(pieces: list[Piece], index: int) -> int:
    """End of the run of single letters (dots between them allowed) that starts at `index`, at least one piece on."""
    end = index
    while end < len(pieces) and pieces[end].end - pieces[end].start == 1:
        if end > index and pieces[end].start - pieces[end - 1].end > 1:
            break
        end += 1
    while end > index and pieces[end - 1].word in STOPS:
        end -= 1
    return max(end, index + 1)


def _spelt(run: list[Piece], folded: str, known: Container[str]) -> list[Piece]:
    """A run of single letters, read as words from wherever words fill it to its end; what stands before stays.

    "l e t s k e e p" is two words. Of several readings the one of fewest words counts.
    """
    letters = [piece for piece in run if piece.word not in STOPS]
    line = "".join(_letter(piece, folded) for piece in letters)
    never = len(line) + 1
    fewest = [(0, 0)] * never  # words to the end from here, end of the first of them
    for start in range(len(line) - 1, -1, -1):
        longest = min(len(line), start + _LONGEST_WORD)
        ends = [end for end in range(start + LEAST_LETTERS, longest + 1) if line[start:end] in known]
        ends += [start + 1] if line[start] in _ALONE else []
        fewest[start] = min(((fewest[end][0] + 1, end) for end in ends if fewest[end][0] < never), default=(never, 0))
    begin = next((start for start in range(len(line)) if fewest[start][0] < len(line) - start), None)
    if begin is None:
        return run
    out = run[: run.index(letters[begin])]
    while begin < len(line):
        end = fewest[begin][1]
        word = line[begin:end] if end - begin > 1 else letters[begin].word
        out.append(Piece(word, letters[begin].start, letters[end - 1].end, disguised=end - begin > 1))
        begin = end
    return out


def _letter(piece: Piece, folded: str) -> str:
    """The one character of `piece` as it stood ("n", though alone it reads as "and"), leet undone."""
    stood = folded[piece.start]
    return piece.word if piece.word == stood else stood.translate(LEET)


def _halves_end(pieces: list[Piece], index: int, folded: str, known: Container[str]) -> tuple[int, str]:
    """A word cut once by a hyphen, dot or star: where it ends and what it says; (index + 1, "") when it is none.

    A dot also ends sentences whose writer forgot the space, so what it cuts must be longer to be one word.
    """
    dotted = index + 2 < len(pieces) and folded[pieces[index].end : pieces[index + 2].start] == "."
    last = index + 2 if dotted else index + 1
    if last < len(pieces) and (dotted or folded[pieces[index].end : pieces[last].start] in _CUTS):
        stood = (folded[piece.start : piece.end] for piece in (pieces[index], pieces[last]))
        least = LEAST_LETTERS + 1 + dotted
        for whole in ("".join(stood), pieces[index].word + pieces[last].word):
            if len(whole) >= least and whole in known:
                return last + 1, whole
    return index + 1, ""
