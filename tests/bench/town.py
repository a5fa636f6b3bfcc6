"""A busy house in memory: many copies of the authored conversations and everyday talk, each message with the context
the live house would hand to screening, everybody's remembered signals included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from moderation.core.model import (
    RECENT_LINES,
    Action,
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
from moderation.evaluate.cases import Case, Participant, read_cases
from tests.bench.texts import LINES

AUTHORED = Path(__file__).parents[1] / "eval" / "authored"
START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
NEWCOMER = Participant()  # what a case that says nothing of a person is taken to mean
TALKERS = 12  # in the room where everyday lines are said


def authored() -> list[Case]:
    """The project's own cases."""
    return [case for case in read_cases(sorted(AUTHORED.glob("*.jsonl"))) if isinstance(case, Case)]


@dataclass(slots=True)
class Place:
    """One room: its last published lines, and who writes there."""

    name: str
    people: dict[str, Author]
    lines: list[Utterance] = field(default_factory=list)


class Town:
    """Everyone's remembered signals, and rooms that come and go. `pairs` are those of whom anything is remembered."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.history: dict[str, list[Observation]] = {}
        self.running: dict[str, Running] = {}
        self.pairs: set[tuple[str, str]] = set()
        self._numbers = count(1)
        self._copies = count(1)

    def talk(self) -> Iterator[tuple[Place, Draft]]:
        """Messages without end: an authored one, an everyday one, and so on. Each copy of a case has its own people."""
        everyday = self._everyday()
        while True:
            copy = next(self._copies)
            for case in self.cases:
                place = Place(f"{case.id}#{copy}", {})
                for line in case.lines:
                    about = case.participants.get(line.author, NEWCOMER)
                    author = self._person(place, f"{line.author}#{case.id}#{copy}", about)
                    at = START + timedelta(minutes=line.minutes)
                    yield place, Draft(author, Kind.MESSAGE, at, place.name, line.text)
                    yield next(everyday)

    def context(self, place: Place, draft: Draft) -> Context:
        """What the house hands over: the last published lines, their writers, what is remembered of those."""
        names = {draft.author.id, *(line.author_id for line in place.lines)}
        people = {name: place.people[name] for name in names}
        history = {name: self.history.get(name, []) for name in names}
        return Context(tuple(place.lines), people, history, running=self.running)

    def store(self, place: Place, draft: Draft, verdict: Verdict) -> None:
        """Keep what the house would keep: nothing of a nudged text, no line of a held one."""
        if verdict.action is Action.NUDGE:
            return
        ref = Ref(Kind.MESSAGE, str(next(self._numbers)))
        self.running |= verdict.running
        if verdict.observations:
            kept = self.history.setdefault(draft.author.id, [])
            kept += (replace(seen, ref=ref) for seen in verdict.observations)
            self.pairs |= {(seen.author_id, seen.target_id) for seen in verdict.observations if seen.target_id}
        if verdict.action is Action.PUBLISH:
            place.lines.append(Utterance(draft.author.id, draft.at, ref, draft.text))
            del place.lines[:-RECENT_LINES]

    def _everyday(self) -> Iterator[tuple[Place, Draft]]:
        place = Place("everyday", {})
        for number in count():
            who = f"talker-{number // 500}-{number * 7 % TALKERS}"  # new people now and then, as in any room
            author = self._person(place, who, Participant(Role.YOUTH, "16-17", 200))
            text = LINES[number % len(LINES)]
            at = START + timedelta(days=10, seconds=number)
            yield place, Draft(author, Kind.MESSAGE, at, place.name, text)

    def _person(self, place: Place, name: str, about: Participant) -> Author:
        if name not in place.people:
            joined = START - timedelta(days=about.days)
            band = about.band if about.role is Role.YOUTH else ""
            place.people[name] = Author(name, about.role, band, joined)
        return place.people[name]
