"""Nobody is tested on what was learned, and everybody is tested once."""

from __future__ import annotations

from moderation.evaluate.cases import Case
from tests.compare.conftest import Make
from tests.compare.splits import Split, family_of, inner, turns


def _apart(split: Split) -> bool:
    return {family_of(case) for case in split.train}.isdisjoint(family_of(case) for case in split.test)


def test_what_shares_a_twin_or_an_id_with_a_tested_case_is_not_learned_from(small: list[Case], talk: Make) -> None:
    far_twin = talk("far", "A: hello", family="twin", twin_of=small[0].id)
    first, second = turns({"one": small[:12], "two": small[12:]}, [*small, far_twin], [])
    assert (first.name, list(first.test)) == ("one", small[:12])
    assert list(first.train) == small[12:]
    assert list(second.train) == [*small[:12], far_twin]
    assert _apart(first)
    assert _apart(second)


def test_public_talk_is_learned_from_in_all_turns_but_the_one_that_tests_it(small: list[Case], talk: Make) -> None:
    public = [talk(f"p{n}", "A: hello", family="everyday") for n in range(40)]
    splits = turns({"one": small[:4], "two": small[4:8], "three": small[8:12]}, small[12:], public)
    for case in public:
        assert sum(case in split.test for split in splits) == 1
        assert sum(case in split.train for split in splits) == 2
    assert all(any(case in split.test for case in public) for split in splits)


def test_cut_offs_are_chosen_on_cases_that_were_not_learned(small: list[Case]) -> None:
    parts = inner(small)
    assert sorted(case.id for part in parts for case in part.test) == sorted(case.id for case in small)
    assert all(_apart(part) and part.train for part in parts)
