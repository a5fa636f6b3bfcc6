"""The compiled rulebook: signals, phrases, gates and combinations as frozen values, and their words for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from moderation.core.leaning import Model
from moderation.core.model import Reason, Tier
from moderation.core.phrases import Dictionary, Lookup, Pattern
from moderation.core.text import Words

LANGUAGES = ("en", "es")


class Purpose(StrEnum):
    """What a signal is for. Only conduct can ever lead to a tier; context only helps to read conduct."""

    CONDUCT = "conduct"
    CARE = "care"
    PRIVACY = "privacy"
    CONTEXT = "context"


class StaffUse(StrEnum):
    """How a signal counts when staff or a provider show it: always, only in private talk, or not at all."""

    COUNTS = "counts"
    PRIVATE = "private"
    EXEMPT = "exempt"


class ToStaff(StrEnum):
    """How a signal counts when a youth shows it to staff: always, or as seeking help (a number, a quiet word)."""

    COUNTS = "counts"
    HELP = "help"


class Effect(StrEnum):
    """What a gate does to what it covers: drop it, halve its confidence, or read it as someone telling of harm."""

    DROP = "drop"
    SOFTEN = "soften"
    CARE = "care"


class Scope(StrEnum):
    """How far a gate's words reach: shortly before, shortly after, the same sentence, or the whole message."""

    BEFORE = "before"
    AFTER = "after"
    SENTENCE = "sentence"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Wording:
    """A short case title and a plain sentence, by language."""

    title: Mapping[str, str]
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that can be noticed. `weight` is 0..5 (detection.md E2); `urgency` is how soon care should look."""

    id: str
    version: int
    purpose: Purpose
    weight: float
    staff: StaffUse
    to_staff: ToStaff
    urgency: Tier
    wording: Wording


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of showing a signal. It counts only beside `alongside` (when given) and never beside `unless`."""

    id: str
    signal: str
    confidence: float
    topic: str
    patterns: tuple[Pattern, ...]
    alongside: Lookup | None
    unless: Lookup | None
    must_hit: tuple[str, ...]
    must_miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Words that change what a phrase means: a report, a refusal, a warning. Covers `only`, or all but `spares`."""

    id: str
    effect: Effect
    scope: Scope
    reach: int
    patterns: tuple[Pattern, ...]
    only: frozenset[str]
    spares: frozenset[str]
    must_gate: tuple[str, ...]
    must_keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A conversation that shows a rule at work. Lines of the person of concern as written, replies after "> "."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """Signals and facts that mean more together. Every group in `needs` must be met, each by a different name.

    `window` None means all in this one message. `confidence` is the least a signal must have to count.
    """

    id: str
    version: int
    tier: Tier
    window: timedelta | None
    needs: tuple[frozenset[str], ...]
    confidence: float
    wording: Wording
    must_hit: tuple[Exchange, ...]
    must_miss: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A fact that moves a tier that was reached: `by` steps up (positive) or down, never below `lowest`, and never for
    rules in `spares`.
    """

    id: str
    version: int
    by: int
    lowest: Tier
    needs: frozenset[str]
    unless: frozenset[str]
    spares: frozenset[str]
    wording: Wording


@dataclass(frozen=True, slots=True)
class Scoring:
    """How signals add up: half-life, multipliers and their cap, and the score at which each
    tier begins, given at least that many `distinct` signals."""

    version: int
    half_life: timedelta
    multipliers: Mapping[str, float]
    cap: float
    cutoffs: Mapping[Tier, float]
    distinct: Mapping[Tier, int]
    wording: Wording


SCORE_RULE = "many-signs"
LEAN_RULE = "risky-wording"


@dataclass(frozen=True, slots=True)
class Leaning:
    """How the learned models' reading of words adds to a score (`running.py`); all numbers but version in points.

    A text that leans at least `least` can bring its writer to P1, where the whole score is at least `cutoff`. A text
    that does not, of a writer whose words have come to less than `plain`, is plain: a fact that rules can use. Each
    text's lean, `most_text` at the most, less a drift, adds to a running sum that holds at most so much. A writer whose
    lines of a day come to `needs` (log-odds) toward the words of someone in danger, by a text that leans there at least
    `least_needs`, is brought to care. A text that leans at least `threatens` (log-odds) toward threats shows a signal
    that rules can use.
    """

    version: int
    model: Model
    least: float
    plain: float
    needs: float
    least_needs: float
    drift_needs: float
    threatens: float
    most_text: float
    drift_says: float
    drift_hears: float
    most_says: float
    most_hears: float
    cutoff: float
    wording: Wording


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything screening knows, compiled once and never changed. `version` names its content."""

    version: str
    dictionary: Dictionary
    words: Words
    signals: Mapping[str, Signal]
    phrases: tuple[Phrase, ...]
    finder: Lookup
    gates: tuple[Gate, ...]
    gate_finder: Lookup
    open_calls: Lookup
    combinations: tuple[Combination, ...]
    shifts: tuple[Shift, ...]
    scoring: Scoring
    leaning: Leaning
    wordings: Mapping[str, Wording]

    def reason(self, rule_id: str, language: str) -> str:
        """The plain sentence for staff behind a combination, signal or phrase id. Raises KeyError if unknown."""
        return self.wordings[rule_id].reason[language]

    def title(self, rule_id: str, language: str) -> str:
        """The short case title behind a combination, signal or phrase id. Raises KeyError if unknown."""
        return self.wordings[rule_id].title[language]

    def case_title(self, reasons: Sequence[Reason], language: str) -> str:
        """Heading for a case opened for `reasons`: see `heading`."""
        return self.title(heading(reasons).rule_id, language)


def heading(reasons: Sequence[Reason]) -> Reason:
    """The reason a case is called by: the most urgent, the first among equals, and one that says what happened before
    the one that only says how words sound. Raises ValueError for none.
    """
    if not reasons:
        raise ValueError("a case needs at least one reason")
    saying = [reason for reason in reasons if reason.rule_id != LEAN_RULE and reason.signals]
    return min(saying or reasons, key=lambda reason: reason.tier)
