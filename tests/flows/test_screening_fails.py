"""A detector that breaks: the message waits, staff see that it was not checked, nothing passes in silence."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.core import screen as pipeline
from moderation.store.cases import Case
from tests.factories import People


def test_a_broken_detector_holds_and_says_so(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the words someone wrote")

    people.room()
    monkeypatch.setattr(pipeline, "screen", broken)
    answer = (
        people.member().socket().emit("message:send", {"room": "talk", "client_id": "c", "text": "hi"}, callback=True)
    )
    assert answer["state"] == "held"
    with people.house.database.reading() as session:
        assert [case.kind.value for case in session.scalars(select(Case))] == ["unscreened"]
    health = people.visitor().get("/health")
    assert health.status_code == 503
    assert "do not hold what they must" in health.get_data(as_text=True)
    assert "Screening has gaps" in people.moderator().http.get("/desk").get_data(as_text=True)
