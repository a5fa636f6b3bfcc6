"""From conversations to examples: every text as screening reads it, with what its case says of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moderation.core.leaning import runs
from moderation.core.model import Kind, Ref, Role
from moderation.core.rules import Purpose, Rulebook
from moderation.core.screen import screen, understand
from moderation.evaluate.cases import Case
from moderation.evaluate.measures import RISKY
from moderation.evaluate.replay import Room

THREAT_LABEL = "sextortion_threat"


@dataclass(frozen=True, slots=True)
class Told:
    """One text: its runs of words, who wrote it, and what the case labels it with: a conduct signal, a threat, a
    need for care.

    `asked` is false where screening does not ask how words sound (`Understood.asked`).
    """

    author: str
    runs: frozenset[str]
    asked: bool
    sign: bool
    threat: bool
    need: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation. `concern` and `target` are "" unless it is a risky one; `early` is how many of its first texts
    come before the harm (or are its first three fifths, where there is none); `ours`: written for Haven; `file` stands
    for who wrote it.
    """

    id: str
    file: str
    family: str
    concern: str
    target: str
    early: int
    ours: bool
    texts: Sequence[Told]


def read(cases: Iterable[Case], rulebook: Rulebook) -> Iterator[Talk]:
    """Each case as the rules of `rulebook` read it, in a room that its earlier lines have filled."""
    for case in cases:
        room = Room(case)
        texts = []
        for number, line in enumerate(case.lines, 1):
            draft = room.draft(line)
            context = room.context(draft)
            said = understand(draft, context, rulebook)
            staff = draft.author.role is not Role.YOUTH
            found = frozenset(name for name, _, _ in runs(said.text.words[said.text.own :], staff=staff))
            labels = {name for n, name in case.signals if n == number and name in rulebook.signals}
            purposes = {rulebook.signals[name].purpose for name in labels}
            texts.append(
                Told(
                    author=line.author,
                    runs=found,
                    asked=said.asked,
                    sign=Purpose.CONDUCT in purposes,
                    threat=THREAT_LABEL in labels,
                    need=Purpose.CARE in purposes,
                )
            )
            room.store(draft, screen(draft, context, rulebook), Ref(Kind.MESSAGE, str(number)))
        risky = case.family in RISKY
        yield Talk(
            id=case.id,
            file=case.file,
            family=case.family,
            concern=case.concern if risky else "",
            target=case.target if risky else "",
            early=case.onset - 1 if risky and case.onset else len(case.lines) * 3 // 5,
            ours=bool(case.participants),
            texts=texts,
        )
