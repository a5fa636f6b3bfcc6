"""Reading a text the way a person would: one word at a time, disguises undone, every word tied to the original."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from moderation.core.cutting import cutter
from moderation.core.joining import STOPS, Piece, joined
from moderation.core.language import Language, language_of
from moderation.core.letters import LEET, LEET_L, fold
from moderation.core.model import Span
from moderation.core.parting import LEAST_WRITTEN_ON, parted, undotted

_MAX_WORD = 40  # longer runs of letters are nobody's word; cutting them keeps every match bounded

_SHAPES = frozenset({"link", "email", "phone"})
_TOLL_FREE = re.compile(r"\+?1?8(?:00|33|44|55|66|77|88)\d{7}")
ANY_NUMBER = "#"  # no word can be this: it stands for whatever digits a text holds
_DIGIT = re.compile(r"\d")
_VOWELS = re.compile(r"[aeiou]")
_LEAST_BONES = 3  # "scrt" can be read; "kp" could be anything
_RUN = re.compile(r"([a-z])\1{2,}")
_COMMA = re.compile(r"[,:](?!\d)|[()\u2013\u2014\uff0c\uff1a]| - ")


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
    "?". Words before `own` were sent just before, in a message of their own; their spans are (0, 0). A line break is
    read as "." too, but is not in `line`: what a phrase says is the same on two lines, as it is in two messages.
    """

    words: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    line: str = field(repr=False)
    starts: tuple[int, ...]
    vocabulary: frozenset[str] = field(repr=False)  # every word, and ANY_NUMBER where there is a digit
    stops: tuple[int, ...]  # indexes of the words that end a sentence
    disguised: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    own: int = 0
    written: str = field(default="", repr=False)  # as it came, without what was sent just before

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """Index of the first and last word of what stands from `start` to `end` in `line`, each at the space before
        a word.
        """
        return bisect_left(self.starts, start), bisect_left(self.starts, end - 1) - 1

    def span(self, first: int, last: int) -> Span:
        """Where words `first` to `last` (both included) stand in what was written, not counting what came before."""
        return Span(self.spans[first][0], self.spans[last][1])

    def sentence(self, index: int) -> tuple[int, int]:
        """First and last word index of the sentence that holds word `index`, end mark left out."""
        before, after = bisect_left(self.stops, index), bisect_right(self.stops, index)
        first = self.stops[before - 1] + 1 if before else 0
        last = self.stops[after] - 1 if after < len(self.stops) else len(self.words) - 1
        return first, last

    def commas(self) -> list[int]:
        """Rising indexes of the words before which a comma, a colon, a bracket or a dash stands. Read anew each time:
        few texts are asked for it.
        """
        starts = [start for start, _ in self.spans[self.own :]]
        return [self.own + bisect_left(starts, match.start()) for match in _COMMA.finditer(self.written)]


def normalise(text: str, words: Words, before: str = "") -> Text:
    """Read `text`, as the end of the sentence that `before` began. Pure; never raises; time grows with the length."""
    whole, own = (before + " " + text, len(before) + 1) if before else (text, 0)  # no f"": that would read None too
    if whole.isascii():
        odd: list[int] = []
        folded, at, to = whole.lower(), None, None
    else:
        folded, at, to, odd = fold(whole)
    pieces, quotes = _pieces(folded, words)
    for piece in pieces:
        if at is not None and to is not None:
            piece.start, piece.end = at[piece.start], to[piece.end - 1]
            if odd and not piece.disguised:
                found = bisect_left(odd, piece.start)
                piece.disguised = found < len(odd) and odd[found] < piece.end
        if own:
            piece.start, piece.end = max(piece.start - own, 0), max(piece.end - own, 0)
    return _assemble(pieces, quotes, text, broken="\n" in folded)


def fold_word(word: str) -> str:
    """A single word as `normalise` would read it, before spelling: lower case, no accents, no apostrophe."""
    return fold(word)[0].replace("'", "")


def _pieces(folded: str, words: Words) -> tuple[list[Piece], list[int]]:
    """Cut `folded` into words; the second list says before which of them each quotation mark stands."""
    pieces: list[Piece] = []
    quotes: list[int] = []
    emoji, underscored = False, "_" in folded
    for match in cutter(folded).finditer(folded):
        kind = match.lastgroup
        if kind == "word":
            piece = _read_word(match[0].rstrip("'@$_"), match.start(), words)
            long = piece.end - piece.start >= LEAST_WRITTEN_ON or (underscored and "_" in piece.word)
            if long and (parts := _apart(piece, folded, words)):
                pieces += parts
            else:
                pieces.append(piece)
        elif kind == "quote":
            quotes.append(match.start())
        elif kind == "emoji":
            if match[0] in words.emoji:
                emoji = True
                pieces.append(Piece(match[0], match.start(), match.end(), disguised=True))
        elif kind == "stop":
            mark = "?" if "?" in match[0] else "."
            pieces.append(Piece(mark, match.start(), match.end(), line_break=match[0].isspace()))
        else:
            pieces.append(_read_shape(match, words))
    if emoji:
        _speak_emoji(pieces, words)
    whole = joined(pieces, folded, words.known)
    pieces = pieces if whole is pieces else undotted(whole, folded, words.known)
    starts = [piece.start for piece in pieces] if quotes else []
    return pieces, [bisect_left(starts, mark) for mark in quotes]


