"""The toxicity adviser: advice for the digest, and its absence said out loud."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from community.advising import on_scores
from community.rooms.models import Message
from moderation.core.toxicity import AdviserState, Label, Scores, Status
from moderation.store.cases import Case
from tests.factories import People


def test_health_says_when_the_adviser_is_not_installed(people: People) -> None:
    assert "not installed" in people.visitor().get("/health").get_data(as_text=True)
    assert "Toxicity adviser: not installed" in people.moderator().http.get("/desk").get_data(as_text=True)


@pytest.mark.usefixtures("fresh_health")
def test_health_says_how_many_texts_the_adviser_never_saw(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    adviser = people.house.runtime.adviser
    monkeypatch.setattr(adviser, "state", lambda: AdviserState(Status.READY))
    client = people.visitor()
    assert "could not look at" not in client.get("/health").get_data(as_text=True)
    adviser._add_unscored(3)  # type: ignore[attr-defined]
    answer = client.get("/health")
    assert answer.status_code == 200
    assert "texts it could not look at: 3" in re.sub("[\u2068\u2069]", "", answer.get_data(as_text=True))


def test_scores_open_a_digest_case_and_hold_nothing(people: People) -> None:
    people.room()
    sent = (
        people.member().socket().emit("message:send", {"room": "talk", "client_id": "c", "text": "hm"}, callback=True)
    )
    on_scores(people.house)(str(sent["message"]["id"]), Scores({next(iter(Label)): 0.99}))
    with people.house.database.reading() as session:
        assert [case.tier.value for case in session.scalars(select(Case))] == ["P2"]
        assert [message.state for message in session.scalars(select(Message))] == ["published"]
