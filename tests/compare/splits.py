"""Who is learned from, who is tested: every tested case once, by a system that saw neither it nor its twins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluate.cases import Case

INNER = 3


@dataclass(frozen=True, slots=True)
class Split:
    """One turn: learn from `train`, answer for `test`. `name` says what is tested."""

    name: str
    train: tuple[Case, ...]
    test: tuple[Case, ...]


def family_of(case: Case) -> str:
    """The id that a risky case shares with its twins."""
    return case.twin_of or case.id


def place(case: Case, of: int, salt: str) -> int:
    """A number below `of`, fixed by the id that twins share: no seed, no order, the same on every machine."""
    digest = hashlib.sha256((salt + family_of(case)).encode()).digest()
    return int.from_bytes(digest[:4]) % of


def turns(tested: Mapping[str, Sequence[Case]], train: Sequence[Case], public: Sequence[Case]) -> list[Split]:
    """One turn a tested file: learn from all of `train` but what shares a twin, or an id, with a case of that file.

    Public harmless talk is shared out over the turns: learned from in all but one, tested in that one.
    """
    found = []
    for turn, (name, own) in enumerate(tested.items()):
        asked = {family_of(case) for case in own}
        apart = [case for case in train if family_of(case) not in asked]
        here = [case for case in public if place(case, len(tested), "public") == turn]
        elsewhere = [case for case in public if place(case, len(tested), "public") != turn]
        found.append(Split(name, (*apart, *elsewhere), (*own, *here)))
    return found


def inner(train: Sequence[Case], folds: int = INNER) -> list[Split]:
    """The training cases once more in turns, so that cut-offs are chosen on scores of cases not learned from."""
    parts = [[case for case in train if place(case, folds, "inner") == turn] for turn in range(folds)]
    return [
        Split(f"inner {n}", tuple(case for m, part in enumerate(parts) if m != n for case in part), tuple(own))
        for n, own in enumerate(parts)
        if own
    ]
