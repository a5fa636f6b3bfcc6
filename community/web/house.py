"""What one running house is made of, and how views reach it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flask import current_app

from community.accounts.lasting import Lasting
from community.accounts.passphrases import Passphrases
from community.db import Database
from community.kept import Kept
from community.limits import Limiter
from community.realtime import Hub
from config import Settings
from moderation.runtime import Runtime

EXTENSION = "haven"

# How one part of the house is doing: `name_id` and `detail_id` name texts, `state` is ok, missing or down.
Part = dict[str, str]


@dataclass(frozen=True, slots=True)
class House:
    """Everything made once at start. Nothing here is a global: two apps in one process do not meet."""

    settings: Settings
    database: Database
    hub: Hub
    limiter: Limiter
    passphrases: Passphrases
    runtime: Runtime
    parts: tuple[Callable[[House], Part], ...]
    looked: Kept[list[Part]] = field(default_factory=Kept)

    @property
    def lasting(self) -> Lasting:
        """How long a sign-in lasts here."""
        idle = timedelta(minutes=self.settings.idle_minutes)
        return Lasting(idle=idle, longest=timedelta(days=self.settings.session_days))


def house() -> House:
    """The house of the current app."""
    return current_app.extensions[EXTENSION]  # type: ignore[no-any-return]
