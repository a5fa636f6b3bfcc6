"""A version beside the one visitors saw last, and what the automatic check says of it. Pure but for the texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from community.i18n import translator
from community.resources.content import Content, wording
from community.resources.shown import week
from moderation.core.rules import Purpose, Rulebook

Say = Callable[[Content], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing a post says. `before` is None when nothing was shown before, else what it said."""

    label: str
    now: str = field(repr=False)
    before: str | None = field(repr=False)

    @property
    def is_changed(self) -> bool:
        """True if visitors would read something else than before."""
        return self.before is not None and self.before != self.now


@dataclass(frozen=True, slots=True)
class Noticed:
    """One plain reason from the rulebook, with the words in the post it comes from."""

    reason: str
    quotes: tuple[str, ...] = field(repr=False, default=())


def rows(content: Content, before: Content | None, language: str) -> list[Row]:
    """Everything a post says or said, in the order of the form; what is empty in both is left out."""
    found = []
    for label, say in _sayings(language):
        old = say(before) if before is not None else None
        row = Row(label, say(content), old)
        if row.now or row.before:
            found.append(row)
    return found


def noticed(advice: Mapping[str, Any], content: Content, rulebook: Rulebook, language: str) -> list[Noticed]:
    """What screening found: rules first, then each signal once with its words. An id since retired says so.

    Signals about someone's own contact or place are left out: a post is meant to have them, and those that are not
    its own are found by `content.foreign_contacts`.
    """
    t, text = translator(language), wording(content)
    quotes: dict[str, list[str]] = {}
    for signal, start, end in advice.get("marks", ()):
        known = rulebook.signals.get(signal)
        if known is None or known.purpose is not Purpose.PRIVACY:
            quotes.setdefault(signal, []).append(text[start:end])
    found = []
    for rule_id in (*advice.get("rules", ()), *quotes):
        try:
            reason = rulebook.reason(rule_id, language)
        except KeyError:
            reason = t("listing-advice-retired")
        found.append(Noticed(reason, tuple(dict.fromkeys(quotes.get(rule_id, ())))))
    return found


def _sayings(language: str) -> list[tuple[str, Say]]:
    t = translator(language)

    def plain(name: str) -> Say:
        return lambda content: _shown(getattr(content, name))

    def texts(name: str) -> list[tuple[str, Say]]:
        label = t(f"listing-field-{name.replace('_', '-')}")
        return [(f"{label} ({t(f'language-{code}')})", plain(f"{name}_{code}")) for code in ("en", "es")]

    def one(name: str, say: Say | None = None) -> list[tuple[str, Say]]:
        return [(t(f"listing-field-{name.replace('_', '-')}"), say or plain(name))]

    def flags(content: Content) -> str:
        names = ("lgbtq_welcome", "parents_welcome", "pets_welcome", "accessible")
        return ", ".join(t(f"board-{name.replace('_', '-')}") for name in names if getattr(content, name))

    def hours(content: Content) -> str:
        return "; ".join(f"{day} {span}" for day, span in week(content.hours, language)) if content.hours else ""

    def needed(content: Content) -> str:
        return "" if content.id_needed is None else t("board-id-needed" if content.id_needed else "board-id-none")

    return [
        *one("name"),
        *one("kind", lambda content: t(f"kind-{content.kind}")),
        *one("needs", lambda content: ", ".join(t(f"tag-{tag}") for tag in content.needs)),
        *texts("summary"),
        *texts("who_may_be_told"),
        *texts("description"),
        *one("phone"),
        *one("text_line"),
        *one("text_word"),
        *one("text_word_es"),
        *one("web"),
        *one("address"),
        *one("city"),
        *one("postal_code"),
        *one("minimum_age"),
        *one("maximum_age"),
        *one("id_needed", needed),
        *texts("required_documents"),
        *one("cost", lambda content: t(f"cost-{content.cost}") if content.cost else ""),
        *one("languages", lambda content: ", ".join(t(f"language-{code}") for code in content.languages)),
        *one("welcome", flags),
        *one("hours", hours),
        *texts("hours_note"),
        *one("closed_on", lambda content: ", ".join(day.isoformat() for day in content.closed_on)),
        *one("time_zone"),
    ]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
