"""Taking rulebook source apart with every problem noted and none thrown, so that one run lists them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from moderation.core.phrases import Dictionary, Pattern, PatternError, compile_pattern
from moderation.core.rules import LANGUAGES, Wording

_ID = re.compile(r"[a-z][a-z0-9_-]{1,60}")
_LENGTH = re.compile(r"(\d{1,3})([hd])")
_LANGUAGE_NAMES = {"en": "English", "es": "Spanish"}

Choice = TypeVar("Choice", bound=StrEnum)


class RulebookError(ValueError):
    """The rulebook cannot be used. `problems` lists everything that is wrong, each with where it stands."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("The rulebook has problems:\n" + "\n".join(f"- {problem}" for problem in problems))


@dataclass(slots=True)
class Problems:
    """Everything found wrong so far, and every id taken so far."""

    found: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def note(self, where: str, what: str) -> None:
        self.found.append(f"{where}: {what}")

    def claim(self, rule_id: str, where: str) -> None:
        """Take `rule_id`; two things may never share one, because history joins on it."""
        if rule_id in self.ids:
            self.note(where, f"the id {rule_id!r} is already used in {self.ids[rule_id]}")
        self.ids.setdefault(rule_id, where)


@dataclass(slots=True)
class Table:
    """One TOML table being read: asks for its keys by kind, notes what is wrong, and what nobody asked for."""

    data: Mapping[str, Any]
    where: str
    problems: Problems
    asked: set[str] = field(default_factory=set)

    def note(self, what: str) -> None:
        self.problems.note(self.where, what)

    def get(self, key: str) -> Any:
        self.asked.add(key)
        return self.data.get(key)

    def identity(self) -> str:
        """The table's id, claimed. Everything noted afterwards names it."""
        value = self.text("id")
        if value and not _ID.fullmatch(value):
            self.note(f"the id {value!r} may hold only small letters, digits, - and _")
        self.problems.claim(value, self.where)
        self.where = f"{self.where}, {value!r}"
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.note(f"{key} is missing")
            return ""
        return value

    def number(self, key: str, least: float, most: float, default: float | None = None) -> float:
        value = self.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.note(f"{key} must be a number from {least:g} to {most:g}")
            return least
        return value

    def texts(self, key: str, *, needed: bool) -> tuple[str, ...]:
        value = self.get(key)
        if value is None and not needed:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
            self.note(f"{key} must be a list of texts")
            return ()
        if needed and not value:
            self.note(f"{key} is empty")
        return tuple(value)

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        value = self.get(key)
        if value is None:
            return default
        if value not in [str(member) for member in kind]:
            self.note(f"{key} is {value!r}; it must be one of {', '.join(kind)}")
            return default
        return kind(value)

    def length(self, key: str, default: str) -> timedelta:
        value = self.text(key, default)
        match = _LENGTH.fullmatch(value)
        if match is None:
            self.note(f"{key} is {value!r}; write it like 72h or 7d")
            return timedelta(0)
        return timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(days=int(match[1]))

    def patterns(self, key: str, dictionary: Dictionary, *, needed: bool) -> tuple[Pattern, ...]:
        compiled: list[Pattern] = []
        for source in self.texts(key, needed=needed):
            try:
                compiled.append(compile_pattern(source, dictionary))
            except PatternError as error:
                self.note(f"the pattern {source!r} {error}")
        return tuple(compiled)

    def tables(self, key: str) -> list[Table]:
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.note(f"{key} must be a list of tables")
            return []
        return [Table(entry, f"{self.where}, {key} {number}", self.problems) for number, entry in enumerate(value, 1)]

    def table(self, key: str) -> Table:
        value = self.get(key)
        if not isinstance(value, dict):
            self.note(f"{key} is missing")
            value = {}
        return Table(value, f"{self.where}, {key}", self.problems)

    def wording(self) -> Wording:
        """Title and reason, each in every language staff may read."""
        return Wording(title=self._in_languages("title"), reason=self._in_languages("reason"))

    def _in_languages(self, key: str) -> Mapping[str, str]:
        table = self.table(key)
        for language in LANGUAGES:
            if not str(table.get(language) or "").strip():
                self.note(f"{key} in {_LANGUAGE_NAMES[language]} is missing")
        table.finish()
        return {language: str(table.data.get(language, "")) for language in LANGUAGES}

    def finish(self) -> None:
        """Note every key that was never asked for: a misspelt key must not be a silent nothing."""
        for key in self.data:
            if key not in self.asked:
                self.note(f"does not know the key {key!r}")
