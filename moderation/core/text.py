"""Reading a text the way a person would: one word at a time, disguises undone, every word tied to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from moderation.core.model import Span

# Letters of other alphabets that look Latin on a screen. A modest hand-picked part of UTS #39.
_LOOKALIKES = {
    **dict(zip("авеѕіјкмнорстухԁһԛԝ", "abesijkmhopctyxdhqw", strict=True)),
    **dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True)),
    **dict(zip("ɑɡıℓ", "agil", strict=True)),
}
_LEET = str.maketrans("01345789@$", "oieastbgas")
_LEET_L = str.maketrans("01345789@$", "oleastbgas")
_MAX_WORD = 40  # longer runs of letters are nobody's word; cutting them keeps every match bounded
_MAX_JOINED = 24  # letters written one by one: "s n a p"

_PIECE = re.compile(
    r"(?P<link>https?://[^\s]{1,400}|www\.[^\s]{3,400}"
    r"|(?<![\w@.])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{2,62}){0,2}\.(?:com|org|net|gov|edu|io|gg|app|co|me)(?![\w.@])(?:/[^\s]{0,400})?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,3})"
    r"|(?P<phone>(?<![\w$])\+?(?:\d{1,2}[ .-])?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\w)"
    r"|(?<![\w$.-])\d{3}[.-]\d{4}(?!\w))"
    r"|(?P<number>\$ ?\d{1,9}(?:[.,]\d{1,3})*(?!\w)|\d{1,9}(?:[.,:/]\d{1,9}){1,3}(?!\w))"
    r"|(?P<handle>(?<!\w)[@$][a-z][\w.]{1,30})"
    r"|(?P<word>\w[\w'@$]*)"
    r"|(?P<stop>[.!?;\n]+)"
    r"|(?P<quote>[\"«»])"
)
_SHAPES = frozenset({"link", "email", "phone"})
_TOLL_FREE = re.compile(r"\+?1?8(?:00|33|44|55|66|77|88)\d{7}")
_CUT = re.compile(r"\w[-*~]\w")
_SPACED = re.compile(r"(?<!\w)[\w@$][ .\-*~_]{1,2}[\w@$][ .\-*~_]{1,2}[\w@$](?!\w)")
_RUN = re.compile(r"([a-z])\1{2,}")
_QUOTES = dict.fromkeys("“”„‟❝❞＂", '"')
_APOSTROPHES = dict.fromkeys("’‘ʼ`´", "'")


@dataclass(frozen=True, slots=True)
class Words:
    """What the rulebook can read: the words its patterns hold, and short spellings of common ones ("u" is "you")."""

    known: frozenset[str] = frozenset()
    spelling: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words. `line` is those words joined by single spaces, with one space at either end.

    Word i sits at `starts[i] + 1` in `line` and at `spans[i]` in `original`. A sentence ends at the word "." or "?".
    """

    original: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    line: str = field(repr=False)
    starts: tuple[int, ...]
    disguised: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()

    def word_at(self, position: int) -> int:
        """Index of the word whose leading space is at, or first after, `position` in `line`."""
        return bisect_left(self.starts, position)

    def span(self, first: int, last: int) -> Span:
        """Where words `first` to `last` (both included) stand in the original text."""
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


@dataclass(slots=True)
class _Piece:
    """One word while it is being read: what it says, where it stood, whether it was disguised."""

    word: str
    start: int
    end: int
    disguised: bool = False


def normalise(text: str, words: Words) -> Text:
    """Read `text`. Pure; never raises; time grows in step with the length of the text."""
    if text.isascii():
        odd: list[int] = []
        folded, at = text.lower(), None
    else:
        folded, at, odd = _fold(text)
    pieces, quotes = _pieces(folded, words)
    if at is not None:
        for piece in pieces:
            piece.start, piece.end = at[piece.start], at[piece.end - 1] + 1
            if odd and not piece.disguised:
                found = bisect_left(odd, piece.start)
                piece.disguised = found < len(odd) and odd[found] < piece.end
    return _assemble(text, pieces, quotes)


def fold_word(word: str) -> str:
    """A single word as `normalise` would read it, before spelling: lower case, no accents, no apostrophe."""
    return _fold(word)[0].replace("'", "")


