"""Who is learned from, who is tested: every tested case once, by a system that saw neither it nor its twins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluate.cases import Case

FOLDS = 5
INNER = 3


@dataclass(frozen=True, slots=True)
class Split:
    """One turn: learn from `train`, answer for `test`. `name` says what was left out."""

    name: str
    train: tuple[Case, ...]
    test: tuple[Case, ...]


def family_of(case: Case) -> str:
    """The id that a risky case shares with its twins."""
    return case.twin_of or case.id


def place(case: Case, of: int, salt: str = "") -> int:
    """A number below `of`, fixed by the id that twins share: no seed, no order, the same on every machine."""
    digest = hashlib.sha256((salt + family_of(case)).encode()).digest()
    return int.from_bytes(digest[:4]) % of


def by_file(tested: Mapping[str, Sequence[Case]], train: Mapping[str, Sequence[Case]]) -> list[Split]:
    """One turn a tested file: learn from every training file but that one."""
    return [
        _split(f"without {name}", [case for other, cases in train.items() if other != name for case in cases], cases)
        for name, cases in tested.items()
    ]


def by_fold(tested: Sequence[Case], train: Sequence[Case], folds: int = FOLDS) -> list[Split]:
    """`folds` turns, a case with its twins in one of them."""
    turns = [[case for case in tested if place(case, folds) == turn] for turn in range(folds)]
    return [
        _split(f"fold {turn + 1} of {folds}", [case for case in train if place(case, folds) != turn], test)
        for turn, test in enumerate(turns)
    ]


def inner(train: Sequence[Case], folds: int = INNER) -> list[Split]:
    """The training cases once more in turns, so that cut-offs are chosen on scores of cases not learned from."""
    parts = [[case for case in train if place(case, folds, "inner") == turn] for turn in range(folds)]
    return [
        Split(f"inner {n}", tuple(case for m, part in enumerate(parts) if m != n for case in part), tuple(own))
        for n, own in enumerate(parts)
        if own
    ]


def with_public(splits: Sequence[Split], public: Sequence[Case]) -> list[Split]:
    """Public harmless talk shared out over the turns: learned from in all but one, tested in that one."""
    whole = len(splits)
    return [
        Split(
            split.name,
            split.train + tuple(case for case in public if place(case, whole, "public") != n),
            split.test + tuple(case for case in public if place(case, whole, "public") == n),
        )
        for n, split in enumerate(splits)
    ]


def _split(name: str, train: Sequence[Case], test: Sequence[Case]) -> Split:
    """Whatever shares a twin, or an id, with a tested case is not learned from, in whichever file it lies."""
    asked = {family_of(case) for case in test}
    return Split(name, tuple(case for case in train if family_of(case) not in asked), tuple(test))
