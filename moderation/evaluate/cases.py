"""Recorded conversations as evaluation reads them: JSON lines, plain or gzipped, with any field but the words missing.

The format is that of the authored cases (docs/detection.md). Only a line that is not a JSON object is skipped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moderation.core.model import Role

MOST_DAYS = 365 * 20  # a clock or a membership beyond twenty years is a broken one, and would not fit a date
MOST_MINUTES = MOST_DAYS * 24 * 60


@dataclass(frozen=True, slots=True)
class Line:
    """One message: who, minutes since the start, words. Minutes never fall, as a room's clock never does."""

    author: str
    minutes: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Participant:
    """What a case says of a person. Days of membership are 0 when it says nothing: as new as can be, the careful
    reading, which can only add flags."""

    role: Role = Role.YOUTH
    band: str = ""
    days: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation and what people said it is. `onset` is the 1-based message before which staff should know;
    `concern` is the person staff should look at, `target` whom they are after; `file` names the file it came in,
    which holds what one person or group wrote."""

    id: str
    lines: tuple[Line, ...]
    participants: Mapping[str, Participant] = field(default_factory=dict)
    language: str = ""
    family: str = ""
    tier: str = "none"
    twin_of: str = ""
    onset: int | None = None
    concern: str = ""
    target: str = ""
    signals: frozenset[tuple[int, str]] = frozenset()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that could not be a case: in which file, which line (from 1), and why."""

    file: str
    line: int
    why: str


def read_cases(paths: Iterable[Path]) -> Iterator[Case | Skipped]:
    """Every line of every file, in order: a case, or why it is none. Raises OSError when a file cannot be read."""
    for path in paths:
        for number, raw in enumerate(_raw_lines(path), 1):
            if raw.strip():
                yield _read_line(raw, path.name, number)


def half(case: Case) -> str:
    """ "tune" or "hold": fixed by the id of the risky conversation a case is a twin of, so that twins stay together."""
    digest = hashlib.sha256((case.twin_of or case.id).encode()).digest()
    return "hold" if digest[0] % 2 else "tune"


def case_from(source: Mapping[str, Any], default_id: str, file: str = "") -> Case:
    """Read one case from its JSON object. Never raises: what is missing or of an odd kind takes its default."""
    participants = source.get("participants")
    people = participants.items() if isinstance(participants, Mapping) else ()
    onset, concern = source.get("harm_onset"), source.get("concern")
    return Case(
        id=_word(source.get("id")) or default_id,
        lines=tuple(_lines(source.get("messages"))),
        participants={_word(str(name)): _participant(about) for name, about in people},
        language=_word(source.get("lang")),
        family=_word(source.get("family")),
        tier=_word(source.get("tier")) or "none",
        twin_of=_word(source.get("twin_of")),
        onset=onset if isinstance(onset, int) and onset > 0 else None,
        concern=_word(concern.get("from")) if isinstance(concern, Mapping) else "",
        target=_word(concern.get("to")) if isinstance(concern, Mapping) else "",
        signals=frozenset(_signals(source.get("signals"))),
        file=file,
    )


def _raw_lines(path: Path) -> Iterator[bytes]:
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as packed:
            yield from packed
    else:
        with path.open("rb") as plain:
            yield from plain


def _read_line(raw: bytes, file: str, number: int) -> Case | Skipped:
    try:
        source = json.loads(raw)
    except (ValueError, RecursionError) as error:  # bytes that are not UTF-8 are a ValueError too
        return Skipped(file, number, f"not JSON ({type(error).__name__})")
    if not isinstance(source, dict):
        return Skipped(file, number, "JSON, but not an object")
    return case_from(source, f"{file}:{number}", file)


def _word(value: object) -> str:
    """A name or label. Half a character, which JSON can hold and no file or terminal takes, is spelt out."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    return str(value) if isinstance(value, int) else ""


def _number(value: object, most: float) -> float | None:
    """A number of at most that size, or None. JSON as Python reads it knows NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if abs(value) > most or not math.isfinite(value):
        return None
    return float(value)


def _participant(about: object) -> Participant:
    if not isinstance(about, Mapping):
        return Participant()
    role = about.get("role")
    return Participant(
        role=Role(role) if role in list(Role) else Role.YOUTH,
        band=_word(about.get("band")),
        days=max(0.0, _number(about.get("tenure_days"), MOST_DAYS) or 0.0),
    )


def _lines(messages: object) -> Iterator[Line]:
    minutes = -1.0
    for message in messages if isinstance(messages, list) else ():
        about = message if isinstance(message, Mapping) else {}
        at = _number(about.get("t"), MOST_MINUTES)
        minutes = max(minutes, minutes + 1 if at is None else at, 0.0)
        text = about.get("text")
        yield Line(_word(about.get("from")), minutes, text if isinstance(text, str) else "")


def _signals(labels: object) -> Iterator[tuple[int, str]]:
    for label in labels if isinstance(labels, list) else ():
        if isinstance(label, Mapping) and isinstance(label.get("n"), int):
            yield label["n"], _word(label.get("id"))
