"""What visitors find: the filter matrix, honest states, hidden places, pages, and how many statements that takes."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from community.accounts.models import Organisation
from community.errors import NotFound
from community.resources import queries
from community.resources.freshness import Freshness
from community.resources.hours import ALWAYS, State, opening
from community.resources.search import Search
from tests.community.resources.conftest import NOW, Board
from tests.statements import counted

TODAY = NOW.date()


def _names(board: Board, **asked: Any) -> list[str]:
    with board.database.reading() as session:
        return [one.revision.name for one in queries.board(session, Search(**asked), now=NOW).found]


@pytest.mark.parametrize(
    ("fits", "differs", "asked"),
    [
        ({"needs": ("bed",)}, {"needs": ("food",)}, {"need": "bed"}),
        ({"needs": ("housing",)}, {"needs": ("work",)}, {"need": "bed"}),
        ({"needs": ("school",)}, {"needs": ("papers",)}, {"need": "work"}),
        ({"id_needed": False}, {"id_needed": True}, {"filters": frozenset({"no-id"})}),
        ({"id_needed": False}, {"id_needed": None}, {"filters": frozenset({"no-id"})}),
        ({"lgbtq_welcome": True}, {}, {"filters": frozenset({"lgbtq"})}),
        ({"parents_welcome": True}, {}, {"filters": frozenset({"parents"})}),
        ({"pets_welcome": True}, {}, {"filters": frozenset({"pets"})}),
        ({"accessible": True}, {}, {"filters": frozenset({"accessible"})}),
        ({"languages": ("en", "es")}, {"languages": ("en",)}, {"filters": frozenset({"spanish"})}),
        ({"cost": "free"}, {"cost": "low"}, {"filters": frozenset({"free"})}),
        ({"hours": ALWAYS, "hours_known": True}, {}, {"filters": frozenset({"open-now"})}),
        ({"minimum_age": 12, "maximum_age": 17}, {"minimum_age": 18}, {"age": 17}),
        ({}, {"maximum_age": 16}, {"age": 17}),
        ({"city": "San José"}, {"city": "Fairfield"}, {"place": "san jose"}),
        ({"postal_code": "60601"}, {"postal_code": "90210"}, {"place": "60699"}),
        ({"city": "", "postal_code": ""}, {}, {"place": "Nowhere"}),
        ({"summary_en": "Free haircuts on Friday"}, {}, {"words": "haircut"}),
        ({"needs": ("bed",)}, {}, {"words": "albergue"}),
        ({"needs": ("health",)}, {}, {"words": "clínica"}),
    ],
)
def test_the_filter_matrix(board: Board, fits: dict[str, Any], differs: dict[str, Any], asked: dict[str, Any]) -> None:
    board.put(name="Fits", **fits)
    board.put(name="Differs", **differs)
    assert _names(board, **asked) == ["Fits"]


def test_several_wishes_must_all_hold(board: Board) -> None:
    board.put(name="Both", needs=("bed",), id_needed=False)
    board.put(name="Bed only", needs=("bed",), id_needed=True)
    assert _names(board, words="cama sin id", age=16) == ["Both"]


def test_best_match_then_open_then_name(board: Board) -> None:
    board.put(name="Zeta open", hours=ALWAYS, hours_known=True)
    board.put(name="Alpha closed", hours=(opening(0, time(9), time(10)),), hours_known=True)
    board.put(name="Beta unknown")
    board.put(name="Alto open", hours=ALWAYS, hours_known=True)
    assert _names(board) == ["Alto open", "Zeta open", "Beta unknown", "Alpha closed"]
    assert _names(board, words="closed riverton")[0] == "Alpha closed"


@pytest.mark.parametrize(
    ("checked", "state", "fresh"),
    [
        (TODAY, State.OPEN, Freshness.FRESH),
        (TODAY - timedelta(days=180), State.OPEN, Freshness.FRESH),
        (TODAY - timedelta(days=181), State.UNKNOWN, Freshness.OLD),
        (None, State.UNKNOWN, Freshness.NEVER),
    ],
)
def test_nothing_is_called_open_that_nobody_checked_in_time(
    board: Board, checked: date | None, state: State, fresh: Freshness
) -> None:
    board.put(hours=ALWAYS, hours_known=True, checked=checked)
    with board.database.reading() as session:
        (found,) = queries.board(session, Search(), now=NOW).found
    assert (found.state.state, found.freshness) == (state, fresh)


def test_a_place_not_checked_for_a_year_is_hidden_and_a_line_never(board: Board) -> None:
    board.put(name="Edge", checked=TODAY - timedelta(days=365))
    board.put(name="Gone", checked=TODAY - timedelta(days=366))
    board.put(name="Old line", kind="line", checked=TODAY - timedelta(days=900))
    assert _names(board) == ["Edge"]
    with board.database.reading() as session:
        assert [one.revision.name for one in queries.lines(session, now=NOW)] == ["Old line"]
        with pytest.raises(NotFound):
            queries.place(session, "gone", now=NOW)
        assert queries.board(session, Search(), now=NOW + timedelta(days=1)).found == []


@pytest.mark.parametrize("lapse", [{"verified_until": NOW}, {"code_signed": False}, {"trained": False}])
def test_an_organisation_that_is_not_verified_any_more_has_nothing_on_the_board(
    board: Board, lapse: dict[str, Any]
) -> None:
    board.put()
    with board.database.writing() as session:
        session.execute(update(Organisation).values(**lapse))
    assert _names(board) == []
    with board.database.reading() as session, pytest.raises(NotFound):
        queries.place(session, "harbor-kitchen", now=NOW)


def test_lines_stand_beside_places_and_those_for_the_need_come_first(board: Board) -> None:
    board.put(name="Any", kind="line", needs=("food",))
    board.put(name="Also", kind="line", needs=("bed", "crisis"))
    board.put(name="Crisis", kind="line", needs=("crisis", "bed"))
    board.put(name="Place")
    with board.database.reading() as session:
        result = queries.board(session, Search(words="i want to die"), now=NOW)
    assert [one.revision.name for one in result.lines] == ["Crisis", "Also", "Any"]
    assert _names(board) == ["Place"]


def test_nothing_found_still_gives_the_lines(board: Board) -> None:
    board.put(name="A line", kind="line")
    with board.database.reading() as session:
        result = queries.board(session, Search(words="zebra"), now=NOW)
    assert (result.total, len(result.lines)) == (0, 1)


def test_pages_are_cut_by_key_and_lose_nothing(board: Board) -> None:
    for number in range(70):
        board.put(name=f"Place {number:03d}")
    seen: list[str] = []
    after = 0
    with board.database.reading() as session:
        for size in (30, 30, 10):
            result = queries.board(session, Search(after=after), now=NOW)
            assert len(result.found) == size
            seen += [one.revision.name for one in result.found]
            after = result.more
    assert after == 0
    assert seen == [f"Place {number:03d}" for number in range(70)]


@pytest.mark.parametrize("places", [1, 60])
def test_a_page_takes_three_statements_however_long_the_board(board: Board, places: int) -> None:
    for number in range(places):
        board.put(name=f"Place {number}")
    with counted(board.database.engine) as said, board.database.reading() as session:
        queries.board(session, Search(words="dinner", place="60699", age=16), now=NOW)
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 3
