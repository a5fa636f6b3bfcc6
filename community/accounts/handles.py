"""Haven names: which are fine, why one is not, when two look the same, and ideas for new ones. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from community.accounts import posing
from moderation.core.naming import name_key

MAX_DIGITS = 3  # four in a row look like a phone or a birth year (youth-community.md, statement 3)

FIRST_WORDS = (
    "amber", "brave", "calm", "cedar", "clever", "cloud", "copper", "coral", "fern", "gentle", "ginger", "gold",
    "honey", "indigo", "jade", "kite", "lemon", "lucky", "maple", "mellow", "mint", "moss", "nova", "olive", "paper",
    "pebble", "quiet", "river", "rusty", "silver", "slow", "solar", "stone", "sunny", "teal", "velvet", "violet",
    "wild", "willow", "yellow",
)  # fmt: skip
SECOND_WORDS = (
    "badger", "bagel", "banjo", "beetle", "biscuit", "breeze", "cactus", "canyon", "comet", "cricket", "drum", "echo",
    "falcon", "fiddle", "finch", "harbor", "heron", "lantern", "lark", "mango", "marble", "meadow", "noodle", "orbit",
    "otter", "owl", "pepper", "pixel", "puffin", "raven", "rocket", "signal", "sparrow", "tango", "thunder", "tiger",
    "tuesday", "turtle", "walnut", "wren",
)  # fmt: skip

# Names of places people give together with a name; big enough to catch the habit, not a gazetteer.
_PLACES = frozenset(
    """
    atlanta austin boston bronx brooklyn chicago dallas denver detroit harlem houston memphis miami nyc oakland
    philly phoenix portland queens sacramento seattle tampa tucson texas florida california ohio
    """.split()
)
_NAMES = frozenset(
    """
    alex ana angel ashley brian carlos carmen chris daniel david diego emily emma jake james jason jennifer
    jessica jorge jose juan kevin laura luis maria mia michael miguel nicole olivia pedro rosa samantha sara sarah
    sofia tyler
    """.split()
)
_SURNAMES = frozenset(
    """
    brown davis diaz flores garcia gomez gonzalez hernandez jackson johnson jones lee lopez martin martinez miller
    moore morales nguyen perez ramirez reyes rivera robinson rodriguez ruiz sanchez smith taylor thomas torres vasquez
    walker washington white williams wilson
    """.split()
)
# Slurs and insults, which would stand beside every message. As a word of their own: "peacock" and "grape" hurt nobody.
_HURTFUL = frozenset(
    """
    anal bitch chink cock culero cum cunt dick dyke fag fags gook joto kike kkk mierda naco nazi pendeja pendejo perra
    piss porn porno puta puto pussy rape raped retard shit slut spic tits tranny verga wetback zorra
    """.split()
)
# These in any part of a name, spelt apart too: no harmless word holds them.
_HURTFUL_ANYWHERE = ("faggot", "fuck", "hitler", "maricon", "nigga", "nigger", "pinche", "rapist", "whore")
_SHAPE = re.compile(r"[^\W_][\w.\-' ]{1,28}[^\W_]")


def key(handle: str) -> str:
    """What two names share when they differ only in case, accents, marks or look-alike letters. At most 40 characters.

    Two accounts cannot have the same key, so nobody has a twin. A name with a digit more has a key of its own: who
    looks like an adult here is refused at joining (`posing.looks_like`); youth among themselves may be that alike.
    """
    return name_key(handle)


def _plain(handle: str) -> str:
    # Case goes before the marks do: a Greek mark that folds to a letter must be seen as one, and refused.
    letters = unicodedata.normalize("NFKD", handle).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c))


def problem(handle: str) -> str | None:
    """Why a name can't be used, as a text id of the join page; None when it is fine."""
    plain = _plain(handle)
    words = [w for w in re.split(r"[^a-z]+", plain) if w]
    if any(c.isalnum() and not c.isascii() for c in plain):
        return "name-shape"  # other alphabets hold letters that look like ours: one could pose as another
    if "@" in handle or re.search(r"(https?:|www\.|\.(com|net|org)\b)", handle.casefold()):
        return "name-contact"
    if sum(c.isdigit() for c in handle) > MAX_DIGITS:
        return "name-digits"
    if posing.sounds_like_team(handle):  # before the hurtful words: "therapist" holds one of them
        return "name-team"
    parts = {key(handle), *(key(part) for part in re.split(r"[^a-z0-9]+", plain))}
    if parts & set(map(key, _HURTFUL)) or any(key(bad) in key(handle) for bad in _HURTFUL_ANYWHERE):
        return "name-word"
    if any(w in _PLACES for w in words) and len(words) > 1 and any(w in _NAMES for w in words):
        return "name-place"
    if not _SHAPE.fullmatch(handle) or not handle.isprintable() or len(key(handle)) < 3:
        return "name-shape"
    return None


def looks_real(handle: str) -> bool:
    """True when a name reads like a first and a last name. It may be made up, so this is a question, not a refusal."""
    written, words = handle.split(), [w for w in re.split(r"[^a-z]+", _plain(handle)) if w]
    if len(words) < 2 or any(w in FIRST_WORDS or w in SECOND_WORDS for w in words):
        return False
    is_titled = 2 <= len(written) <= 3 and all(re.fullmatch(r"[^\W\d_]{2,}", w) and w.istitle() for w in written)
    return is_titled or any(w in _NAMES or w in _SURNAMES for w in words)


def ideas(count: int, choose: Callable[[Sequence[str]], str]) -> list[str]:
    """`count` different names from neutral words; `choose` picks one of a sequence (`secrets.choice` in use)."""
    found: list[str] = []
    while len(found) < count:
        idea = f"{choose(FIRST_WORDS)}-{choose(SECOND_WORDS)}"
        if idea not in found:
            found.append(idea)
    return found
