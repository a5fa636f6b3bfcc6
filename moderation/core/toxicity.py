"""The pure side of toxicity advice: labels, scores, faults, and how a long text is read in windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# What the weights folder holds: a checkpoint, the tokenizer's and model's settings, and the SHA-256 of each file.
CHECKPOINT = "detoxify.ckpt"
CONFIG = "config"
MANIFEST = "manifest.json"

# (proposed) From which score a label is worth showing on the desk. Nothing was measured behind it: the model's own
# training set calls a comment toxic from 0.5, and identity words alone can pass that, so the desk starts higher.
NOTABLE = 0.8
# (proposed) Windows read of one text. Measured with a full-size RoBERTa on one thread of a busy two-core machine: 1.9 s
# for a full window, so four stay inside the ten seconds a text may take. They hold some 7,500 English characters.
MOST_WINDOWS = 4
# (proposed) Share of a window that the next one reads again: about 60 tokens of 502, two long sentences, so that no
# phrase is judged only by its halves.
OVERLAP = 1 / 8
# Tokens kept free in a window: cutting between characters can make the tokenizer split the edge words anew.
SLACK = 8
# Texts in one question to the worker, and padded tokens in one pass of the model (four full windows).
BATCH = 16
BATCH_TOKENS = 2048


class Label(StrEnum):
    """What the model scores, in Detoxify's own names. SEXUAL_EXPLICIT exists only in some of its models."""

    TOXICITY = "toxicity"
    SEVERE_TOXICITY = "severe_toxicity"
    OBSCENE = "obscene"
    IDENTITY_ATTACK = "identity_attack"
    INSULT = "insult"
    THREAT = "threat"
    SEXUAL_EXPLICIT = "sexual_explicit"


class Fault(StrEnum):
    """Why there is no advice: a code for the desk, the log and `health`. Never carries text."""

    NO_PACKAGE = "no-package"
    NO_WEIGHTS = "no-weights"
    HASH_MISMATCH = "hash-mismatch"
    UNSAFE_CHECKPOINT = "unsafe-checkpoint"
    UNSAFE_ENVIRONMENT = "unsafe-environment"
    BAD_WEIGHTS = "bad-weights"
    START_FAILED = "start-failed"
    TIME_OUT = "time-out"
    CRASHED = "crashed"
    BAD_ANSWER = "bad-answer"
    FAILED = "failed"


class Status(StrEnum):
    """Where the adviser stands. IDLE is installed and not running: the first text starts it."""

    NOT_INSTALLED = "not-installed"
    IDLE = "idle"
    READY = "ready"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class AdviserState:
    """What the desk and `health` say of the adviser. `fault` and `since` are set where something is wrong."""

    status: Status
    fault: Fault | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The model's opinion of one text, each label 0..1: the highest over the windows read.

    `whole` is False when the text was longer than the adviser reads; the rest of it was not looked at.
    """

    values: Mapping[Label, float]
    whole: bool = True

    def notable(self, threshold: float = NOTABLE) -> tuple[Label, ...]:
        """Labels at or above `threshold`, highest first."""
        found = [label for label, value in self.values.items() if value >= threshold]
        return tuple(sorted(found, key=lambda label: (-self.values[label], label)))


def scores_from(answer: object) -> Scores:
    """Read one text's scores as the worker sent them. Raises ValueError when they are not scores.

    Labels we do not know are left out; toxicity must be there, and every number must be 0..1 (NaN is not).
    """
    if not isinstance(answer, Mapping) or not isinstance(answer.get("whole"), bool):
        raise ValueError("not an answer")
    raw = answer.get("values")
    if not isinstance(raw, Mapping):
        raise ValueError("no values")
    values = {label: raw[label.value] for label in Label if label.value in raw}
    if Label.TOXICITY not in values:
        raise ValueError("no toxicity score")
    if not all(isinstance(value, float) and 0.0 <= value <= 1.0 for value in values.values()):
        raise ValueError("a score outside 0..1")
    return Scores(values, whole=answer["whole"])


@dataclass(frozen=True, slots=True)
class Windows:
    """Half-open token ranges to read, in order, and whether they cover the text."""

    ranges: tuple[tuple[int, int], ...]
    whole: bool


def windows(length: int, *, capacity: int, most: int = MOST_WINDOWS) -> Windows:
    """Cut `length` tokens into overlapping windows of at most `capacity` tokens.

    A text that fits is one window. The last window ends with the text and is as full as the others, so that a short
    tail is still read with what came before it. Raises ValueError when `capacity` leaves no room.
    """
    size = capacity - SLACK
    if size <= SLACK or most < 1:
        raise ValueError("no room for a window")
    if length <= capacity:
        return Windows(((0, length),), whole=True)
    step = size - max(1, int(size * OVERLAP))
    ranges = [(0, size)]
    while ranges[-1][1] < length and len(ranges) < most:
        start = min(ranges[-1][0] + step, length - size)
        ranges.append((start, start + size))
    return Windows(tuple(ranges), whole=ranges[-1][1] >= length)


def batches(lengths: Sequence[int], *, most: int = BATCH, tokens: int = BATCH_TOKENS) -> list[range]:
    """Group windows, in order, so that none holds more than `most` or costs more than `tokens` once padded alike.

    A single window longer than `tokens` still gets a batch of its own.
    """
    found: list[range] = []
    start, longest = 0, 0
    for index, length in enumerate(lengths):
        longest = max(longest, length)
        count = index - start + 1
        if count > 1 and (count > most or count * longest > tokens):
            found.append(range(start, index))
            start, longest = index, length
    if lengths:
        found.append(range(start, len(lengths)))
    return found


def highest(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Per label, the highest score of any window. Every row must hold the same labels."""
    return {label: max(row[label] for row in rows) for label in rows[0]}


def readable(text: str) -> str:
    """The text with broken UTF-16 halves replaced by U+FFFD: a tokenizer refuses them, and a sender may send them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
