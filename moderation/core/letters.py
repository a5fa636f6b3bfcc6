"""Reading one character at a time: look-alike, styled and invisible letters undone, every letter tied to the original.

Sources: Unicode NFKD; UTS #39 confusables (the table `confusable-homoglyphs` ships); a few more that look alike only on
a small screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from confusable_homoglyphs.confusables import confusables_data

# Letters that UTS #39 ties to small capitals or not at all, and that still pass for Latin at a glance.
_LOOKALIKES = {
    **dict(zip("вкмнтшп", "bkmhtwn", strict=True)),
    **dict(zip("βεηκντχωρ", "benkvtxwp", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),  # small capitals
}
# Letters in boxes, circles and flags: the first of each alphabet.
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)
LEET, LEET_L = (str.maketrans("01345789@$", letters) for letters in ("oieastbgas", "oleastbgas"))
MARKS = frozenset({"Mn", "Me"})  # stand on or around another character, seen or not
OVERRIDE, POP = "\u202e", "\u202c"
_OVERRIDDEN = re.compile(f"{OVERRIDE}([^{POP}\n]+)")  # shown from its end to its beginning
# Characters of no width or of a blank's that Unicode calls letters and signs: Hangul fillers, the Braille blank, a
# musical null. What they part may be one word ("se\u3164cret") or two, as what a "~" parts (`joining.py`).
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
_BLANK = "~"
_QUOTES = dict.fromkeys("“”„‟❝❞＂", '"')
_APOSTROPHES = dict.fromkeys("’‘ʼ`´", "'")


def fold(text: str) -> tuple[str, list[int], list[int], list[int]]:
    """Lower-case Latin reading of `text`; where each of its characters begins and ends in the original, which for
    words turned round is where the turned words do; and the disguised indexes, rising.
    """
    out: list[str] = []
    at: list[int] = []
    to: list[int] = []
    odd: list[int] = []
    for index, start, end in _reading_order(text) if OVERRIDE in text else _as_written(text):
        char = text[index]
        read, disguised = (char.lower(), False) if char.isascii() else _letter(char)
        out.append(read)
        at.extend([start] * len(read))
        to.extend([end] * len(read))
        if disguised or start != index:
            odd.append(start)
    return "".join(out), at, to, odd


def _as_written(text: str) -> Iterator[tuple[int, int, int]]:
    return zip(range(len(text)), range(len(text)), range(1, len(text) + 1), strict=True)


def _reading_order(text: str) -> Iterator[tuple[int, int, int]]:
    """Index of each character in the order it is shown, and the range of the original it is part of."""
    done = 0
    for turned in _OVERRIDDEN.finditer(text):
        start, end = turned.span(1)
        yield from ((index, index, index + 1) for index in range(done, start))
        yield from ((index, start, end) for index in range(end - 1, start - 1, -1))
        done = end
    yield from ((index, index, index + 1) for index in range(done, len(text)))


@lru_cache(maxsize=8192)
def _letter(char: str) -> tuple[str, bool]:
    """What one character reads as, and whether it was there to disguise (invisible, look-alike, styled)."""
    if char in _QUOTES or char in _APOSTROPHES:
        return _QUOTES.get(char) or _APOSTROPHES[char], False
    if char in _BLANKS:
        return _BLANK, False
    if (unicodedata.category(char) in {"Cf", "Cc"} and char not in "\n\t\r") or _is_ignorable(char):
        return "", True
    if char in "¿¡":
        return " ", False
    plain = unicodedata.normalize("NFKD", _unboxed(char))
    bare = "".join(c for c in plain.lower() if unicodedata.category(c) not in MARKS and not c.isspace()) or (
        " " if char.isspace() else ""
    )
    swapped = "".join(_alike(c) for c in bare)
    if not swapped.isascii() and char in _confusables():
        swapped = _confusables()[char]
    styled = (
        char not in "ªº" and not unicodedata.normalize("NFD", char)[0].isascii() and bool(swapped) and swapped.isascii()
    )
    return ("\n" if char == "\n" else swapped), styled and swapped.isalnum()


def _is_ignorable(char: str) -> bool:
    """Whether Unicode keeps this unassigned code for something that shows nothing (Default_Ignorable_Code_Point)."""
    return char == "\u2065" or "\ufff0" <= char <= "\ufff8" or "\U000e0000" <= char <= "\U000e0fff"


def _unboxed(char: str) -> str:
    first = next((start for start in _ALPHABETS if 0 <= ord(char) - start < 26), None)
    return char if first is None else chr(ord("a") + ord(char) - first)


def _alike(char: str) -> str:
    return char if char.isascii() else _LOOKALIKES.get(char) or _confusables().get(char, char)


@cache
def _confusables() -> dict[str, str]:
    """Single characters that UTS #39 calls confusable with an ASCII letter or digit, by the lower case of that."""
    found: dict[str, str] = {}
    for char, alikes in confusables_data.items():
        if len(char) == 1 and not char.isascii():
            plain = (one["c"].lower() for one in alikes)
            match = next((one for one in plain if len(one) == 1 and one.isascii() and one.isalnum()), None)
            if match is not None:
                found[char] = match
    return found
