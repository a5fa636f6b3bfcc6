"""Since when two people have talked to each other: what earns the discount of a long mutual tie (R12).

Only answers by name or by reply count, of lines the room saw. A line that merely follows another's does not: whoever
posts after everything somebody says would make a tie of it alone. Both must have answered, in three sittings at least,
and within the last thirty days too, so that nobody can be answered once and wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.core.direction import MOST_LISTENERS, within_earshot
from moderation.core.model import Author, Context, Draft, Role
from moderation.core.relations import LONG_TIE, MEMORY

APART = timedelta(hours=12)  # answers nearer than this are of one sitting, or two minutes around midnight made two days
SITTINGS = 3

Way = tuple[str, str]  # who answered, whom


@dataclass(frozen=True, slots=True)
class Answers:
    """One direction of a tie: when one person first and last answered another, and in how many sittings."""

    first: datetime
    last: datetime
    sittings: int


def answered(draft: Draft, people: Mapping[str, Author]) -> tuple[str, ...]:
    """Ids of the peers `draft` answers or names. Who names more than a few speaks to a crowd."""
    named = [person for person in dict.fromkeys(draft.to) if person != draft.author.id]
    if len(named) > MOST_LISTENERS:
        return ()
    return tuple(person for person in named if _are_peers(draft.author, people.get(person)))


def asked(draft: Draft, context: Context) -> frozenset[Way]:
    """Ways a caller reads before `draft` is screened: those it may go, and both ways of ties that may be long."""
    ways = {(draft.author.id, person) for person in answered(draft, context.people)}
    for name in within_earshot(draft, context):
        person = context.people.get(name)
        if person is None or not _are_peers(draft.author, person):
            continue
        if draft.at - max(draft.author.joined_at, person.joined_at) > LONG_TIE:
            ways |= {(draft.author.id, name), (name, draft.author.id)}
    return frozenset(ways)


def gone(draft: Draft, people: Mapping[str, Author], ties: Mapping[Way, Answers]) -> dict[Way, Answers]:
    """What becomes of `ties` when the room has seen `draft`: the ways that changed, none within a sitting."""
    after: dict[Way, Answers] = {}
    for person in answered(draft, people):
        before = ties.get((draft.author.id, person))
        if before is None or draft.at - before.last > MEMORY:
            after[draft.author.id, person] = Answers(draft.at, draft.at, 1)
        elif draft.at - before.last >= APART:
            after[draft.author.id, person] = Answers(before.first, draft.at, before.sittings + 1)
    return after


def met(draft: Draft, context: Context, ties: Mapping[Way, Answers]) -> dict[str, datetime]:
    """Since when the author and each person within earshot have answered each other, for those who really did."""
    since: dict[str, datetime] = {}
    for name in within_earshot(draft, context):
        ways = [ties[way] for way in ((draft.author.id, name), (name, draft.author.id)) if way in ties]
        if len(ways) == 2 and all(way.sittings >= SITTINGS and draft.at - way.last <= MEMORY for way in ways):
            since[name] = max(way.first for way in ways)
    return since


def _are_peers(author: Author, person: Author | None) -> bool:
    """Two youths of one band: nobody else can earn the discount, so of nobody else is anything kept."""
    if person is None or author.role is not Role.YOUTH or person.role is not Role.YOUTH:
        return False
    return bool(author.band) and author.band == person.band
