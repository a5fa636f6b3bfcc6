"""Everything the service and the desk run with: the host, the rules, the clock, the database, the agency's times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from moderation.core.model import Tier
from moderation.ports import Host, OpenSession, Staff


class Adviser(Protocol):
    """The toxicity adviser as the desk sees it."""

    def state(self) -> Any:
        """Whether it is installed and answering: see `moderation.adapters.toxicity`."""


@dataclass(frozen=True)
class Runtime:
    """Made once by the composition root and handed to every service function that needs it.

    `lease` is how long a claim lasts without activity; `deadlines` is the time to a first human look for each tier
    (a tier without one, P3, has no clock).
    """

    host: Host
    rulebook: Any
    adviser: Any
    reading: OpenSession
    writing: OpenSession
    current_staff: Callable[[], Staff]
    clock: Callable[[], datetime]
    lease: timedelta
    deadlines: Mapping[Tier, timedelta]
