"""A host that only remembers, a clock that is told the time, and verdicts made by hand."""

# ruff: noqa: ARG002 - a fake keeps the names of what it stands for

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.effects import Effect
from moderation.core.model import Action, Author, Draft, Finding, Kind, Reason, Ref, Role, Route, Span, Tier, Verdict
from moderation.core.rules import Rulebook
from moderation.core.toxicity import AdviserState
from moderation.ports import Line, Person, Staff
from moderation.runtime import Runtime

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVERYTHING = frozenset({Duty.CASE_READ, Duty.CASE_DECIDE, Duty.CASE_LIMIT})
ROWAN = Staff("p_rowan", "Rowan", EVERYTHING, "en")
AVERY = Staff("p_avery", "Avery", EVERYTHING, "en")


@dataclass
class FakeHost:
    """Lines are what rooms hold; effects and events are kept in order. A person in `gone` has no subject left."""

    lines: list[Line] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    events: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def apply(self, session: Session, effect: Effect, *, by: str) -> None:
        if getattr(getattr(effect, "ref", None), "id", "") in self.gone:
            raise LookupError("gone")
        self.effects.append(effect)

    def context(self, session: Session, ref: Ref, *, before: int, after: int) -> Sequence[Line]:
        at = next((n for n, line in enumerate(self.lines) if line.ref == ref), None)
        return [] if at is None else self.lines[max(0, at - before) : at + after + 1]

    def since(self, session: Session, people: Collection[str], after: datetime, *, limit: int) -> Sequence[Line]:
        return [line for line in self.lines if line.author_id in people and line.at > after][-limit:]

    def people(self, session: Session, ids: Collection[str]) -> Mapping[str, Person]:
        return {one: Person(one, one.removeprefix("p_"), Role.YOUTH, "16-17", NOON - timedelta(days=2)) for one in ids}

    def publish(
        self, session: Session, channel: str, event: str, payload: Mapping[str, Any], *, without: frozenset[str]
    ) -> None:
        self.events.append((channel, event, payload))


class Adviser:
    def state(self) -> AdviserState:
        raise NotImplementedError

    def submit(self, ref_id: str, text: str) -> bool:
        return False


@dataclass
class Bench:
    """A runtime over one database, and the hands to turn its clock."""

    runtime: Runtime
    host: FakeHost
    now: list[datetime]

    def session(self) -> Any:
        return self.runtime.writing()

    def later(self, **time: float) -> datetime:
        self.now[0] += timedelta(**time)
        return self.now[0]

    def say(self, number: int, text: str, author: str = "p_fern", *, state: str = "published") -> Line:
        """A line in the room, a minute after the one before."""
        at = NOON - timedelta(hours=1) + timedelta(minutes=number)
        line = Line(message(number), author, at, state, text)
        self.host.lines.append(line)
        return line


def bench(engine: Engine, rulebook: Rulebook, staff: Staff = ROWAN) -> Bench:
    """A runtime with a fake host; sessions commit on leaving and roll back on an error."""
    host, now = FakeHost(), [NOON]

    @contextmanager
    def opened() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    runtime = Runtime(
        host=host,
        rulebook=rulebook,
        adviser=Adviser(),
        reading=opened,
        writing=opened,
        current_staff=lambda: staff,
        clock=lambda: now[0],
        lease=timedelta(minutes=15),
        deadlines={Tier.P0: timedelta(minutes=15), Tier.P1: timedelta(hours=4), Tier.P2: timedelta(hours=24)},
    )
    return Bench(runtime, host, now)


def message(number: int) -> Ref:
    return Ref(Kind.MESSAGE, str(number))


def draft(text: str = "i can pick you up", *, author: str = "p_fern", at: datetime = NOON) -> Draft:
    return Draft(Author(author, Role.YOUTH, "16-17", NOON - timedelta(days=2)), Kind.MESSAGE, at, "room:talk", text)


def verdict(*reasons: Reason, action: Action = Action.HOLD, target: str = "p_slow", **more: Any) -> Verdict:
    """A verdict with one finding at the first four characters."""
    finding = Finding("lodging_or_transport_offer", "ride", 0.9, Span(0, 4), (target,) if target else ())
    tier = min((reason.tier for reason in reasons), default=Tier.P2)
    made = {"tier": tier, "routes": frozenset({Route.QUEUE}), "findings": (finding,), **more}
    return Verdict(action=action, reasons=reasons, **made)


def reason(
    rule: str = "meet", tier: Tier = Tier.P1, *, signals: tuple[str, ...] = (), refs: tuple[Ref, ...] = ()
) -> Reason:
    return Reason(rule, 3, signals, tier, refs)
