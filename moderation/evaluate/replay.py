"""One conversation through the code that screens live chat, as if it were a room: no look-ahead, nobody steps in.

The room's memory follows `community/rooms/posting.py`: a nudged text is not stored and leaves no memory, a held one is
remembered but not in the room, and screening sees the last published lines, the people in them and what is remembered
of those for thirty days, as far as it can count (`remembering.py`). A test posts the same lines to a live room and
compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

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
    Route,
    Running,
    Tier,
    Utterance,
    Verdict,
)
from moderation.core.naming import greeted, keys_after_at, meant, name_key
from moderation.core.relations import LEARNED, MEMORY
from moderation.core.remembering import alive
from moderation.core.rules import Purpose, Rulebook
from moderation.core.ties import Answers, Way, gone, met
from moderation.evaluate.cases import Case, Line, Participant
from moderation.fail_closed import screen

START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # minute 0 of every case; any fixed moment would do
LONG_AGO = timedelta(days=365)
TIERS = (Tier.P0, Tier.P1, Tier.P2)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What screening is given beside the text. Ablations take parts of it away.

    `directed`: who is spoken to; `memory`: what was noticed before; `ties`: age bands, how new an account is
    and since when people have answered each other.
    """

    directed: bool = True
    memory: bool = True
    ties: bool = True


EVERYTHING = Knowledge()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case, one entry a message where there are several. See docs/detection.md for the fields."""

    id: str
    scores: tuple[float, ...]
    first_tier: Mapping[str, int | None]
    routes: tuple[str, ...]
    actions: tuple[str, ...]
    signals: frozenset[tuple[int, str]]
    unscreened: int

    @property
    def max_score(self) -> float:
        """The highest running score; 0 for a case without messages."""
        return max(self.scores, default=0.0)

    def as_json(self) -> dict[str, Any]:
        """The line to write, fields and order as the scorer's README has them."""
        return {
            "id": self.id,
            "scores": list(self.scores),
            "max_score": self.max_score,
            "first_tier": dict(self.first_tier),
            "routes": list(self.routes),
            "actions": list(self.actions),
            "signals": [{"n": n, "id": signal} for n, signal in sorted(self.signals)],
        }


def replay(case: Case, rulebook: Rulebook, knowledge: Knowledge = EVERYTHING) -> Result:
    """Stream `case` and sum up. Never raises for what screening does: a crash is a held, counted message."""
    scores: list[float] = []
    latest: dict[str, float] = {}
    first: dict[str, int | None] = dict.fromkeys(map(str, TIERS))
    routes: set[str] = set()
    actions: list[str] = []
    signals: set[tuple[int, str]] = set()
    unscreened = 0
    for number, (line, verdict) in enumerate(verdicts(case, rulebook, knowledge), 1):
        latest[line.author] = verdict.score
        scores.append(round(max(latest.values()), 4))
        actions.append(verdict.action)
        routes |= reached(verdict)
        unscreened += verdict.unscreened
        if verdict.tier in TIERS and verdict.action is not Action.NUDGE and not verdict.unscreened:
            first[verdict.tier] = first[verdict.tier] or number
        signals |= {(number, name) for name in noticed(verdict, rulebook)}
    return Result(case.id, tuple(scores), first, tuple(sorted(routes)), tuple(actions), frozenset(signals), unscreened)


def reached(verdict: Verdict) -> frozenset[Route]:
    """The routes a verdict really leads to: a nudged text is not stored, so it can open no case of any kind."""
    return verdict.routes & {Route.PRIVACY} if verdict.action is Action.NUDGE else verdict.routes


def noticed(verdict: Verdict, rulebook: Rulebook) -> frozenset[str]:
    """Names of the signals found. Words that only help to read others ("tonight"), and words that
    only sound like others, are no signal of their own.
    """
    names = {finding.signal for finding in verdict.findings}
    return frozenset(
        name for name in names if rulebook.signals[name].purpose is not Purpose.CONTEXT and name not in LEARNED
    )


