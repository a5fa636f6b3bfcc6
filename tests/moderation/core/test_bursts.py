"""A sentence sent in pieces is read as one, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.core.bursts import MOST_CHARACTERS, begun
from moderation.core.leaning import Model
from moderation.rulebook import shipped
from tests.moderation.core.talk import Talk, youth

SOON = timedelta(seconds=20)


@pytest.fixture
def talk() -> Talk:
    phrases_alone = replace(shipped(), leaning=replace(shipped().leaning, model=Model()))
    return Talk(phrases_alone, youth("w"), youth("r"))


def signals(talk: Talk, line: str, after: timedelta = SOON) -> set[str]:
    return {finding.signal for finding in talk.say("w", line, after=after).findings}


def test_a_request_cut_in_two_is_found_in_its_second_half(talk: Talk) -> None:
    talk.say("r", "hi")
    assert not signals(talk, "dont tell")
    verdict = talk.say("w", "your mom ok", after=SOON)
    assert [finding.signal for finding in verdict.findings] == ["secrecy_request"]
    span = verdict.findings[0].span
    assert "your mom ok"[span.start : span.end] == "your mom", "only words of this message are marked"


def test_what_was_found_before_is_not_found_again(talk: Talk) -> None:
    talk.say("r", "hi")
    assert signals(talk, "dont tell your mom")
    assert not signals(talk, "ok")


@pytest.mark.parametrize(
    ("first", "between", "pause"),
    [
        ("dont tell", "what", SOON),
        ("dont tell", None, timedelta(minutes=4)),
        ("i wont tell. dont tell.", None, SOON),
    ],
    ids=["someone spoke", "time passed", "the sentence had ended"],
)
def test_otherwise_each_line_stands_alone(talk: Talk, first: str, between: str | None, pause: timedelta) -> None:
    talk.say("r", "hi")
    talk.say("w", first)
    if between:
        talk.say("r", between, after=SOON)
    assert not signals(talk, "your mom", pause)


def test_single_letters_sent_one_by_one_are_a_word(talk: Talk) -> None:
    for letter in "add me on", "s", "n", "a":
        talk.say("w", letter, after=SOON)
    assert "platform_migration" in signals(talk, "p")


def test_little_is_carried_over(talk: Talk) -> None:
    for _ in range(6):
        talk.say("w", "word " * 100, after=SOON)
    assert len(begun(talk.draft("w", "x"), talk.context())) == MOST_CHARACTERS


def test_the_words_before_can_make_it_harmless(talk: Talk) -> None:
    talk.say("r", "hi")
    talk.say("w", "so he said")
    assert not signals(talk, "dont tell your mom"), "a report in two messages stays a report"


def test_words_turned_round_in_one_message_do_not_turn_the_next(talk: Talk) -> None:
    talk.say("r", "hi")
    talk.say("w", "\u202ellet tnod", after=SOON)
    assert signals(talk, "your mom")
