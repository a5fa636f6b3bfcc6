"""The screening benchmark runs: what nobody runs for weeks must not break unseen. Nothing is timed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.core.model import RECENT_LINES
from moderation.fail_closed import screen
from moderation.rulebook import shipped
from tests.bench.house_memory import EACH, PAIRS_OF_ONE, Remembering
from tests.bench.screening import encoder, keyword_list, live, overheard, spend

PAIRS = 20


def test_messages_are_timed_in_a_house_that_remembers() -> None:
    town = live(shipped(), PAIRS)
    assert len(town.pairs) >= PAIRS
    heard = overheard(town, shipped(), 200)
    assert any(seen for _, context in heard for seen in context.history.values())
    assert max(len(context.recent) for _, context in heard) == RECENT_LINES
    spent = spend([lambda d=draft, c=context: screen(shipped(), d, c) for draft, context in heard])
    assert len(spent.wall) == len(spent.processor) == 200
    assert spent.per_second > 0


def test_no_timed_message_is_one_that_screening_broke_on() -> None:
    heard = overheard(live(shipped(), 1), shipped(), 200)
    assert not any(screen(shipped(), draft, context).unscreened for draft, context in heard)


def test_a_plain_list_is_about_as_long_as_asked() -> None:
    assert 250 <= len(keyword_list(shipped())) <= 400


def test_a_neural_reader_that_is_not_here_says_why(tmp_path: Path) -> None:
    assert encoder("minilm", tmp_path / "python", ["hey"]) == {"why": f"there is no {tmp_path / 'python'}"}


@pytest.mark.sqlite("the benchmark's own database file")
def test_the_store_grows_and_answers(tmp_path: Path) -> None:
    house = Remembering(tmp_path, shipped())
    try:
        house.grow(PAIRS)
        assert house.bytes_a_pair() > 0
        assert len(house.messages(4)) == 4
        assert len(house.of_one(PAIRS_OF_ONE * EACH, 3)) == 3
        assert house.pairs == PAIRS
    finally:
        house.database.close()
