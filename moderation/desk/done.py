"""What was decided on a case, in words: for the case page, also after an undo, and for the list of decided cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from moderation.ports import Person
from moderation.store.cases import CaseEvent
from moderation.store.decisions import DecisionRow


@dataclass(frozen=True, slots=True)
class Did:
    """One thing a decision did: release or remove (`n` messages), break (`n` hours, for `name`), care (to `name`)."""

    kind: str
    n: int = 0
    name: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """One decision, standing or taken back. `did` is empty when nothing was changed."""

    id: int
    by: str
    at: datetime
    guideline: str
    reason: str = field(repr=False)
    told: str = field(repr=False)
    did: Sequence[Did]
    closed: bool
    undone_by: str
    undone_at: datetime | None

    @property
    def notes_to(self) -> Sequence[str]:
        """Who got a note: an undo does not call these back."""
        return [one.name for one in self.did if one.kind == "care"]


def people_of(row: DecisionRow) -> set[str]:
    """Everyone whose name the words of this decision need."""
    touched = {str(effect["person"]) for effect in row.effects if "person" in effect}
    return touched | {row.by_ref} | ({row.undone_by} if row.undone_by else set())


def in_words(row: DecisionRow, people: Mapping[str, Person], sent: Sequence[CaseEvent] = ()) -> Done:
    """A stored decision in words. `sent` are the case's note-sent events; without them a note is named, not quoted."""

    def name(ref: str | None) -> str:
        return people[ref].name if ref is not None and ref in people else ""

    notes = {str(event.data["person"]): event.text for event in sent if event.data.get("decision") == row.id}
    kinds = Counter(effect["kind"] for effect in row.effects)
    did = [Did(kind, kinds[kind]) for kind in ("release", "remove") if kinds[kind]]
    for effect in row.effects:
        match effect["kind"]:
            case "restrict":
                did.append(Did("break", _hours(effect, row.at), name(effect["person"])))
            case "offer-care":
                did.append(Did("care", 1, name(effect["person"]), notes.get(effect["person"], "")))
    return Done(
        id=row.id,
        by=name(row.by_ref),
        at=row.at,
        guideline=row.guideline,
        reason=row.reason,
        told=row.told,
        did=did,
        closed=row.closed,
        undone_by=name(row.undone_by),
        undone_at=row.undone_at,
    )


def _hours(effect: Mapping[str, Any], since: datetime) -> int:
    return round((datetime.fromisoformat(effect["until"]) - since) / timedelta(hours=1))
