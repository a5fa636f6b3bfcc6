"""The languages of the house and the one function that turns a text id into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk

LANGUAGES = {"en": "English", "es": "Español"}
DEFAULT = "en"
FOLDER = Path(__file__).parent / "translations"


@lru_cache(maxsize=len(LANGUAGES))
def bundle(language: str) -> FluentBundle:
    """All texts of one language. Raises ValueError on an id defined twice or a text that does not parse."""
    loaded = FluentBundle([language], use_isolating=False)
    seen: set[str] = set()
    for path in sorted((FOLDER / language).glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            name = getattr(getattr(entry, "id", None), "name", None)
            if isinstance(entry, Junk):
                raise ValueError(f"{path.name} ({language}): unreadable text near {str(entry.content)[:60]!r}")
            if name in seen:
                raise ValueError(f"{path.name} ({language}): {name} is defined twice")
            if name:
                seen.add(name)
        loaded.add_resource(resource)
    return loaded


def translate(language: str, text_id: str, **args: Any) -> str:
    """The text in that language. Raises LookupError for an unknown id and ValueError for a missing placeholder."""
    texts = bundle(language)
    if not texts.has_message(text_id):
        raise LookupError(f"no text {text_id!r} in {language}")
    message = texts.get_message(text_id)
    if message.value is None:
        raise LookupError(f"text {text_id!r} has no value in {language}")
    words, errors = texts.format_pattern(message.value, args)
    if errors:
        raise ValueError(f"text {text_id!r} in {language}: {errors[0]}")
    return str(words)


def translator(language: str) -> Callable[..., str]:
    """`translate` bound to one language: what templates know as `t`."""

    def t(text_id: str, **args: Any) -> str:
        return translate(language, text_id, **args)

    return t


def best_language(asked: str | None, accepted: str | None) -> str:
    """The language to speak: the one asked for if we have it, else the browser's, else English."""
    if asked in LANGUAGES:
        return str(asked)
    for part in (accepted or "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT
