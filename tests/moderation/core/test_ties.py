"""What makes a long mutual tie, and what one person cannot make of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.core.model import Author, Context, Draft, Kind, Ref, Utterance
from moderation.core.ties import APART, SITTINGS, Answers, Way, answered, asked, gone, met
from tests.moderation.core.talk import START, staff, youth

DAY = timedelta(days=1)
PEOPLE = {one.id: one for one in (youth("a"), youth("b"), youth("c"), youth("young", band="13-15"), staff("s"))}


def draft(author: str, *to: str, days: float = 0) -> Draft:
    return Draft(PEOPLE[author], Kind.MESSAGE, START + days * DAY, "room", "", to)


def after(*drafts: Draft) -> dict[Way, Answers]:
    ties: dict[Way, Answers] = {}
    for one in drafts:
        ties |= gone(one, PEOPLE, ties)
    return ties


def since(days: float, ties: dict[Way, Answers], author: str = "a", other: str = "b") -> float | None:
    """Days after START from which the two count as having met, asked at day `days`."""
    found = met(draft(author, other, days=days), Context((), PEOPLE), ties).get(other)
    return None if found is None else (found - START) / DAY


def talks(author: str, other: str, days: Sequence[float]) -> list[Draft]:
    return [draft(author, other, days=day) for day in days]


def test_both_must_have_answered_in_three_sittings() -> None:
    there, back = talks("a", "b", (0, 15, 30)), talks("b", "a", (2, 16, 33))
    assert since(34, after(*there, *back)) == 2, "the later of both beginnings"
    assert since(34, after(*there, *back), "b", "a") == 2
    assert since(34, after(*there, *back[:2])) is None
    assert since(34, after(*there)) is None
    assert since(34, after(*talks("a", "b", range(34)), *back[:1])) is None, "nobody makes a tie alone"


def test_answers_of_one_evening_are_one_sitting() -> None:
    evening = [hour / 24 for hour in range(11)]
    assert after(*talks("a", "b", evening))["a", "b"].sittings == 1
    assert after(*talks("a", "b", (0, APART / DAY)))["a", "b"].sittings == 2
    assert gone(draft("a", "b", days=0.1), PEOPLE, after(draft("a", "b"))) == {}, "nothing to write"


def test_a_tie_of_which_a_month_nothing_was_heard_begins_anew() -> None:
    there, back = talks("a", "b", (0, 1, 2)), talks("b", "a", (0, 1, 2))
    assert since(32, after(*there, *back)) == 0
    assert since(33, after(*there, *back)) is None
    assert since(40, after(*there, *back, *talks("a", "b", (39,)), *talks("b", "a", (39,)))) is None
    assert after(*there, draft("a", "b", days=39))["a", "b"] == Answers(START + 39 * DAY, START + 39 * DAY, 1)


@pytest.mark.parametrize("other", ["s", "young", "stranger", "a"])
def test_only_peers_have_ties(other: str) -> None:
    assert answered(draft("a", other), PEOPLE) == ()
    assert asked(draft("a", other), Context((), PEOPLE)) == frozenset()


def test_no_band_is_no_peer() -> None:
    nobody: dict[str, Author] = {name: replace(one, band="") for name, one in PEOPLE.items()}
    assert answered(Draft(nobody["a"], Kind.MESSAGE, START, "room", "", ("b",)), nobody) == ()


def test_a_line_that_only_follows_and_a_call_to_many_answer_nobody() -> None:
    assert answered(draft("a"), PEOPLE) == ()
    many = {**PEOPLE, **{f"m{n}": youth(f"m{n}") for n in range(4)}}
    assert answered(draft("a", "b", "m0", "m1"), many) == ("b", "m0", "m1")
    assert answered(draft("a", "b", "m0", "m1", "m2"), many) == ()


def test_what_is_read_is_what_may_be_written_or_may_be_long() -> None:
    heard = Context((Utterance("b", START - DAY / 2, Ref(Kind.MESSAGE, "1"), ""),), PEOPLE)
    assert asked(draft("a"), heard) == {("a", "b"), ("b", "a")}
    new = {**PEOPLE, "a": youth("a", days=20)}
    assert asked(Draft(new["a"], Kind.MESSAGE, START, "room", ""), replace(heard, people=new)) == frozenset()
    assert asked(Draft(new["a"], Kind.MESSAGE, START, "room", "", ("b",)), replace(heard, people=new)) == {("a", "b")}


def test_more_sittings_than_two_are_asked_for() -> None:
    assert SITTINGS > 2
