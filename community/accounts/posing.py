"""Names that pose as the team: by a word, or by looking like the name of an adult who is here. Pure."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from moderation.core.naming import name_key, without_marks

# Refused wherever the letters stand, across spaces and dots too: long enough to be in few other words.
_ANYWHERE = (
    "staff", "moderator", "moderador", "moderation", "moderacion", "admin", "haven", "equipo",
    "supervisor", "coordinator", "coordinador", "counselor", "counsellor", "consejer",
    "caseworker", "casemanager", "socialworker", "youthworker", "outreachworker", "supportworker", "helpdesk",
    "trabajadorsocial", "trabajadorasocial", "educadorsocial", "educadorasocial",
    "therapist", "terapeuta", "terapista", "psychologist", "psicolog", "police", "policia",
)  # fmt: skip
# Refused only as a word of their own: "modern-owl", "teamwork" and "supportive" pose as nobody.
_ALONE = (
    "mod", "mods", "team", "teams", "official", "officials", "oficial", "oficiales", "officer", "officers", "personal",
    "support", "supports", "soporte", "apoyo", "manager", "managers", "gerente", "gerentes",
    "facilitator", "facilitators", "facilitador", "facilitadores", "facilitadora", "facilitadoras",
)  # fmt: skip
# What makes one word with those without making it harmless: "themods", "modteam", "crisis support".
_BEFORE = ("the", "el", "la", "los", "las", "our", "your")  # only before: "model" is no "mod"
_BESIDE = (
    "crisis", "case", "social", "youth", "chat", "room", "help", "online", "outreach", "desk", "line", "lead", "head",
    "chief", "person", "worker", "de",
)  # fmt: skip
# Words that hold one of ours by chance.
_CHANCE = ("badminton",)
# How people write an adult's name with respect: "Miss Rivera" and "Rivera" are taken for "Ms. Rivera".
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "sr", "sra", "srta", "dr", "dra", "don", "dona", "prof", "coach"))
_SHORTEST = 4


def _keys(words: Iterable[str]) -> list[str]:
    return [name_key(word) for word in words]


_ANYWHERE_KEYS = _keys(_ANYWHERE)
_CHANCE_KEYS = _keys(_CHANCE)
_TEAM = "|".join(_keys(_ALONE))
_NEXT = "|".join(_keys(_BESIDE))
_ONLY_TEAM = re.compile(f"(?:{'|'.join(_keys(_BEFORE))}|{_NEXT})*(?:{_TEAM})(?:{_NEXT}|{_TEAM})*")
_NO_DIGITS = str.maketrans("", "", string.digits)


def sounds_like_team(name: str) -> bool:
    """True when a word of the name, or all of it read as one, is what only the team may be called."""
    whole = name_key(name)
    for chance in _CHANCE_KEYS:
        whole = whole.replace(chance, "")
    if any(word in whole for word in _ANYWHERE_KEYS):
        return True
    return any(_ONLY_TEAM.fullmatch(key) for part in _parts(name) for key in _readings(part))


def looks_like(name: str, adult: str) -> bool:
    """True when youth could take `name` for the name of this adult.

    Equal, begun with, or one edit away. This also refuses a few names that pose as nobody ("Roman" beside "Rowan",
    "Rosemary" beside "Rose"): another name costs a moment, an adult taken for someone else may cost a youth a lot.
    Two edits, or a name that only holds the adult's, would refuse far more than they protect. For the same reason
    names of fewer than four letters are protected only from twins (`handles.key`): "Al" begins hundreds of words, and
    half of all short words are one edit from each other.
    """
    protected = {key for key in _faces(adult) if len(key) >= _SHORTEST}
    return any(face.startswith(key) or _one_edit(face, key) for face in _faces(name) for key in protected)


def _parts(name: str) -> list[str]:
    """The whole name, its words, and letters standing alone read together: "m.o.d fox" is "mod" and "fox"."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", without_marks(name)).casefold()  # "ModFox" are two words
    words = re.findall(r"[a-z0-9]+", plain)
    spelt = re.sub(r"(?<=\b\w) (?=\w\b)", "", " ".join(words)).split()
    letters = re.findall(r"[a-z]+", plain)  # "mod2fox"; "m0d" is found as one of `words`
    return ["".join(words), *words, *spelt, *letters]


def _readings(part: str) -> set[str]:
    """Keys of a word with and without the digits at its ends, which may be a number or letters ("mod50", "5taff")."""
    digits = string.digits
    return set(_keys((part, part.strip(digits), part.lstrip(digits), part.rstrip(digits))))


def _faces(name: str) -> set[str]:
    """What the eye keeps of a name: no digits, whether they stand for letters or for nothing; no title before it."""
    words = without_marks(name).casefold().split()
    first = re.sub(r"[^a-z]", "", words[0]) if words else ""
    names = {name, " ".join(words[1:])} if first in _TITLES else {name}
    return {
        key.translate(_NO_DIGITS) for each in names for key in (*_readings(each), name_key(each.translate(_NO_DIGITS)))
    }


def _one_edit(one: str, other: str) -> bool:
    """True when the two are the same but for one letter more, less or other, or two neighbours the other way round."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2][::-1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
