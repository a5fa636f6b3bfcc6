"""Nobody is tested on what was learned, and everybody is tested once."""

from __future__ import annotations

from moderation.evaluate.cases import Case
from tests.compare.conftest import Make
from tests.compare.splits import Split, by_file, by_fold, family_of, inner, with_public


def _apart(split: Split) -> bool:
    return {family_of(case) for case in split.train}.isdisjoint(family_of(case) for case in split.test)


def test_every_case_is_tested_once_away_from_its_twin(small: list[Case]) -> None:
    splits = by_fold(small, small)
    assert sorted(case.id for split in splits for case in split.test) == sorted(case.id for case in small)
    assert all(_apart(split) and split.train for split in splits)
    assert all(len(split.train) + len(split.test) == len(small) for split in splits)


def test_a_file_is_not_learned_from_when_it_is_tested_nor_are_its_twins_elsewhere(
    small: list[Case], talk: Make
) -> None:
    far_twin = talk("far", "A: hello", family="twin", twin_of=small[0].id)
    files = {"one": small[:12], "two": [*small[12:], far_twin]}
    first, second = by_file(files, files)
    assert [case.id for case in first.test] == [case.id for case in small[:12]]
    assert far_twin not in first.train
    assert [case.id for case in second.train] == [case.id for case in small[2:12]]


def test_public_talk_is_learned_from_in_all_turns_but_the_one_that_tests_it(small: list[Case], talk: Make) -> None:
    public = [talk(f"p{n}", "A: hello", family="everyday") for n in range(40)]
    splits = with_public(by_fold(small, small), public)
    for case in public:
        assert sum(case in split.test for split in splits) == 1
        assert sum(case in split.train for split in splits) == len(splits) - 1


def test_cut_offs_are_chosen_on_cases_that_were_not_learned(small: list[Case]) -> None:
    parts = inner(small)
    assert sorted(case.id for part in parts for case in part.test) == sorted(case.id for case in small)
    assert all(_apart(part) and part.train for part in parts)
