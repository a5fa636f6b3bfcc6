"""Reading a text the way a person would: one word at a time, disguises undone, every word tied to the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from moderation.core.cutting import cutter
from moderation.core.language import Language, language_of
from moderation.core.letters import fold
from moderation.core.model import Span

_LEET = str.maketrans("01345789@$", "oieastbgas")
_LEET_L = str.maketrans("01345789@$", "oleastbgas")
_MAX_WORD = 40  # longer runs of letters are nobody's word; cutting them keeps every match bounded
_MAX_JOINED = 24  # letters written one by one: "s n a p"

_SHAPES = frozenset({"link", "email", "phone"})
_TOLL_FREE = re.compile(r"\+?1?8(?:00|33|44|55|66|77|88)\d{7}")
_CUT = re.compile(r"\w[-*~]\w")
_SPACED = re.compile(r"(?<!\w)[\w@$][ .\-*~_]{1,2}[\w@$][ .\-*~_]{1,2}[\w@$](?!\w)")
_VOWELS = re.compile(r"[aeiou]")
_LEAST_BONES = 3  # "scrt" can be read; "kp" could be anything
_RUN = re.compile(r"([a-z])\1{2,}")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Words:
    """What the rulebook can read: words worth undoing a disguise for, short spellings of common ones ("u" is "you"),
    and emoji that stand for a word, with that word in English and in Spanish.
    """

    known: frozenset[str] = frozenset()
    spelling: Mapping[str, str] = field(default_factory=dict)
    emoji: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def skeletons(self) -> Mapping[str, str]:
        """Known words by what is left without vowels after the first letter ("secret" by "scrt"); the shortest word
        wins a shared one.
        """
        found: dict[str, str] = {}
        for word in sorted(self.known, key=lambda word: (-len(word), word)):
            bones = word[0] + _VOWELS.sub("", word[1:])
            if len(bones) >= _LEAST_BONES and bones != word and word.isalpha():
                found[bones] = word
        return found


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words. `line` is those words joined by single spaces, with one space at either end.

    Word i sits at `starts[i] + 1` in `line` and at `spans[i]` in what was written. A sentence ends at the word "." or
    "?". `vocabulary` holds each word once, and ANY_NUMBER when there is a digit. Words before `own` were sent just
    before, in a message of their own; their spans are (0, 0).
    """

    words: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    line: str = field(repr=False)
    starts: tuple[int, ...]
    vocabulary: frozenset[str] = field(repr=False)
    disguised: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    own: int = 0

    def word_at(self, position: int) -> int:
        """Index of the word whose leading space is at, or first after, `position` in `line`."""
        return bisect_left(self.starts, position)

    def span(self, first: int, last: int) -> Span:
        """Where words `first` to `last` (both included) stand in what was written, not counting what came before."""
        return Span(self.spans[first][0], self.spans[last][1])

    def sentence(self, index: int) -> tuple[int, int]:
        """First and last word index of the sentence that holds word `index`, end mark left out."""
        first, last = index, index
        while first > 0 and self.words[first - 1] not in STOPS:
            first -= 1
        while last + 1 < len(self.words) and self.words[last + 1] not in STOPS:
            last += 1
        return first, last


STOPS = frozenset({".", "?"})
ANY_NUMBER = "#"  # no word can be this: it stands for whatever digits a text holds


@dataclass(slots=True)
class _Piece:
    """One word while it is being read: what it says, where it stood, whether it was disguised."""

    word: str
    start: int
    end: int
    disguised: bool = False


def normalise(text: str, words: Words, before: str = "") -> Text:
    """Read `text`, as the end of the sentence that `before` began. Pure; never raises; time grows with the length."""
    whole, own = (f"{before} {text}", len(before) + 1) if before else (text, 0)
    if whole.isascii():
        odd: list[int] = []
        folded, at = whole.lower(), None
    else:
        folded, at, odd = fold(whole)
    pieces, quotes = _pieces(folded, words)
    if at is not None:
        for piece in pieces:
            piece.start, piece.end = at[piece.start], at[piece.end - 1] + 1
            if odd and not piece.disguised:
                found = bisect_left(odd, piece.start)
                piece.disguised = found < len(odd) and odd[found] < piece.end
    if own:
        for piece in pieces:
            piece.start, piece.end = max(piece.start - own, 0), max(piece.end - own, 0)
    return _assemble(pieces, quotes)


def fold_word(word: str) -> str:
    """A single word as `normalise` would read it, before spelling: lower case, no accents, no apostrophe."""
    return fold(word)[0].replace("'", "")


def _pieces(folded: str, words: Words) -> tuple[list[_Piece], list[int]]:
    """Cut `folded` into words; the second list says before which word each quotation mark stood."""
    pieces: list[_Piece] = []
    quotes: list[int] = []
    emoji = False
    for match in cutter(folded).finditer(folded):
        kind = match.lastgroup
        if kind == "word":
            pieces.append(_read_word(match[0], match.start(), words))
        elif kind == "quote":
            quotes.append(len(pieces))
        elif kind == "emoji":
            if match[0] in words.emoji:
                emoji = True
                pieces.append(_Piece(match[0], match.start(), match.end(), disguised=True))
        elif kind == "stop":
            mark = "?" if "?" in match[0] else "."
            pieces.append(_Piece(mark, match.start(), match.end()))
        else:
            pieces.append(_read_shape(match, words))
    if emoji:
        _speak_emoji(pieces, words)
    return _joined(pieces, folded, words), quotes


