"""How each kind of notice reads: its texts, its choices, and how urgent it is. Pure but for the translator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Translate = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Shape:
    """Texts are `notice-<kind>-title` (when `has_title`) and `notice-<kind>`; `choices` name `choice-<id>` texts.

    Lower `rank` shows first when several wait: the most protective one. `quiet` notices are only listed under You.
    """

    rank: int
    choices: tuple[str, ...]
    has_title: bool = True
    quiet: bool = False
    may_reply: bool = False


SHAPES: dict[str, Shape] = {
    # A person who wrote comes before what a machine wrote.
    "care-offer": Shape(0, ("ok",), may_reply=True),
    "care-now": Shape(1, ("talk", "call", "help", "later"), has_title=False),
    "care-self": Shape(2, ("talk", "call", "later"), has_title=False),
    "choice-threat": Shape(3, ("talk", "take-it-down", "block", "with-me", "later")),
    "care-harm": Shape(4, ("talk", "call", "help", "later"), has_title=False),
    "limit": Shape(5, ("talk", "ok")),
    "choice-held": Shape(6, ("not-look", "look", "handle", "talk")),
    "choice": Shape(6, ("keep", "mute", "block", "show", "talk", "later")),
    "held-decided": Shape(7, ("talk", "ok"), has_title=False),
    "message-removed": Shape(7, ("talk", "ok"), has_title=False),
    "message-kept": Shape(7, ("talk", "ok"), has_title=False),
    "message-released": Shape(8, ("ok",), has_title=False),
    "message-back": Shape(8, ("ok",), has_title=False),
    "message-again": Shape(8, ("ok",), has_title=False),
    "limit-over": Shape(8, ("ok",), has_title=False),
    "talk-sent": Shape(9, ("ok",), has_title=False, quiet=True),
}

QUIET = frozenset(kind for kind, shape in SHAPES.items() if shape.quiet)

# Choices that lead somewhere instead of being answered in place.
LINKS = {"help": "board.index", "call": "pages.crisis", "look": "reports.look"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice ready to be shown, in one language."""

    id: int
    kind: str
    title: str
    text: str
    choices: list[dict[str, str]]
    may_reply: bool
    rank: int
    quiet: bool


def show(
    notice_id: int,
    kind: str,
    data: Mapping[str, Any],
    body: str,
    *,
    language: str,
    t: Translate,
    when: Callable[[str], str],
) -> Shown:
    """The words of one notice. `when` turns an ISO time in `data` into the reader's day and hour."""
    shape = SHAPES[kind]
    filled = {
        "room": str(data.get(f"room_{language}", "")),
        "reason": str(data.get("reason", "")),
        "rule": t(f"guideline-{data['guideline']}") if data.get("guideline") else "",
        "outcome": str(data.get("outcome", "")),
        "until": when(str(data["until"])) if "until" in data else "",
    }
    text = body or t(f"notice-{kind}", **filled)
    if kind == "choice-threat" and filled["outcome"]:
        text = t("notice-choice-threat-decided", **filled) + "\n" + text
    return Shown(
        id=notice_id,
        kind=kind,
        title=t(f"notice-{kind}-title", **filled) if shape.has_title else "",
        text=text,
        choices=[{"id": choice, "label": t(f"choice-{choice}")} for choice in shape.choices],
        may_reply=shape.may_reply,
        rank=shape.rank,
        quiet=shape.quiet,
    )
