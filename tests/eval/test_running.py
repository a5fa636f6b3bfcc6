"""The same results in the same order, however many processes there are."""

from __future__ import annotations

import pytest

from moderation.evaluate.cases import Case
from moderation.evaluate.parts import UnknownPart
from moderation.evaluate.running import runner


def test_one_process_and_three_say_the_same(authored: list[Case]) -> None:
    some = authored[::3]
    answers = []
    for processes in (1, 3):
        with runner(processes) as running:
            answers.append([list(running.results(some, off)) for off in ((), ("gates",), ("gates", "memory"))])
    assert answers[0] == answers[1]
    assert [result.id for result in answers[1][0]] == [case.id for case in some]
    assert answers[0][0] != answers[0][1]


def test_an_unknown_part_is_refused_before_any_work(authored: list[Case]) -> None:
    with runner(1) as running, pytest.raises(UnknownPart, match="nonsense"):
        next(running.results(authored, ("nonsense",)))