@lru_cache(maxsize=8192)
def _letter(char: str) -> tuple[str, bool]:
    """What one character reads as, and whether it was there to disguise (invisible, look-alike, styled)."""
    if char in _QUOTES or char in _APOSTROPHES:
        return _QUOTES.get(char) or _APOSTROPHES[char], False
    if unicodedata.category(char) in {"Cf", "Cc"} and char not in "\n\t\r":
        return "", True
    if char in "¿¡":
        return " ", False
    plain = unicodedata.normalize("NFKD", char)
    bare = "".join(c for c in plain.lower() if not unicodedata.combining(c) and not c.isspace()) or (
        " " if char.isspace() else ""
    )
    swapped = "".join(_LOOKALIKES.get(c, c) for c in bare)
    styled = (
        char not in "ªº" and not unicodedata.normalize("NFD", char)[0].isascii() and bool(swapped) and swapped.isascii()
    )
    return ("\n" if char == "\n" else swapped), styled and swapped.isalnum()


def _fold(text: str) -> tuple[str, list[int], list[int]]:
    """Lower-case Latin reading of `text`, the original index of each of its characters, and the disguised indexes."""
    out: list[str] = []
    at: list[int] = []
    odd: list[int] = []
    for index, char in enumerate(text):
        if char.isascii():
            out.append(char.lower())
            at.append(index)
            continue
        read, disguised = _letter(char)
        out.append(read)
        at.extend([index] * len(read))
        if disguised:
            odd.append(index)
    return "".join(out), at, odd


def _pieces(folded: str, words: Words) -> tuple[list[_Piece], list[int]]:
    """Cut `folded` into words; the second list says before which word each quotation mark stood."""
    pieces: list[_Piece] = []
    quotes: list[int] = []
    for match in _PIECE.finditer(folded):
        kind = match.lastgroup
        if kind == "word":
            pieces.append(_read_word(match, words))
        elif kind == "quote":
            quotes.append(len(pieces))
        elif kind == "stop":
            mark = "?" if "?" in match[0] else "."
            pieces.append(_Piece(mark, match.start(), match.end()))
        else:
            pieces.append(_read_shape(match, words))
    return _joined(pieces, folded, words), quotes


def _read_word(match: re.Match[str], words: Words) -> _Piece:
    raw = match[0].rstrip("'@$")
    word = raw.replace("'", "")[:_MAX_WORD]
    piece = _Piece(word, match.start(), match.start() + len(raw))
    if word in words.spelling:
        piece.word = words.spelling[word]
    elif not word.isalpha():
        for table in (_LEET, _LEET_L):
            plain = word.translate(table)
            if len(word) > 2 and plain != word and plain in words.known and not word.isdigit():
                piece.word, piece.disguised = plain, True
                break
    elif word not in words.known and _RUN.search(word):
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        short = once if once in words.known or once in words.spelling or twice not in words.known else twice
        piece.word = words.spelling.get(short, short)
    return piece


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
        whole = "".join(piece.word for piece in pieces[index:end] if piece.word != ".")
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
    while end < len(pieces) and end - index < _MAX_JOINED and len(pieces[end].word) == 1:
        if end > index and pieces[end].start - pieces[end - 1].end > 1:
            break
        end += 1
    while end > index and pieces[end - 1].word == ".":
        end -= 1
    return end


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


def _assemble(original: str, pieces: list[_Piece], quotes: list[int]) -> Text:
    starts: list[int] = []
    position = 0
    for piece in pieces:
        starts.append(position)
        position += len(piece.word) + 1
    quoted: set[int] = set()
    for opening, closing in zip(quotes[::2], quotes[1::2], strict=False):
        quoted.update(range(opening, min(closing, len(pieces))))
    return Text(
        original=original,
        words=tuple(piece.word for piece in pieces),
        spans=tuple((piece.start, piece.end) for piece in pieces),
        line=" " + " ".join(piece.word for piece in pieces) + " ",
        starts=tuple(starts),
        disguised=frozenset(index for index, piece in enumerate(pieces) if piece.disguised),
        quoted=frozenset(quoted),
    )
