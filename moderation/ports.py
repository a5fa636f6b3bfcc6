"""What moderation needs from whoever hosts it: a few questions, one act, and a way to open the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.effects import Effect
from moderation.core.model import Ref, Role


@dataclass(frozen=True, slots=True)
class Person:
    """How the desk may show someone: the name they use here, role, age band, when they joined, "en" or "es"."""

    id: str
    name: str
    role: Role
    band: str
    joined_at: datetime
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """One line around a piece of content, ready to be copied as evidence. `answers` is whose line it answers, or ""."""

    ref: Ref
    author_id: str
    at: datetime
    state: str
    text: str = field(repr=False)
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """The signed-in staff member, as the desk sees them. `language` is "en" or "es"."""

    id: str
    name: str
    duties: frozenset[Duty]
    language: str


class Host(Protocol):
    """The community, as seen from the desk. Every method runs inside the caller's transaction."""

    def apply(self, session: Session, effect: Effect, *, by: str) -> None:
        """Carry out one effect of a decision. Raises LookupError when its subject is gone."""

    def context(self, session: Session, ref: Ref, *, before: int, after: int) -> Sequence[Line]:
        """The content itself and up to `before`/`after` lines around it, oldest first."""

    def since(self, session: Session, people: Collection[str], after: datetime, *, limit: int) -> Sequence[Line]:
        """The newest lines these people wrote after a moment, wherever that was, oldest first."""

    def people(self, session: Session, ids: Collection[str]) -> Mapping[str, Person]:
        """Names and bands for these ids; ids nobody has are left out."""

    def publish(
        self, session: Session, channel: str, event: str, payload: Mapping[str, Any], *, without: frozenset[str]
    ) -> None:
        """Queue a live event for everyone there but those people; it leaves only after the session commits."""


OpenSession = Callable[[], AbstractContextManager[Session]]
