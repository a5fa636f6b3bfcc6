"""Telling, refusing, warning and asking are not doing."""

import pytest

from moderation.core.gates import apply_gates
from moderation.core.rules import Rulebook
from moderation.core.signals import find_hits
from moderation.core.text import normalise


def gated(text: str, rulebook: Rulebook) -> tuple[list[str], list[str]]:
    reading = normalise(text, rulebook.words)
    result = apply_gates(reading, find_hits(reading, rulebook), rulebook)
    kept = [h.phrase.signal for h in result.kept if h.phrase.signal != "soon"]
    return kept, [h.phrase.signal for h in result.told]


@pytest.mark.parametrize(
    "text",
    [
        "some guy told me to keep it between us",
        "heads up, someone here says keep it between us. report it",
        'the ad says "you could make 500 a night"',
        "i would never ask you to send a selfie",
        "un tipo me dijo que te recojo hoy",
        "cuidado con los que dicen que quede entre nosotros",
        "no me mandes una foto tuya",
        "bring your tutor too, i got a futon",
    ],
)
def test_drops(text: str, rulebook: Rulebook) -> None:
    assert gated(text, rulebook)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "when i was 16 it started with keep it between us. i used to think that was love",
        "a mí me pasó, siempre era que quede entre nosotros",
    ],
)
def test_a_survivors_words_are_heard_as_telling(text: str, rulebook: Rulebook) -> None:
    kept, told = gated(text, rulebook)
    assert kept == []
    assert told == ["secrecy_request"]


def test_a_joke_halves_but_never_softens_a_threat(rulebook: Rulebook) -> None:
    def sure(text: str) -> list[float]:
        reading = normalise(text, rulebook.words)
        return [h.confidence for h in apply_gates(reading, find_hits(reading, rulebook), rulebook).kept]

    assert sure("you can stay with me jk") == [c / 2 for c in sure("you can stay with me")]
    threat = "pay me or i'll send it to your whole school"
    assert sure(threat + " jk") == sure(threat)


def test_a_refusal_reaches_only_what_follows_it(rulebook: Rulebook) -> None:
    assert gated("no pues te recojo hoy", rulebook)[0] == ["lodging_or_transport_offer"]


def test_a_report_in_one_sentence_does_not_cover_the_next(rulebook: Rulebook) -> None:
    assert gated("some guy told me a joke. keep it between us", rulebook)[0] == ["secrecy_request"]
