"""Where a folded text is cut: words, ends of sentences, quotation marks, emoji, numbers and ways to reach someone."""

from __future__ import annotations

import re

_SHAPES_FOUND = (
    r"(?P<link>https?://[^\s]{1,400}|www\.[^\s]{3,400}"
    r"|(?<![\w@.])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{2,62}){0,2}\.(?:com|org|net|gov|edu|io|gg|app|co|me)(?![\w.@])(?:/[^\s]{0,400})?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,3})"
    r"|(?P<phone>(?<![\w$])\+?(?:\d{1,2}[ .-])?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\w)"
    r"|(?<![\w$.-])\d{3}[.-]\d{4}(?!\w))"
    r"|(?P<number>\$ ?\d{1,9}(?:[.,]\d{1,3})*(?!\w)|\d{1,9}(?:[.,:/]\d{1,9}){1,3}(?!\w))"
    r"|(?P<handle>(?<!\w)[@$][a-z][\w.]{1,30})"
    r"|"
)
_WORDS_FOUND = (
    r"(?P<word>[^\W_][\w'@$]*)"
    r"|(?P<stop>[.!?;\n]+)"
    r"|(?P<quote>[\"«»])"
    r"|(?P<emoji>[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff])"
)
PIECES = re.compile(_SHAPES_FOUND + _WORDS_FOUND)
_PLAIN_PIECES = re.compile(_WORDS_FOUND)
# No link, email, phone, number or handle can stand in a text without one of these.
_MAY_HOLD_SHAPES = re.compile(r"[@$\d]|[\w-]\.[\w-]|www\.|://")


def cutter(folded: str) -> re.Pattern[str]:
    """What cuts `folded` as PIECES does. Most texts can only hold words, and looking for nothing else is three times as
    fast.
    """
    return PIECES if _MAY_HOLD_SHAPES.search(folded) else _PLAIN_PIECES
