"""Streams a talk through `screen` the way the house does: its own clock, what came before, no look-ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from moderation.core.model import (
    RECENT_LINES,
    Author,
    Context,
    Draft,
    Kind,
    Observation,
    Ref,
    Role,
    Running,
    Utterance,
    Verdict,
)
from moderation.core.rules import Rulebook
from moderation.core.screen import screen

START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def youth(name: str, *, days: int = 60, band: str = "16-17") -> Author:
    """A youth who joined `days` before the talk."""
    return Author(name, Role.YOUTH, band, START - timedelta(days=days))


def staff(name: str, *, days: int = 300) -> Author:
    return Author(name, Role.STAFF, "", START - timedelta(days=days))


class Talk:
    """One room. `say` screens a line in the context so far, then stores it, held or not."""

    def __init__(self, rulebook: Rulebook, *people: Author, met: timedelta | None = None) -> None:
        self.rulebook = rulebook
        self.people = {person.id: person for person in people}
        self.lines: list[Utterance] = []
        self.history: dict[str, list[Observation]] = {}
        self.now = START
        self.running: dict[str, Running] = {}
        self.met = {person.id: START - met for person in people} if met else {}

    def draft(self, author: str, text: str, *, to: tuple[str, ...] = ()) -> Draft:
        return Draft(self.people[author], Kind.MESSAGE, self.now, "room", text, to)

    def context(self) -> Context:
        return Context(tuple(self.lines[-RECENT_LINES:]), self.people, self.history, self.met, self.running)

    def say(
        self, author: str, text: str, *, to: tuple[str, ...] = (), after: timedelta = timedelta(minutes=2)
    ) -> Verdict:
        self.now += after
        verdict = screen(self.draft(author, text, to=to), self.context(), self.rulebook)
        ref = Ref(Kind.MESSAGE, str(len(self.lines) + 1))
        self.lines.append(Utterance(author, self.now, ref, text))
        self.running |= verdict.running
        self.history.setdefault(author, []).extend(replace(o, ref=ref) for o in verdict.observations)
        return verdict


def play(rulebook: Rulebook, lines: Sequence[str]) -> list[Verdict]:
    """Verdicts on the lines of the person of concern in a rulebook example (see combinations.toml for its marks)."""
    marks = [line for line in lines if line.startswith("@")]
    writer = youth("writer", days=2)
    if "@staff" in marks:
        writer = staff("writer")
    if "@today" in marks:
        writer = youth("writer", days=0)
    if "@friend" in marks:
        writer = youth("writer", days=400)
    met = timedelta(days=365) if "@friend" in marks else None
    talk = Talk(rulebook, writer, youth("reader"), met=met)
    talk.say("reader", "hi")
    verdicts = []
    for line in lines:
        if line.startswith("> "):
            talk.say("reader", line.removeprefix("> "))
        elif not line.startswith("@"):
            verdicts.append(talk.say("writer", line))
    return verdicts
