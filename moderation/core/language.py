"""Which of our two languages a run of words is in, by the small words sentences are made of. Never a score."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Language(StrEnum):
    """English, Spanish, both in one breath, or nothing to tell by."""

    EN = "en"
    ES = "es"
    MIXED = "mixed"
    UNKNOWN = ""


# Function words of one language that are no common word of the other, as `normalise` spells them.
_EN = frozenset(
    "the you your youre is are was were and with my this that what dont im ive have has had to of it its for just not "
    "but can we they he she him her his be do did if when where who how will would should could about there from at "
    "our us them been being get got go going know think because or so then an i".split()
)
_ES = frozenset(
    "que de la el los las es un una por para con mi mis tu tus te se lo esta este esto esa ese eso pero como porque si "
    "yo muy ya hola estoy eres soy del al le les nos cuando donde quien cual mas sin sobre entre hasta desde ni o y "
    "hay tengo tienes tiene voy vas va vamos fue era ser estar esta estas estan todo toda nada algo aqui ahi vos usted "
    "ustedes ella ellos nosotros su sus bien gracias tambien entonces asi en".split()
)


def together(one: Language, other: Language) -> Language:
    """The language of two runs of words read as one: what nothing tells by adds nothing."""
    if Language.UNKNOWN in (one, other):
        return one or other
    return one if one is other else Language.MIXED


def language_of(words: Iterable[str]) -> Language:
    """The language of `words`, which are as `normalise` reads them: "the" and "que" tell, names and slang do not.

    Mixed when the lesser language has at least two words and a fifth of those that tell.
    """
    listed = tuple(words)
    english, spanish = (sum(word in known for word in listed) for known in (_EN, _ES))
    lesser, total = min(english, spanish), english + spanish
    if total == 0:
        return Language.UNKNOWN
    if lesser >= 2 and lesser * 5 >= total:
        return Language.MIXED
    return Language.EN if english >= spanish else Language.ES
