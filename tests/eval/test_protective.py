"""People who tell, ask, warn and come out are met with help, never with a strike (detection.md D2, T4 and T7)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from moderation.core.model import Action
from moderation.core.rules import Rulebook
from moderation.evaluate.cases import Case
from moderation.evaluate.measures import PUNISHMENTS, Scored, measure
from moderation.evaluate.rates import Rate
from moderation.evaluate.replay import replay

# Protective talk that may stand in the conduct queue, where a person reads it before anybody is spoken to. A tenth of
# what an everyday keyword list does, and few enough that two people reading five cases a day are not drowned by it
# (detection.md B5). It may be lowered, and raised only with a reason written here.
MOST_PROTECTIVE_QUEUED = 0.04
# Crisis talk that must reach care. Today's rules are above it; below it something broke. The aim is all of it.
LEAST_CRISIS_TO_CARE = 0.75


@pytest.fixture(scope="module")
def scored(book: Rulebook, authored: list[Case]) -> list[Scored]:
    return [Scored(case, replay(case, book)) for case in authored if case.family in {"protective", "crisis"}]


def share(group: Iterable[bool]) -> Rate:
    listed = list(group)
    return Rate(sum(listed), len(listed))


def test_no_act_punishes(scored: list[Scored]) -> None:
    """The only acts there are: publish, ask first, hold until a person looks."""
    assert {str(action) for action in Action} == {"publish", "nudge", "hold"}
    assert PUNISHMENTS.isdisjoint(Action)
    assert {action for one in scored for action in one.result.actions} <= set(Action)
    assert measure(scored).protective_punished.hits == 0


def test_protective_talk_stays_out_of_the_conduct_queue(scored: list[Scored]) -> None:
    protective = [one for one in scored if one.case.family == "protective"]
    queued = share("queue" in one.result.routes for one in protective)
    print(f"protective talk in the conduct queue: {queued.hits} of {queued.of}")  # noqa: T201 - shown with -s
    assert queued.of >= 75
    assert queued.share is not None
    assert queued.share <= MOST_PROTECTIVE_QUEUED


def test_crisis_talk_is_brought_to_care(scored: list[Scored]) -> None:
    crisis = [one for one in scored if one.case.family == "crisis"]
    cared = share("care" in one.result.routes for one in crisis)
    print(f"crisis talk brought to care: {cared.hits} of {cared.of}")  # noqa: T201 - shown with -s
    assert cared.of >= 30
    assert cared.share is not None
    assert cared.share >= LEAST_CRISIS_TO_CARE


def test_crisis_talk_is_nobodys_conduct(scored: list[Scored]) -> None:
    crisis = [one for one in scored if one.case.family == "crisis"]
    assert [one.case.id for one in crisis if "queue" in one.result.routes or one.first("P2") is not None] == []
