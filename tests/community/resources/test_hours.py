"""Open, closed or not known: by the wall clock of the place, over midnight, holidays and changed clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from community.resources.hours import ALWAYS, Opening, OpenState, State, is_always, opening, overlap, state_at

CHICAGO = ZoneInfo("America/Chicago")
NINE_TO_FIVE = tuple(opening(day, time(9), time(17)) for day in range(5))
NIGHTS = tuple(opening(day, time(20), time(8)) for day in range(7))


def _at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHICAGO)


def _state(
    openings: tuple[Opening, ...], now: datetime, *, known: bool = True, closed: tuple[date, ...] = ()
) -> OpenState:
    return state_at(openings, known=known, closed_on=closed, zone=CHICAGO, now=now.astimezone(UTC))


def test_open_from_the_first_minute_and_closed_from_the_last() -> None:
    assert _state(NINE_TO_FIVE, _at(2026, 11, 24, 8, 59)).state is State.CLOSED
    assert _state(NINE_TO_FIVE, _at(2026, 11, 24, 9)) == OpenState(State.OPEN, until=_at(2026, 11, 24, 17))
    assert _state(NINE_TO_FIVE, _at(2026, 11, 24, 16, 59)).state is State.OPEN
    assert _state(NINE_TO_FIVE, _at(2026, 11, 24, 17)) == OpenState(State.CLOSED, opens=_at(2026, 11, 25, 9))


def test_a_weekend_is_skipped() -> None:
    assert _state(NINE_TO_FIVE, _at(2026, 11, 27, 18)) == OpenState(State.CLOSED, opens=_at(2026, 11, 30, 9))


def test_a_night_goes_on_after_midnight() -> None:
    assert _state(NIGHTS, _at(2026, 11, 24, 3)) == OpenState(State.OPEN, until=_at(2026, 11, 24, 8))
    assert _state(NIGHTS, _at(2026, 11, 24, 23)) == OpenState(State.OPEN, until=_at(2026, 11, 25, 8))
    assert _state(NIGHTS, _at(2026, 11, 24, 12)) == OpenState(State.CLOSED, opens=_at(2026, 11, 24, 20))


def test_sunday_night_reaches_into_monday() -> None:
    only_sunday = (opening(6, time(22), time(6)),)
    assert _state(only_sunday, _at(2026, 11, 23, 5, 59)).state is State.OPEN
    assert _state(only_sunday, _at(2026, 11, 23, 6)).state is State.CLOSED


def test_a_holiday_closes_its_day_but_not_the_night_that_reaches_into_it() -> None:
    thanksgiving = (date(2026, 11, 26),)
    assert _state(NINE_TO_FIVE, _at(2026, 11, 26, 12), closed=thanksgiving) == OpenState(
        State.CLOSED, opens=_at(2026, 11, 27, 9)
    )
    assert _state(NIGHTS, _at(2026, 11, 26, 3), closed=thanksgiving).state is State.OPEN
    assert _state(NIGHTS, _at(2026, 11, 26, 21), closed=thanksgiving).state is State.CLOSED


def test_midnight_does_not_close_a_place_that_never_closes() -> None:
    assert _state(ALWAYS, _at(2026, 11, 24, 23, 59)) == OpenState(State.OPEN, until=None)


def test_unknown_hours_are_never_open() -> None:
    assert _state((), _at(2026, 11, 24, 12)).state is State.UNKNOWN
    assert _state(ALWAYS, _at(2026, 11, 24, 12), known=False).state is State.UNKNOWN


def test_the_place_keeps_its_own_time() -> None:
    seen_from_utc = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # 9:30 in Chicago, 7:30 in Los Angeles
    here = state_at(NINE_TO_FIVE, known=True, closed_on=(), zone=CHICAGO, now=seen_from_utc)
    west = state_at(NINE_TO_FIVE, known=True, closed_on=(), zone=ZoneInfo("America/Los_Angeles"), now=seen_from_utc)
    assert (here.state, west.state) == (State.OPEN, State.CLOSED)


@pytest.mark.parametrize("day", [(2026, 3, 8), (2026, 11, 1)])
def test_a_changed_clock_moves_the_hours_with_it(day: tuple[int, int, int]) -> None:
    sunday = (opening(6, time(9), time(17)),)
    assert _state(sunday, _at(*day, 8, 59)).state is State.CLOSED
    assert _state(sunday, _at(*day, 9)).state is State.OPEN
    assert _state(sunday, _at(*day, 17)).state is State.CLOSED


def test_two_openings_a_day_leave_midday_closed() -> None:
    split = (opening(1, time(9), time(12)), opening(1, time(13), time(18)))
    assert _state(split, _at(2026, 11, 24, 12, 30)) == OpenState(State.CLOSED, opens=_at(2026, 11, 24, 13))


def test_openings_that_make_no_sense_are_refused() -> None:
    for day, opens, closes in ((7, 0, 60), (0, -1, 60), (0, 600, 600), (0, 0, 1441)):
        with pytest.raises(ValueError, match="no such opening"):
            Opening(day, opens, closes)


def test_overlap_is_seen_also_across_the_end_of_the_week() -> None:
    assert not overlap(NINE_TO_FIVE)
    assert overlap([opening(1, time(9), time(12)), opening(1, time(11), time(13))])
    assert overlap([opening(6, time(22), time(6)), opening(0, time(5), time(7))])
    assert not overlap(ALWAYS)
    assert is_always(ALWAYS)
    assert not is_always(NIGHTS)
