"""The words screening is written in: who said what to whom, what was noticed, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of content a person can write and a moderator can review."""

    MESSAGE = "message"
    HANDLE = "handle"
    LISTING = "listing"
    NOTE = "note"


class Role(StrEnum):
    """How a person takes part. Age bands exist for youth only."""

    YOUTH = "youth"
    STAFF = "staff"
    PROVIDER = "provider"


class Tier(StrEnum):
    """How soon a person must look: P0 page now, P1 same day, P2 digest, P3 log only."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Route(StrEnum):
    """Where a finding leads. Care and privacy never carry a strike and never set a conduct tier."""

    QUEUE = "queue"
    CARE = "care"
    PRIVACY = "privacy"


class Action(StrEnum):
    """What happens to the text at once. There is no automatic removal, at any tier."""

    PUBLISH = "publish"
    NUDGE = "nudge"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Ref:
    """Opaque name of a piece of content; only the host can open it."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Author:
    """What screening may know of a person: never a name, never an exact age.

    `band` is "13-15", "16-17", "18-21" or "" when the person is not a youth; `joined_at` gives the tie its age.
    """

    id: str
    role: Role
    band: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Utterance:
    """One earlier line in the same place, newest last in every sequence of them."""

    author_id: str
    at: datetime
    ref: Ref
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text to be screened. `to` names the people it is written to, when the place makes that known."""

    author: Author
    kind: Kind
    at: datetime
    place: str
    text: str = field(repr=False)
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One signal remembered: who showed it, towards whom, when, in which content.

    `target_id` is None for an open call to everyone in the place. `confidence` is 0..1.
    """

    author_id: str
    target_id: str | None
    signal: str
    confidence: float
    at: datetime
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """What one writer's words come to (points, 0 and up): what they say, what they hear back, and as of when."""

    says: float
    hears: float
    at: datetime


RECENT_LINES = 20  # how many published lines of a place a caller hands to screening


@dataclass(frozen=True, slots=True)
class Context:
    """Everything outside the text that screening may use: recent lines, the people in them, what is remembered.

    `history` maps an author id to that author's remembered observations of the last 30 days, oldest first: of the
    draft's author those that can count (`remembering.py`), of whoever may be spoken to that they told of a need.
    `met` maps another person's id to since when the author and that person have answered each other (`ties.py`);
    without it no discount for long ties is given. Whether a tie is new, their accounts alone say.
    `running` maps the author, whoever wrote the last line and whoever the text is written to, to where their words
    stand; nobody means nothing yet. `guarded` are the people toward whom a case of the author that can't wait is open:
    what the author writes to them waits too (`policy.py`).
    """

    recent: Sequence[Utterance] = ()
    people: Mapping[str, Author] = field(default_factory=dict)
    history: Mapping[str, Sequence[Observation]] = field(default_factory=dict)
    met: Mapping[str, datetime] = field(default_factory=dict)
    running: Mapping[str, Running] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character range in the original text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal seen in one text, with the phrase rule that saw it and where. `confidence` is 0..1."""

    signal: str
    rule_id: str
    confidence: float
    span: Span
    target_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One plain sentence for the desk: a combination rule that fired and the content that fed it.

    The words live in the rulebook under `rule_id`, in both languages. `refs` are earlier contents that count.
    """

    rule_id: str
    rule_version: int
    signals: tuple[str, ...]
    tier: Tier
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What screening says of one draft. Advice to the queue, plus the one automatic act: hold until a person looks.

    `score` is the relationship's running risk after this text (unitless, 0 and up). `observations` is what to
    remember if the text is stored, and `running` where people's words stand then. `nudge` names the personal-info
    topic (phone, account, place, school, meet), and `private` where the facts stand, for the writer to hide.
    `targets` are the people who should be offered choices.
    """

    action: Action
    tier: Tier | None = None
    routes: frozenset[Route] = frozenset()
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    observations: tuple[Observation, ...] = ()
    running: Mapping[str, Running] = field(default_factory=dict)
    score: float = 0.0
    nudge: str = ""
    private: tuple[Span, ...] = ()
    targets: tuple[str, ...] = ()
    unscreened: bool = False