def verdicts(case: Case, rulebook: Rulebook, knowledge: Knowledge = EVERYTHING) -> Iterator[tuple[Line, Verdict]]:
    """Each line with what screening said of it, in order; a line is read only when its turn comes."""
    room = Room(case, knowledge)
    for number, line in enumerate(case.lines, 1):
        draft = room.draft(line)
        verdict = screen(rulebook, draft, room.context(draft))
        room.store(draft, verdict, Ref(Kind.MESSAGE, str(number)))
        yield line, verdict


@dataclass(slots=True)
class Room:
    """What a live room would hold by now: published lines, and what is remembered of each author."""

    case: Case
    knowledge: Knowledge = EVERYTHING
    lines: list[Utterance] = field(default_factory=list)
    history: dict[str, list[Observation]] = field(default_factory=dict)
    people: dict[str, Author] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    ties: dict[Way, Answers] = field(default_factory=dict)

    def draft(self, line: Line) -> Draft:
        """The line as a member would send it now."""
        at = START + timedelta(minutes=line.minutes)
        author = self._person(line.author)
        return Draft(author, Kind.MESSAGE, at, "room", line.text, self._written_to(line))

    def context(self, draft: Draft) -> Context:
        """What live chat would hand to screening with `draft`."""
        recent = tuple(self.lines[-RECENT_LINES:])
        names = {draft.author.id, *draft.to, *(line.author_id for line in recent)}
        people = {name: self._person(name) for name in names}
        since = draft.at - MEMORY
        history = {name: [o for o in self.history.get(name, ()) if o.at >= since] for name in names}
        running = self.running if self.knowledge.memory else {}
        context = Context(
            recent if self.knowledge.directed else (),
            people,
            history if self.knowledge.memory else {},
            running=running,
        )
        return replace(context, met=met(draft, context, self.ties)) if self.knowledge.ties else context

    def store(self, draft: Draft, verdict: Verdict, ref: Ref) -> None:
        """Keep what a live room would keep of `draft` after `verdict`."""
        if verdict.action is Action.NUDGE:
            return
        self.running |= verdict.running
        seen = [replace(one, ref=ref) for one in verdict.observations]
        self.history[draft.author.id] = alive([*self.history.get(draft.author.id, ()), *seen])
        if verdict.action is Action.PUBLISH:
            self.lines.append(Utterance(draft.author.id, draft.at, ref, draft.text))
            self.ties |= gone(draft, self.people, self.ties)

    def _written_to(self, line: Line) -> tuple[str, ...]:
        """Everyone the text names with an @, or whoever it greets, as `community/rooms/addressing.py` has it.

        A case does not say in which band's room it happens, so everyone who takes part is taken to read it.
        """
        if not self.knowledge.directed:
            return ()
        if "@" not in line.text:
            return self._greeted(line)
        known = {name_key(name): name for name in self._names() if name_key(name)}
        found = (next((known[key] for key in tries if key in known), None) for tries in keys_after_at(line.text))
        return tuple(dict.fromkeys(name for name in found if name is not None and name != line.author))

    def _greeted(self, line: Line) -> tuple[str, ...]:
        part = greeted(line.text)
        if not part:
            return ()
        near = {name_key(one.author_id): one.author_id for one in self.lines[-RECENT_LINES:]}
        near.pop(name_key(line.author), None)
        key = meant(part, near)
        return () if key is None else (near[key],)

    def _names(self) -> Iterator[str]:
        """Who can be named so far: those the case introduces, and whoever has written."""
        yield from self.case.participants
        yield from self.people

    def _person(self, name: str) -> Author:
        if name not in self.people:
            about = self.case.participants.get(name, Participant())
            if self.knowledge.ties:
                self.people[name] = Author(name, about.role, _band(about), START - timedelta(days=about.days))
            else:
                self.people[name] = Author(name, about.role, "", START - LONG_AGO)
        return self.people[name]


def _band(about: Participant) -> str:
    return about.band if about.role is Role.YOUTH else ""
