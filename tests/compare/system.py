"""What every compared system can do, whatever it is inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result

Scores = tuple[float, ...]


class NotRun(Exception):
    """A system that is not on this machine, or did not start. Its words say why."""


class System(Protocol):
    """`learns` False: its scores do not depend on `learn`, so one scoring serves every split."""

    name: str
    learns: bool

    def learn(self, cases: Sequence[Case]) -> None:
        """Forget what was learned before and learn from these. May raise NotRun."""

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        """One tuple a case: after each message, the highest of each writer's latest score. Reads no message early."""


@runtime_checkable
class Deciding(Protocol):
    """A system that also says itself when to flag: a row of its own, beside the cut-offs chosen for everybody."""

    by_itself: str  # how that row is called

    def decided(self, case: Case, scores: Scores) -> Result:
        """What it makes of `case`, just scored with `scores`."""
