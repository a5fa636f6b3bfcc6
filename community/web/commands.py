"""From what a browser sent to a typed command, or a clear refusal. Pure."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
import unicodedata
from typing import Any, TypeVar

from community.errors import DomainError

Command = TypeVar("Command")

LONGEST_FIELD = 40  # every field but the text itself is an id or a slug, and columns of those are no longer
# Reordering marks can make a line read as what it is not; nobody types them. Emoji need their joiners, so those stay.
# Letters and signs that are drawn as nothing: Hangul fillers and the empty Braille cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
REORDERING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def parse(kind: type[Command], data: object, *, longest_text: int) -> Command:
    """Build `kind` (a frozen dataclass of str, int, bool and optional fields) from a decoded JSON object.

    Raises DomainError("bad-request") for anything that does not fit exactly, unknown fields included.
    """
    if not isinstance(data, dict):
        raise DomainError("bad-request")
    hints = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if any(name not in fields for name in data):
        raise DomainError("bad-request")
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in data:
            if field.default is dataclasses.MISSING:
                raise DomainError("bad-request")
            continue
        value = data[name]
        if not _fits(value, hints[name]):
            raise DomainError("bad-request")
        if name == "text":
            value = text(value, longest=longest_text)
        elif isinstance(value, str) and (not value or len(value) > LONGEST_FIELD or not value.isprintable()):
            raise DomainError("bad-request")
        values[name] = value
    return kind(**values)


def text(raw: str, *, longest: int) -> str:
    """What a person wrote, fit to be kept: reordering marks and control characters gone, ends trimmed.

    Raises DomainError: "text-empty" when nothing visible is left, "text-long", "text-broken" for broken Unicode.
    """
    try:
        raw.encode()
    except UnicodeEncodeError as error:
        raise DomainError("text-broken") from error
    kept = "".join(
        c for c in raw.replace("\r\n", "\n") if c not in REORDERING and (c == "\n" or unicodedata.category(c) != "Cc")
    )
    kept = kept.strip()
    if not any(unicodedata.category(c)[0] not in "ZC" and c not in BLANK for c in kept):
        raise DomainError("text-empty")
    if len(kept) > longest:
        raise DomainError("text-long", most=longest)
    return kept


@functools.lru_cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _fits(value: object, hint: Any) -> bool:
    if isinstance(hint, types.UnionType):
        return any(_fits(value, option) for option in typing.get_args(hint))
    if hint is types.NoneType:
        return value is None
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return isinstance(value, hint)
