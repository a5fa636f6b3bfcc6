"""What follows: hold, ask first or publish."""

import pytest

from moderation.core.model import Action, Kind, Reason, Ref, Route, Tier
from moderation.core.policy import choose_action, choose_routes, conduct_reasons, conduct_tier, waiting_reasons
from moderation.core.relations import Judgement

CARE = (Reason("self_harm_crisis", 1, ("self_harm_crisis",), Tier.P0),)
STORY = (Reason("harm_disclosure", 1, ("harm_disclosure",), Tier.P1),)


@pytest.mark.parametrize(
    ("tier", "nudge", "care", "action"),
    [
        (Tier.P0, "", (), Action.HOLD),
        (Tier.P1, "", (), Action.HOLD),
        (Tier.P1, "phone", (), Action.HOLD),
        (Tier.P2, "", (), Action.PUBLISH),
        (Tier.P3, "", (), Action.PUBLISH),
        (None, "phone", (), Action.NUDGE),
        (None, "", (), Action.PUBLISH),
        (None, "", CARE, Action.PUBLISH),
        (None, "phone", CARE, Action.HOLD),
        (None, "phone", STORY, Action.HOLD),
        (None, "place", STORY, Action.HOLD),
    ],
)
def test_action(tier: Tier | None, nudge: str, care: tuple[Reason, ...], action: Action) -> None:
    assert choose_action(tier, nudge, care) is action


def test_routes_stand_side_by_side() -> None:
    assert choose_routes(Tier.P1, "phone", CARE) == {Route.QUEUE, Route.PRIVACY, Route.CARE}
    assert choose_routes(Tier.P3, "", ()) == frozenset()
    assert choose_routes(None, "", CARE) == {Route.CARE}


def test_the_most_urgent_pair_decides() -> None:
    pairs = [Judgement("a", Tier.P2, (), 1), Judgement("b", Tier.P0, (), 9), Judgement("c", None, (), 0)]
    assert conduct_tier(pairs) is Tier.P0
    assert conduct_tier([Judgement("a", None, (), 5)]) is None


def test_one_rule_gives_one_reason_with_all_its_contents() -> None:
    one, two = (Reason("r", 1, (s,), Tier.P1, (Ref(Kind.MESSAGE, s),)) for s in ("a", "b"))
    merged = conduct_reasons([Judgement("x", Tier.P1, (one,), 1), Judgement("y", Tier.P1, (two,), 1)])
    assert merged == (Reason("r", 1, ("a", "b"), Tier.P1, (Ref(Kind.MESSAGE, "a"), Ref(Kind.MESSAGE, "b"))),)


def test_what_is_written_to_whom_a_case_guards_waits_but_is_asked_about_first() -> None:
    assert choose_action(None, "", (), ["y"]) is Action.HOLD
    assert choose_action(Tier.P2, "", (), ["y"]) is Action.HOLD
    assert choose_action(None, "phone", (), ["y"]) is Action.NUDGE
    assert choose_routes(None, "", (), ["y"]) == {Route.QUEUE}
    assert [reason.tier for reason in waiting_reasons(None, ["y"])] == [Tier.P1]
    assert waiting_reasons(Tier.P1, ["y"]) == waiting_reasons(None, []) == ()
