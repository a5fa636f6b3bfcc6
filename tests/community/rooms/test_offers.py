"""Which card the people a message was written to are offered: the one about a threat for every rule about threats."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from community import clock
from community.rooms import queries
from community.rooms.offers import THREAT_SIGNALS, offer_choices
from community.safety.models import Notice
from moderation.core.model import Action, Tier
from tests.factories import People
from tests.moderation.fakes import reason, verdict


def offered(people: People, rule: str, signals: tuple[str, ...], tier: Tier, action: Action = Action.HOLD) -> list[str]:
    """The cards of one who was written to."""
    people.room()
    writer, youth = people.member(), people.member()
    sent = {"room": "talk", "client_id": "c", "text": "hello"}
    number = writer.socket().emit("message:send", sent, callback=True)["message"]["id"]
    found = verdict(reason(rule, tier, signals=signals), action=action, targets=(youth.id,))
    with people.house.database.writing() as session:
        offer_choices(session, queries.one(session, number), found, 1, away=frozenset(), now=clock.now())
    with people.house.database.reading() as session:
        return list(session.scalars(select(Notice.kind).where(Notice.account_id == youth.account.id)))


@pytest.mark.parametrize("rule_id", ["r1-threat", "r1-threat-by-words"])
def test_every_rule_about_a_threat_offers_the_card_about_threats(people: People, rule_id: str) -> None:
    (rule,) = (one for one in people.house.runtime.rulebook.combinations if one.id == rule_id)
    shown = frozenset().union(*rule.needs) & people.house.runtime.rulebook.signals.keys()
    assert shown
    assert offered(people, rule_id, tuple(sorted(shown)), rule.tier) == ["choice-threat"]


def test_what_else_is_held_offers_the_card_about_waiting(people: People) -> None:
    assert offered(people, "r2-private-offer", ("material_inducement",), Tier.P1) == ["choice-held"]


def test_what_can_wait_a_day_offers_nothing(people: People) -> None:
    assert offered(people, "r1-threat", ("sextortion_threat",), Tier.P2) == []


def test_every_signal_of_a_threat_is_one_of_the_rulebook(people: People) -> None:
    assert people.house.runtime.rulebook.signals.keys() >= THREAT_SIGNALS