def _speak_emoji(pieces: list[_Piece], words: Words) -> None:
    """Read every emoji that stands for a word in the language of its own clause."""
    first = 0
    while first < len(pieces):
        last = next((index for index in range(first, len(pieces)) if pieces[index].word in STOPS), len(pieces))
        clause = pieces[first:last]
        signs = [piece for piece in clause if piece.word in words.emoji]
        spoken = int(bool(signs) and language_of(piece.word for piece in clause) is Language.ES)
        for piece in signs:
            piece.word = words.emoji[piece.word][spoken]
        first = last + 1


def _read_word(written: str, start: int, words: Words) -> _Piece:
    raw = written.rstrip("'@$")
    word = raw.replace("'", "")[:_MAX_WORD]
    piece = _Piece(word, start, start + len(raw))
    if word in words.spelling:
        piece.word = words.spelling[word]
    elif not word.isalpha():
        for table in (_LEET, _LEET_L):
            plain = word.translate(table)
            if len(word) > 2 and plain != word and plain in words.known and not word.isdigit():
                piece.word, piece.disguised = plain, True
                break
    elif word in words.known:
        return piece
    elif _RUN.search(word):
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        short = once if once in words.known or once in words.spelling or twice not in words.known else twice
        piece.word = words.spelling.get(short, short)
    elif _is_bones(word):
        piece.word = words.skeletons.get(word, word)
    return piece


def _is_bones(word: str) -> bool:
    """Whether `word` may be one whose vowels were left out. A vowel in front stays, so there it takes a letter more."""
    if _VOWELS.search(word, 1) is not None:  # asked first, as nearly every word has one
        return False
    return len(word) >= _LEAST_BONES + (word[0] in "aeiou") and "y" not in word


def _read_shape(match: re.Match[str], words: Words) -> _Piece:
    kind, raw = match.lastgroup or "", match[0]
    if kind == "handle":
        plain = raw.translate(_LEET)
        if plain in words.known:
            return _Piece(plain, match.start(), match.end(), disguised=True)
        return _Piece("<handle>", match.start(), match.end())
    word = f"<{kind}>" if kind in _SHAPES else raw.replace(" ", "")
    if kind == "phone" and _TOLL_FREE.fullmatch(re.sub(r"[ .()-]", "", raw)):
        word = "<tollfree>"  # a help line, never someone's own number
    return _Piece(word, match.start(), match.end())


def _joined(pieces: list[_Piece], folded: str, words: Words) -> list[_Piece]:
    """Undo "s n a p" and "sn-ap", but only where the result is a word the rulebook knows."""
    if _SPACED.search(folded) is None and _CUT.search(folded) is None:
        return pieces
    out: list[_Piece] = []
    index = 0
    while index < len(pieces):
        end = _letters_end(pieces, index)
        whole = "".join(_letter(piece, folded) for piece in pieces[index:end] if piece.word != ".")
        if end - index < 3 or whole not in words.known:
            end, whole = _halves_end(pieces, index, folded, words)
        if end > index + 1:
            out.append(_Piece(whole, pieces[index].start, pieces[end - 1].end, disguised=True))
            index = end
        else:
            out.append(pieces[index])
            index += 1
    return out


def _letters_end(pieces: list[_Piece], index: int) -> int:
    """End of the run of single letters (dots between them allowed) that starts at `index`."""
    end = index
    while end < len(pieces) and end - index < _MAX_JOINED and pieces[end].end - pieces[end].start == 1:
        if end > index and pieces[end].start - pieces[end - 1].end > 1:
            break
        end += 1
    while end > index and pieces[end - 1].word == ".":
        end -= 1
    return end


def _letter(piece: _Piece, folded: str) -> str:
    """The one character of `piece` as it stood ("n", though alone it reads as "and"), leet undone."""
    stood = folded[piece.start]
    return piece.word if piece.word == stood else stood.translate(_LEET)


def _halves_end(pieces: list[_Piece], index: int, folded: str, words: Words) -> tuple[int, str]:
    """A word cut once by a hyphen, dot or star: where it ends and what it says; (index, "") when it is none."""
    if index + 1 >= len(pieces):
        return index, ""
    one, two = pieces[index], pieces[index + 1]
    whole = one.word + two.word
    between = folded[one.end : two.start]
    if between in {"-", "*", "~"} and len(whole) > 3 and whole in words.known:
        return index + 2, whole
    return index, ""


def _assemble(pieces: list[_Piece], quotes: list[int]) -> Text:
    words = tuple([piece.word for piece in pieces])
    starts: list[int] = []
    position = 0
    for word in words:
        starts.append(position)
        position += len(word) + 1
    quoted: set[int] = set()
    for opening, closing in zip(quotes[::2], quotes[1::2], strict=False):
        quoted.update(range(opening, min(closing, len(pieces))))
    line = f" {' '.join(words)} "
    vocabulary = frozenset(line.split())
    return Text(
        words=words,
        spans=tuple([(piece.start, piece.end) for piece in pieces]),
        line=line,
        starts=tuple(starts),
        vocabulary=vocabulary | {ANY_NUMBER} if _DIGIT.search(line) else vocabulary,
        disguised=frozenset([index for index, piece in enumerate(pieces) if piece.disguised]),
        quoted=frozenset(quoted),
        own=next((index for index, piece in enumerate(pieces) if piece.end > 0), len(pieces)),
    )
