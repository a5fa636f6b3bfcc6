"""Everything the service and the desk run with: the host, the rules, the clock, the database, the agency's times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from moderation.core.model import Tier
from moderation.core.rules import Rulebook
from moderation.core.toxicity import AdviserState, Scores
from moderation.ports import Host, OpenSession, Staff


class Adviser(Protocol):
    """The toxicity adviser as the desk sees it."""

    def state(self) -> AdviserState:
        """Whether it is installed and answering: see `moderation.adapters.toxicity`."""

    def run(self, on_scores: Callable[[str, Scores], None]) -> None:
        """Score what is submitted and hand each result on, until it is closed."""

    def submit(self, ref_id: str, text: str) -> bool:
        """Queue a text for a second look, without waiting; False when it was not taken."""


@dataclass(frozen=True)
class Runtime:
    """Made once by the composition root and handed to every service function that needs it.

    `lease` is how long a claim lasts without activity; `deadlines` is the time to a first human look for each tier
    (a tier without one, P3, has no clock). Sessions of `writing` must take turns: two arrivals about one person that
    both looked before either wrote would open two cases.
    """

    host: Host
    rulebook: Rulebook
    adviser: Adviser
    reading: OpenSession
    writing: OpenSession
    current_staff: Callable[[], Staff]
    clock: Callable[[], datetime]
    lease: timedelta
    deadlines: Mapping[Tier, timedelta]
