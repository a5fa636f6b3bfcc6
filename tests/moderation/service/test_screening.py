"""Screening never raises and never lets through what it could not read."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from moderation.core import screen as pipeline
from moderation.core.model import Action, Context, Route, Tier
from moderation.service import screen
from tests.moderation.fakes import Bench, draft


@pytest.mark.parametrize("error", [ValueError, KeyError, RecursionError, MemoryError])
def test_whatever_breaks_the_text_waits(
    house: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: type[Exception]
) -> None:
    def broken(*_args: Any) -> None:
        raise error("the words someone wrote")

    monkeypatch.setattr(pipeline, "screen", broken)
    with caplog.at_level(logging.ERROR):
        found = screen(house.runtime.rulebook, draft("hello"), Context())
    assert (found.action, found.tier, found.unscreened) == (Action.HOLD, Tier.P1, True)
    assert found.routes == {Route.QUEUE}
    assert [reason.rule_id for reason in found.reasons] == ["system-unscreened"]
    assert error.__name__ in caplog.text
    assert "words someone wrote" not in caplog.text


def test_a_working_rulebook_is_really_asked(house: Bench) -> None:
    found = screen(house.runtime.rulebook, draft("good morning all"), Context())
    assert (found.action, found.unscreened) == (Action.PUBLISH, False)
