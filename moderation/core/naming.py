"""Names as people write them: which look the same, and which an @ in a text may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

_ALIKE = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "i": "l", "j": "l"})
# A Haven name holds spaces at most twice in practice; three words after the @ are tried, the longest name first.
_AFTER_AT = re.compile(r"@(\w[\w.'-]*(?: [\w.'-]+){0,2})")
# "hey blue", at the beginning and with nobody named by an @.
_GREETED = re.compile(r"\W*(?:hey+|hi+|hello|yo+|sup|ey+|oye|hola+|ola|oi|buenas)[ ,]+([^\W_][\w.'-]*)", re.IGNORECASE)
LEAST_OF_A_NAME = 4  # letters that tell whom: "hey qui" could be the beginning of anything
_EVERYONE = frozenset(
    {"everyone", "everybody", "people", "team", "guys", "girls", "friend", "friends", "gente", "todos", "todas"}
)
MOST_NAMED = 8  # a line that names more is a roll call


def without_marks(text: str) -> str:
    """`text` with its accents and other combining marks dropped; case and everything else as it was."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def name_key(name: str) -> str:
    """What two names share when people could take one for the other: case, accents, look-alikes and dashes dropped.

    At most 40 characters.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if c.isalnum())
    return letters.translate(_ALIKE).replace("rn", "m").replace("vv", "w")[:40]


def keys_after_at(text: str) -> Sequence[tuple[str, ...]]:
    """For each @ in `text`: the keys of the names that may stand there, the longest first."""
    if "@" not in text:
        return ()
    tries = []
    for match in list(_AFTER_AT.finditer(text))[:MOST_NAMED]:
        words = match.group(1).split(" ")
        tries.append(tuple(dict.fromkeys(name_key(" ".join(words[:count])) for count in range(len(words), 0, -1))))
    return tries


def greeted(text: str) -> str:
    """The key of the word `text` greets, which may be the first part of a name ("hey blue"); "" when there is none."""
    match = _GREETED.match(text)
    if match is None or match[1].lower() in _EVERYONE:
        return ""
    part = name_key(match[1])
    return part if len(part) >= LEAST_OF_A_NAME else ""


def meant(part: str, keys: Collection[str]) -> str | None:
    """Which of `keys`, of people who are there, `part` begins; None when it is none or two of them."""
    found = [key for key in keys if key.startswith(part)]
    return found[0] if part and len(found) == 1 else None
