"""How long a sign-in lasts: the one rule that pages, sockets, posting and the sweep ask. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_NOTICED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lasting:
    """`idle` is how long a shared device may be quiet, `longest` how long any device stays signed in."""

    idle: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(days=30)

    def is_over(self, *, started_at: datetime, seen_at: datetime, shared: bool, now: datetime) -> bool:
        """True when a sign-in is too old, or its shared device was quiet for too long."""
        return now - started_at > self.longest or (shared and now - seen_at > self.idle)

    @property
    def noticed_every(self) -> timedelta:
        """How exact `seen_at` is: one write a minute, and often enough for a short `idle`."""
        return min(_NOTICED, self.idle / 4)


USUAL = Lasting()
