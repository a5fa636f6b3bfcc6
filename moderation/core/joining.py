"""Words written letter by letter or cut in two ("s n a p", "sn-ap"), made whole where that makes a known word."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from moderation.core.letters import LEET

STOPS = frozenset({".", "?"})
LEAST_LETTERS = 3  # a shorter run of single letters could be anything
_MOST_CUTS = 8  # pieces of one word cut by marks
_LONGEST_WORD = 20  # letters of one word written one by one; the rulebook has none longer
_ALONE = frozenset("aiuy")  # letters that begin a sentence as words: "a", "I", "you", Spanish "y"
_SHORT = _ALONE | frozenset("eonrqwxk")  # and those short spelling has for words: "r u ok", "q", "x"
_CUTS = frozenset("-*~")
_CUT = re.compile(r"\w(?:[-*.]|~{1,9})\w")
_SPACED = re.compile(r"(?<!\w)[\w@$][^\w\n]{1,2}[\w@$][^\w\n]{1,2}[\w@$](?!\w)")


@dataclass(slots=True)
class Piece:
    """One word while it is being read: what it says, where it stood, whether it was disguised, and of a "." whether it
    is no more than the end of a line.
    """

    word: str
    start: int
    end: int
    disguised: bool = False
    line_break: bool = False


def joined(pieces: list[Piece], folded: str, known: Container[str]) -> list[Piece]:
    """Undo "s n a p", "s.n.a.p" and "sn-ap", but only where that makes a known word. Time grows with the length."""
    if _SPACED.search(folded) is None and _CUT.search(folded) is None:
        return pieces
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        end = _letters_end(pieces, index, folded)
        if end - index >= LEAST_LETTERS:
            out += _spelt(pieces[index:end], folded, known)
            index = end
            continue
        end, whole = _halves_end(pieces, index, folded, known)
        out.append(Piece(whole, pieces[index].start, pieces[end - 1].end, disguised=True) if whole else pieces[index])
        index = end
    return out


def _letters_end(pieces: list[Piece], index: int, folded: str) -> int:
    """End of the run of single letters that starts at `index`, at least one piece on.

    The same one character stands between all of them: where words are cut by dashes, a space still parts two words.
    """
    if pieces[index].word in STOPS:
        return index + 1
    end, mark = index + 1, ""
    while True:
        letter = end + 1 if end < len(pieces) and folded[pieces[end].start : pieces[end].end] == "." else end
        if letter >= len(pieces) or not _single(pieces[end - 1]) or not _single(pieces[letter]):
            return end
        between = folded[pieces[end - 1].end : pieces[letter].start]
        if (len(between) > 1 and not _is_cut(between)) or (mark and between != mark):
            return end
        end, mark = letter + 1, between


def _single(piece: Piece) -> bool:
    return piece.end - piece.start == 1 and piece.word not in STOPS


def _spelt(run: list[Piece], folded: str, known: Container[str]) -> list[Piece]:
    """A run of single letters, read as the fewest known words that fill it: "l e t s k e e p" is two.

    A single letter is a word of its own only in front ("i s n a p"). What no words fill is one word that nobody knows,
    or its letters would be read as the words they stand for ("p e r o", an "or" at its end); what could be short
    spelling all along ("u r a") stays as it is.
    """
    letters = [piece for piece in run if piece.word not in STOPS]
    line = "".join(_letter(piece, folded) for piece in letters)
    never = len(line) + 1
    fewest = [(0, 0)] * never  # words to the end from here, end of the first of them
    for start in range(len(line) - 1, -1, -1):
        longest = min(len(line), start + _LONGEST_WORD)
        ends = [end for end in range(start + LEAST_LETTERS, longest + 1) if line[start:end] in known]
        ends += [1] if start == 0 and line[0] in _ALONE else []
        fewest[start] = min(((fewest[end][0] + 1, end) for end in ends if fewest[end][0] < never), default=(never, 0))
    if fewest[0][0] == never:
        stood = "".join(folded[piece.start] for piece in letters)
        if not stood.isalpha() or _SHORT.issuperset(stood):
            return run
        return [Piece(stood[:_LONGEST_WORD], run[0].start, run[-1].end)]
    out: list[Piece] = []
    begin = 0
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
    """A word cut by hyphens or stars, or once by a dot: where it ends and what it says, the longest known one;
    (index + 1, "") when it is none.

    A dot also ends sentences whose writer forgot the space, so what it cuts must be longer to be one word.
    """
    if index + 2 < len(pieces) and folded[pieces[index].end : pieces[index + 2].start] == ".":
        whole = _known_whole([pieces[index], pieces[index + 2]], folded, known, LEAST_LETTERS + 2)
        return (index + 3, whole) if whole else (index + 1, "")
    end, found = index + 1, ""
    last = index + 1
    while last < len(pieces) and last - index < _MOST_CUTS:
        if not _is_cut(folded[pieces[last - 1].end : pieces[last].start]):
            break
        last += 1
        blank = "~" in folded[pieces[last - 2].end : pieces[last - 1].start]  # nobody parts words by one
        whole = _known_whole(pieces[index:last], folded, known, LEAST_LETTERS + (not blank))
        if whole:
            end, found = last, whole
    return end, found


def _is_cut(between: str) -> bool:
    """One mark that cuts a word, or any number of "~": nobody sees how many blanks of no width stand there."""
    return between in _CUTS or (between != "" and not between.strip("~"))


def _known_whole(parts: list[Piece], folded: str, known: Container[str], least: int) -> str:
    """The known word that `parts` make, as they stood or as they read; "" when they make none."""
    for whole in ("".join(folded[one.start : one.end] for one in parts), "".join(one.word for one in parts)):
        if len(whole) >= least and whole in known:
            return whole
    return ""