def _speak_emoji(pieces: list[Piece], words: Words) -> None:
    """Read every emoji that stands for a word in the language of its own clause, which is asked for once a clause."""
    clause: list[Piece] = []
    signs: list[Piece] = []
    for piece in (*pieces, Piece(".", 0, 0)):
        if piece.word not in STOPS:
            clause.append(piece)
            if piece.word in words.emoji:
                signs.append(piece)
            continue
        if signs:
            spoken = language_of(one.word for one in clause)
            for sign in signs:
                english, spanish = words.emoji[sign.word]
                sign.word = spanish if spoken is Language.ES else english
        clause, signs = [], []


def _apart(piece: Piece, folded: str, words: Words) -> list[Piece]:
    """The words of `piece` where several were written as one; else nothing."""
    if piece.disguised or piece.word in words.known:
        return []
    raw = folded[piece.start : piece.end]
    return [_read_word(raw[first:last], piece.start + first, words) for first, last in parted(raw, words.known)]


def _read_word(raw: str, start: int, words: Words) -> Piece:
    word = raw.replace("'", "")[:_MAX_WORD]
    piece = Piece(word, start, start + len(raw))
    if word in words.spelling:
        piece.word = words.spelling[word]
    elif not word.isalpha():
        for table in (LEET, LEET_L):
            plain = word.translate(table).replace("_", "")
            if len(plain) > 2 and plain != word and plain in words.known and not word.isdigit():
                piece.word, piece.disguised = plain, True
                break
    elif word in words.known:
        return piece
    elif _RUN.search(word):
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        short = twice if twice in words.known else once  # "meeeet" is "meet", though "met" is a word too
        piece.word = words.spelling.get(short, short)
    elif _is_bones(word):
        piece.word = words.skeletons.get(word, word)
    return piece


def _is_bones(word: str) -> bool:
    """Whether `word` may be one whose vowels were left out. A vowel in front stays, so there it takes a letter more;
    and so does a "y", or "why" and "try" would be bones.
    """
    if _VOWELS.search(word, 1) is not None:  # asked first, as nearly every word has one
        return False
    return len(word) >= _LEAST_BONES + (word[0] in "aeiou" or "y" in word)


def _read_shape(match: re.Match[str], words: Words) -> Piece:
    kind, raw = match.lastgroup or "", match[0]
    if kind == "handle":
        plain = raw.translate(LEET)
        if plain in words.known:
            return Piece(plain, match.start(), match.end(), disguised=True)
        return Piece("<handle>", match.start(), match.end())
    word = f"<{kind}>" if kind in _SHAPES else raw.replace(" ", "")
    if kind == "phone" and _TOLL_FREE.fullmatch(re.sub(r"[ .()-]", "", raw)):
        word = "<tollfree>"  # a help line, never someone's own number
    return Piece(word, match.start(), match.end())


def _assemble(pieces: list[Piece], quotes: list[int], written: str, *, broken: bool) -> Text:
    words = tuple([piece.word for piece in pieces])
    starts: list[int] = []
    position = 0
    for piece in pieces:
        starts.append(position)
        position += len(piece.word) + 1
    shown = words
    if broken:
        shown = tuple([piece.word for piece in pieces if not piece.line_break])
        starts = _starts_of_lines(pieces)
    quoted: set[int] = set()
    for opening, closing in zip(quotes[::2], quotes[1::2], strict=False):
        quoted.update(range(opening, min(closing, len(pieces))))
    line = f" {' '.join(shown)} "
    vocabulary = frozenset(line.split())
    return Text(
        words=words,
        spans=tuple([(piece.start, piece.end) for piece in pieces]),
        line=line,
        starts=tuple(starts),
        vocabulary=vocabulary | {ANY_NUMBER} if _DIGIT.search(line) else vocabulary,
        stops=tuple([index for index, word in enumerate(words) if word in STOPS]),
        disguised=frozenset([index for index, piece in enumerate(pieces) if piece.disguised]),
        quoted=frozenset(quoted),
        own=next((index for index, piece in enumerate(pieces) if piece.end > 0), len(pieces)),
        written=written,
    )


def _starts_of_lines(pieces: list[Piece]) -> list[int]:
    """Where words stand in `line` when line breaks are not in it: each of those inside the word before it, where no
    match begins or ends.
    """
    starts: list[int] = []
    position = 0
    for piece in pieces:
        starts.append(position - piece.line_break)
        position += 0 if piece.line_break else len(piece.word) + 1
    return starts
