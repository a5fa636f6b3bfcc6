"""Reading one character at a time: look-alike, styled and invisible letters undone, every letter tied to the original.

Sources: Unicode NFKD; UTS #39 confusables (the table `confusable-homoglyphs` ships); a few more that look alike only on
a small screen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from confusable_homoglyphs.confusables import confusables_data

# Letters that UTS #39 ties to small capitals or not at all, and that still pass for Latin at a glance.
_LOOKALIKES = {**dict(zip("вкмнтшп", "bkmhtwn", strict=True)), **dict(zip("βεηκντχωρ", "benkvtxwp", strict=True))}
# Letters in boxes, circles and flags: the first of each alphabet.
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)
_QUOTES = dict.fromkeys("“”„‟❝❞＂", '"')
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES = dict.fromkeys("’‘ʼ`´", "'")


def fold(text: str) -> tuple[str, list[int], list[int]]:
    """Lower-case Latin reading of `text`, the original index of each of its characters, and the disguised indexes."""
    out: list[str] = []
    at: list[int] = []
    odd: list[int] = []
    plain_from = 0
    for match in _BEYOND_ASCII.finditer(text):
        out.append(text[plain_from : match.start()].lower())
        at.extend(range(plain_from, match.start()))
        for index, char in enumerate(match[0], match.start()):
            read, disguised = _letter(char)
            out.append(read)
            at.extend([index] * len(read))
            if disguised:
                odd.append(index)
        plain_from = match.end()
    out.append(text[plain_from:].lower())
    at.extend(range(plain_from, len(text)))
    return "".join(out), at, odd


@lru_cache(maxsize=8192)
def _letter(char: str) -> tuple[str, bool]:
    """What one character reads as, and whether it was there to disguise (invisible, look-alike, styled)."""
    if char in _QUOTES or char in _APOSTROPHES:
        return _QUOTES.get(char) or _APOSTROPHES[char], False
    if unicodedata.category(char) in {"Cf", "Cc"} and char not in "\n\t\r":
        return "", True
    if char in "¿¡":
        return " ", False
    plain = unicodedata.normalize("NFKD", _unboxed(char))
    bare = "".join(c for c in plain.lower() if not unicodedata.combining(c) and not c.isspace()) or (
        " " if char.isspace() else ""
    )
    swapped = "".join(_alike(c) for c in bare)
    if not swapped.isascii() and char in _confusables():
        swapped = _confusables()[char]
    styled = (
        char not in "ªº" and not unicodedata.normalize("NFD", char)[0].isascii() and bool(swapped) and swapped.isascii()
    )
    return ("\n" if char == "\n" else swapped), styled and swapped.isalnum()


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
