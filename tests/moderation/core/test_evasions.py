"""Known ways around screening: what is caught in plain words is caught in disguise, and its harmless likeness is not.

All wording is at the level of published prevention material. Where a row is wrong, docs/detection.md has to say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from moderation.core.model import Verdict
from moderation.core.policy import QUEUED
from moderation.core.relations import LEARNED
from moderation.core.rules import Purpose, Rulebook
from tests.moderation.core.talk import Talk, staff, youth


@dataclass(frozen=True)
class Way:
    """One way around: a text caught as it stands, the same disguised, and a harmless text disguised alike."""

    name: str
    plain: str
    disguised: str
    harmless: str
    to: tuple[str, ...] = ()


PHOTO = "send me a pic of you"
THREAT = "pay me or i'll send it to your whole school"
RIDE = "i can pick you up tonight, dont tell your mom"
FILLER = "the quick lunch today had soup and bread with beans "

WAYS = (
    Way("underscores", PHOTO, "send_me_a_pic_of_you", "my user is send_file_v2"),
    Way("underscores, es", "no le digas a tu mamá", "no_le_digas_a_tu_mamá", "mi archivo es tarea_final_de_historia"),
    Way("dots", PHOTO, "send.me.a.pic.of.you", "my file is home.work.txt ok"),
    Way("hyphens", PHOTO, "send-me-a-pic-of-you", "the co-op has a check-in"),
    Way("no spaces", PHOTO, "sendmeapicofyou", "authentication is comfortable and significant"),
    Way("no spaces, short", "keep it between us", "ok keepitbetweenus", "everywhere sometimes together"),
    Way("no spaces, es", "mándame una foto tuya", "mándameunafototuya", "lamentablemente, los restaurantes"),
    Way("a line break", PHOTO, "send me a pic\nof you", "send me the notes\na pic of you is on the wall, says ms. val"),
    Way("a paragraph", PHOTO, "send me\n\na pic\n\nof you", "rules:\n\nno pics\n\nbe kind to you and others"),
    Way("a line break, es", "mándame una foto tuya", "mándame\nuna foto\ntuya", "mándame\nla tarea\ntuya"),
    *(
        Way(
            f"{ord(blank):x}",
            PHOTO,
            f"s{blank}end me a p{blank}ic{blank}of{blank}you",
            f"hello{blank}there, nice{blank}pic",
        )
        for blank in "\u3164\u115f\u1160\uffa0\u2800"
    ),
    Way("a bare warning", PHOTO, f"warning: {PHOTO}", "warning: someone here says send me a pic of you"),
    Way("a false warning", PHOTO, f"be careful in here lol. {PHOTO}", f"be careful, he asks {PHOTO}. report it"),
    Way(
        "a false warning, es",
        "mándame una foto tuya",
        "cuidado con ese. mándame una foto tuya",
        "cuidado con el que dice mándame una foto tuya",
    ),
    Way("he said, then asks", PHOTO, f"he said hi to you, {PHOTO}", f"he said {PHOTO}"),
    Way(
        "he said, then asks, es",
        "mándame una foto tuya",
        "él dijo hola, mándame una foto tuya",
        "él dijo mándame una foto tuya",
    ),
    Way("no, comma", "i can pick you up", "no, i can pick you up", "i would never pick you up"),
    Way("long ago", PHOTO, f"last year was wild. {PHOTO}", f"last year a man told me: {PHOTO}. i left"),
    Way("quoting first", PHOTO, f'he said "hi you". {PHOTO}', f'the ad says "{PHOTO}"'),
    Way("he said, and a threat", THREAT, f"he said {THREAT}", f"he said {THREAT}. i reported him to staff"),
    Way("they said, and a threat", THREAT, f"they said {THREAT} lol", f"they told my brother {THREAT}"),
    Way("filler first", PHOTO, FILLER * 50 + PHOTO, FILLER * 50),
    Way(
        "staff greeted first",
        RIDE,
        f"@s hi. {RIDE}",
        "@s hi. can you pick me up tonight, i cant tell my mom",
        to=("s",),
    ),
    Way(
        "staff greeted, secrecy",
        "add me on snap, dont tell your case manager",
        "@s hi. add me on snap, dont tell your case manager",
        "@s hi. can i add you on snap, dont tell anyone i asked",
        to=("s",),
    ),
)


def said(rulebook: Rulebook, text: str, to: tuple[str, ...] = ()) -> Verdict:
    talk = Talk(rulebook, youth("w", days=2), youth("r"), staff("s"))
    talk.say("r", "hi there")
    return talk.say("w", text, to=to)


def caught(verdict: Verdict, rulebook: Rulebook) -> frozenset[str]:
    """Conduct signals found, and the tier where there is one: what one text alone can be caught by."""
    names = {one.signal for one in verdict.findings}
    found = {name for name in names - LEARNED if rulebook.signals[name].purpose is Purpose.CONDUCT}
    return frozenset(found - {"obfuscation_evasion"}) | ({str(verdict.tier)} if verdict.tier in QUEUED else set())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_what_is_caught_in_plain_words_is_caught_in_disguise(way: Way, rulebook: Rulebook) -> None:
    plain = caught(said(rulebook, way.plain), rulebook)
    assert plain, "else this row shows nothing"
    assert caught(said(rulebook, way.disguised, way.to), rulebook) >= plain


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_its_harmless_likeness_is_not(way: Way, rulebook: Rulebook) -> None:
    assert not caught(said(rulebook, way.harmless, way.to), rulebook)
