"""What undoes what: never a way by which undoing puts text into a room that no person let in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from moderation.core.effects import (
    Effect,
    LiftRestriction,
    OfferCare,
    Release,
    Remove,
    Restrict,
    Withhold,
    inverse,
)
from moderation.core.model import Kind, Ref
from moderation.store.effects import from_json, to_json

REF = Ref(Kind.MESSAGE, "7")
WAITING = frozenset({REF})
END = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("effect", "waiting", "back"),
    [
        (Release(REF), WAITING, Withhold(REF)),
        (Release(REF), frozenset(), Withhold(REF)),
        (Remove(REF, "why", "rule"), frozenset(), Release(REF)),
        (Remove(REF, "why", "rule"), WAITING, Withhold(REF)),
        (Restrict("p_a", END, "why", "rule"), frozenset(), LiftRestriction("p_a", END)),
        (Withhold(REF), WAITING, None),
        (LiftRestriction("p_a", END), frozenset(), None),
        (OfferCare("p_a", "Hi", 1), frozenset(), None),
    ],
)
def test_each_effect_has_its_way_back_or_none(effect: Effect, waiting: frozenset[Ref], back: Effect | None) -> None:
    assert inverse(effect, waiting) == back


@pytest.mark.parametrize(
    "effect",
    [
        Release(REF),
        Remove(REF, "why", "rule"),
        Withhold(REF),
        Restrict("p_a", END, "w", "r"),
        LiftRestriction("p_a", END),
    ],
)
def test_what_can_be_carried_out_later_survives_storage(effect: Effect) -> None:
    assert from_json(to_json(effect)) == effect


def test_the_words_of_a_care_note_are_not_stored_twice() -> None:
    assert "Hi" not in str(to_json(OfferCare("p_a", "Hi", 1)))
    with pytest.raises(ValueError, match="offer-care"):
        from_json(to_json(OfferCare("p_a", "Hi", 1)))
