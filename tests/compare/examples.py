"""What learning systems learn from: each writer of a case, and whether staff should look at that writer. The same for
all of them, so that none is given more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moderation.evaluate.cases import Case
from moderation.evaluate.measures import RISKY, URGENT


@dataclass(frozen=True, slots=True)
class Writer:
    """One writer of a case: the texts, those of them that carry a signal, whether this is who staff should see. `last`:
    the 1-based message of the case that is this writer's last."""

    name: str
    last: int
    texts: tuple[str, ...]
    shown: tuple[str, ...]
    risky: bool


def writers(cases: Iterable[Case]) -> Iterator[Writer]:
    """Every writer with words. The person of concern of a case that is worth only a digest is neither risky nor
    harmless, and left out."""
    for case in cases:
        risky = case.family in RISKY
        numbered = {n for n, _ in case.signals}
        for author in dict.fromkeys(line.author for line in case.lines):
            concern = risky and author == case.concern
            if concern and case.tier not in URGENT:
                continue
            own = [(n, line.text) for n, line in enumerate(case.lines, 1) if line.author == author]
            texts = tuple(text for _, text in own if text.strip())
            shown = tuple(text for n, text in own if concern and n in numbered and text.strip())
            if texts:
                yield Writer(f"{case.id}/{author}", own[-1][0], texts, shown, concern)
