"""Weekly hours and what they say about a moment: open until when, closed until when, or not known. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = 24 * 60
WEEK = 7
# How far ahead an opening is looked for: a whole week and the day it may be closed.
AHEAD = 15


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Open on one weekday (0 is Monday) from `opens` to `closes`, in minutes after that day's midnight.

    `closes` past 1440 is on the next day. Raises ValueError when the numbers make no opening.
    """

    day: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.day < WEEK and 0 <= self.opens < DAY and self.opens < self.closes <= self.opens + DAY):
            raise ValueError("no such opening")


ALWAYS = tuple(Opening(day, 0, DAY) for day in range(WEEK))


class State(StrEnum):
    """What can be said of a place at a moment."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OpenState:
    """`until` is when an open place closes (None: it does not), `opens` when a closed one opens (None: not known)."""

    state: State
    until: datetime | None = None
    opens: datetime | None = None


UNKNOWN = OpenState(State.UNKNOWN)


def opening(day: int, opens: time, closes: time) -> Opening:
    """From clock times: a closing at or before the opening is on the next day."""
    start, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return Opening(day, start, end if end > start else end + DAY)


def overlap(openings: Sequence[Opening]) -> bool:
    """True if two openings cover the same minute, Sunday night into Monday included."""
    ordered = sorted(openings)
    spans = [(o.day * DAY + o.opens, o.day * DAY + o.closes) for o in ordered]
    spans += [(start + WEEK * DAY, end + WEEK * DAY) for start, end in spans[:1]]
    return any(after[0] < before[1] for before, after in pairwise(spans))


def state_at(
    openings: Sequence[Opening], *, known: bool, closed_on: Collection[date], zone: ZoneInfo, now: datetime
) -> OpenState:
    """The state at `now` in the place's own zone, by the clock on its wall (a changed clock moves its hours too)."""
    if not known or not openings:
        return UNKNOWN
    if openings == ALWAYS and not closed_on:
        return OpenState(State.OPEN)
    local = now.astimezone(zone).replace(tzinfo=None)
    for start, end in _merged(_spans(openings, closed_on, local.date())):
        if local < start:
            return OpenState(State.CLOSED, opens=start.replace(tzinfo=zone))
        if local < end:
            goes_on = end - local >= timedelta(days=WEEK)
            return OpenState(State.OPEN, until=None if goes_on else end.replace(tzinfo=zone))
    return OpenState(State.CLOSED)


def is_always(openings: Sequence[Opening]) -> bool:
    """True when no minute of the week is closed."""
    return sum(o.closes - o.opens for o in openings) == WEEK * DAY and not overlap(openings)


def _spans(
    openings: Sequence[Opening], closed_on: Collection[date], today: date
) -> Iterator[tuple[datetime, datetime]]:
    """Every opening from yesterday on, in order; days a place is closed are left out."""
    for ahead in range(-1, AHEAD):
        day = today + timedelta(days=ahead)
        if day in closed_on:
            continue
        midnight = datetime.combine(day, time())
        for one in sorted(o for o in openings if o.day == day.weekday()):
            yield midnight + timedelta(minutes=one.opens), midnight + timedelta(minutes=one.closes)


def _merged(spans: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Spans that touch are one: midnight does not close a place."""
    held: tuple[datetime, datetime] | None = None
    for start, end in spans:
        if held is not None and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held
