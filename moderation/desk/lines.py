"""Lines of talk as a case shows them: which start covered, which feed a reason, which are only others talking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from moderation.core.model import Ref
from moderation.core.naming import keys_after_at
from moderation.ports import Line, Person
from moderation.store.cases import Flag
from moderation.store.evidence import Evidence

# States of a line that a page may show without being asked: everything else was never, or is no longer, in the room.
CLEAR_STATES = frozenset({"published"})
Pieces = list[list[str | bool]]
# A content as flags and evidence name it in their columns.
Named = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line. Covered text is not here: it is fetched when asked for. `numbers` are reasons it feeds.

    `anchor` names it in the page: the number of a frozen line, "now-kind:id" for one shown by reference (`ref`).
    `message` is its place among the flagged messages that wait, 0 if it is none of them.
    `guarded` lines start covered; `pieces` is the text cut where it is marked, empty while it is covered.
    `aside`: neither by nor to anybody in the case, and no reason of it.
    """

    anchor: str
    ref: Ref
    at: datetime
    author: str = field(repr=False)
    state: str
    guarded: bool
    pieces: Pieces = field(repr=False)
    numbers: Sequence[int]
    outcome: str
    message: int
    aside: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow each other: to be read, or (`aside`) others' talk that is folded away."""

    lines: Sequence[ShownLine]
    aside: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known around the lines of one case: its flags with the numbers of their reasons, everyone's names, who is
    in the case and by which keys they are named (`named`; who is erased is nobody's to be named), which contents any
    case flagged, which lines were just asked for, and the lines as they stand now.
    """

    flags: Sequence[Flag]
    numbers: Mapping[str, int]
    people: Mapping[str, Person]
    inside: Collection[str]
    named: frozenset[str]
    flagged: Collection[Named]
    shown: Collection[str]
    now: Mapping[Ref, Line]


def flagged_anywhere(session: Session, refs: Iterable[Ref]) -> set[Named]:
    """Which of these contents any case has flagged: someone's worst line is not context to be read in passing."""
    by_kind: dict[str, list[str]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind.value, []).append(ref.id)
    # A kind at a time: pairs in a list are looked for in every flag there ever was (SQLite).
    on_them = or_(false(), *(and_(Flag.ref_kind == kind, Flag.ref_id.in_(ids)) for kind, ids in by_kind.items()))
    return {(kind, ref_id) for kind, ref_id in session.execute(select(Flag.ref_kind, Flag.ref_id).where(on_them))}


def as_shown(line: Evidence, scene: Scene, message: int) -> ShownLine:
    """One frozen line as the page has it, but taken back if it was since."""
    now = scene.now.get(line.ref)
    state = "withdrawn" if now is not None and now.state == "withdrawn" else line.state
    frozen = Line(line.ref, line.author_ref, line.at, state, line.text, now.answers if now is not None else "")
    shown = _shown(frozen, scene, anchor=str(line.id), message=message)
    return replace(shown, aside=not shown.numbers and not _concerns(frozen, scene))


def as_it_stands(line: Line, scene: Scene) -> ShownLine:
    """A line that was written since, by reference: nothing of it is copied, and it changes as the message does.

    Never aside: it is here because somebody in the case wrote it.
    """
    return _shown(line, scene, anchor=f"now-{line.ref.kind.value}:{line.ref.id}")


def _shown(line: Line, scene: Scene, *, anchor: str, message: int = 0) -> ShownLine:
    """A line, its words only where they may stand: not if it feeds a reason, was flagged or is not in the room."""
    key = [line.ref.kind.value, line.ref.id]
    on_it = [flag for flag in scene.flags if [flag.ref_kind, flag.ref_id] == key]
    feeding = on_it + [flag for flag in scene.flags if key in flag.earlier]
    guarded = bool(feeding) or line.state not in CLEAR_STATES or (key[0], key[1]) in scene.flagged
    return ShownLine(
        anchor=anchor,
        ref=line.ref,
        at=line.at,
        author=scene.people[line.author_id].name if line.author_id in scene.people else "",
        state=line.state,
        guarded=guarded,
        pieces=[] if guarded and anchor not in scene.shown else pieces_of(line.text, on_it),
        numbers=sorted({scene.numbers[flag.rule_id] for flag in feeding}),
        outcome=next((flag.outcome.value for flag in on_it if flag.outcome), ""),
        message=message,
        aside=False,
    )


def stretches(lines: Iterable[ShownLine]) -> list[Stretch]:
    """The lines in order, cut wherever talk between people in the case turns into others' talk or back."""
    return [Stretch(list(run), aside) for aside, run in groupby(lines, key=lambda line: line.aside)]


def pieces_of(text: str, flags: Sequence[Flag]) -> Pieces:
    """A text cut where findings of its flags are: [words, marked] in order."""
    found = sorted({(int(f["span"][0]), int(f["span"][1])) for flag in flags for f in flag.findings})
    pieces: Pieces = []
    at = 0
    for start, end in found:
        pieces += [[text[at : max(at, start)], False], [text[max(at, start) : end], True]]
        at = max(at, end)
    pieces.append([text[at:], False])
    return [piece for piece in pieces if piece[0]]


def _concerns(line: Line, scene: Scene) -> bool:
    """Whether a line is by somebody in the case, or answers or names them."""
    if line.author_id in scene.inside or line.answers in scene.inside:
        return True
    return any(not scene.named.isdisjoint(tries) for tries in keys_after_at(line.text))
