"""What people type in either language becomes needs, filters and words."""

from __future__ import annotations

import pytest

from community.resources.kinds import FILTERS, LINE_NEEDS, TILES
from community.resources.search import NOWHERE, Search, findable, fold, understand
from community.resources.vocabulary import FILTER_WORDS, NEED_WORDS, SMALL_WORDS


@pytest.mark.parametrize(
    ("words", "tags", "filters", "rest"),
    [
        ("bed", {"bed"}, set(), ()),
        ("Beds", {"bed"}, set(), ()),
        ("necesito una cama", {"bed"}, set(), ()),
        ("ALBERGUE", {"bed"}, set(), ()),
        ("hogar de paso", {"bed"}, set(), ()),
        ("where can i sleep tonight", {"bed"}, set(), ()),
        ("mi mamá me echaron", {"bed"}, set(), ("mama",)),
        ("food for my baby", {"food"}, {"parents"}, ()),
        ("no id", set(), {"no-id"}, ()),
        ("get an id", {"papers"}, set(), ()),
        ("comida sin identificación", {"food"}, {"no-id"}, ()),
        ("doctor en español", {"health"}, {"spanish"}, ()),
        ("seguro social", {"papers"}, set(), ()),
        ("lgbtq+ counseling", {"feelings"}, {"lgbtq"}, ()),
        ("I want to die", {"crisis"}, set(), ()),
        ("quiero morir", {"crisis"}, set(), ()),
        ("haircut near 60699", set(), set(), ("haircut", "60699")),
        ("", set(), set(), ()),
        ("i the de", set(), set(), ()),
    ],
)
def test_words_are_understood(words: str, tags: set[str], filters: set[str], rest: tuple[str, ...]) -> None:
    asked = understand(Search(words=words))
    assert (set(asked.tags), set(asked.filters), asked.words) == (tags, filters, rest)


def test_my_mother_is_not_a_filter_for_parents() -> None:
    assert understand(Search(words="my mom kicked me out")).filters == frozenset()


@pytest.mark.parametrize(
    ("place", "city", "area"),
    [
        ("Riverton", "riverton", ""),
        ("  San José, CA", "san jose", ""),
        ("60699", "", "606"),
        ("60699-1234", "", "606"),
        ("Riverton, IL 60699", "riverton", "606"),
        ("606", "?", ""),
        ("🙂", "?", ""),
        ("", "", ""),
    ],
)
def test_a_place_is_a_city_or_a_zip_area(place: str, city: str, area: str) -> None:
    asked = understand(Search(place=place))
    assert (asked.city, asked.area) == (city, area)


def test_a_tile_finds_everything_it_covers() -> None:
    assert understand(Search(need="work")).tile == ("work", "school", "money")
    assert understand(Search(need="nothing")).tile == ()


def test_wildcards_and_odd_letters_never_reach_the_database() -> None:
    asked = understand(Search(words="%' OR 1=1 -- _\u202e\u0000", place="100%_"))
    assert all(word.isalnum() for word in asked.words)
    assert asked.city == NOWHERE


def test_a_very_long_search_is_cut() -> None:
    assert len(understand(Search(words="xylophone " * 5000)).words) <= 8


def test_what_was_typed_is_not_shown_when_printed() -> None:
    typed = Search(words="zebra", place="Riverton", age=17)
    assert "zebra" not in repr(typed) + repr(understand(typed))
    assert "Riverton" not in repr(typed)
    assert "riverton" not in repr(understand(typed))
    assert "17" not in repr(typed)


def test_every_word_means_one_thing_and_is_written_folded() -> None:
    words = [word for table in (NEED_WORDS, FILTER_WORDS) for found in table.values() for word in found]
    assert len(words) == len(set(words))
    assert [word for word in words if word != fold(word)] == []
    assert set(words) & SMALL_WORDS == set()


def test_the_tables_name_only_what_exists() -> None:
    assert NEED_WORDS.keys() <= set(LINE_NEEDS)
    assert FILTER_WORDS.keys() <= FILTERS.keys()
    assert {tag for tile in TILES.values() for tag in tile.covers} <= set(LINE_NEEDS)


def test_findable_puts_a_space_before_every_word() -> None:
    assert findable(["Café Ñandú,", "9th St."]) == " cafe nandu 9th st "
