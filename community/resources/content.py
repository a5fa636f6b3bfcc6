"""What a post says, as one frozen value; what it still lacks; when a change needs a second reviewer. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from community.resources.hours import Opening
from community.resources.kinds import KINDS
from community.resources.search import findable

LENGTHS = {
    "name": 80,
    "summary": 240,
    "description": 4000,
    "who_may_be_told": 300,
    "required_documents": 240,
    "hours_note": 160,
}
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?!\w)")
_LINK = re.compile(
    r"https?://[^\s\"'<>]+|\bwww\.[^\s\"'<>]+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+\.(?:com|org|net|gov|edu|us|info|io|me)\b\S*",
    re.IGNORECASE,
)
_BODY_TEXTS = ("summary", "description", "who_may_be_told", "required_documents", "hours_note")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a post says. Names follow HSDS where it has one; texts come in both languages, at least one filled."""

    name: str = field(repr=False)
    kind: str
    needs: tuple[str, ...] = ()
    summary_en: str = field(default="", repr=False)
    summary_es: str = field(default="", repr=False)
    description_en: str = field(default="", repr=False)
    description_es: str = field(default="", repr=False)
    who_may_be_told_en: str = field(default="", repr=False)
    who_may_be_told_es: str = field(default="", repr=False)
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    id_needed: bool | None = None
    required_documents_en: str = field(default="", repr=False)
    required_documents_es: str = field(default="", repr=False)
    cost: str = ""
    lgbtq_welcome: bool = False
    parents_welcome: bool = False
    pets_welcome: bool = False
    accessible: bool = False
    phone: str = field(default="", repr=False)
    text_line: str = field(default="", repr=False)
    text_word: str = field(default="", repr=False)
    text_word_es: str = field(default="", repr=False)
    web: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    postal_code: str = field(default="", repr=False)
    time_zone: str = "America/Chicago"
    hours: tuple[Opening, ...] = ()
    hours_known: bool = False
    closed_on: tuple[date, ...] = ()
    hours_note_en: str = field(default="", repr=False)
    hours_note_es: str = field(default="", repr=False)

    def said(self, text: str, language: str) -> tuple[str, str]:
        """A text and the language it is in: the one asked for, else the other one."""
        other = "es" if language == "en" else "en"
        asked: str = getattr(self, f"{text}_{language}")
        return (asked, language) if asked else (getattr(self, f"{text}_{other}"), other)


FIELDS = tuple(one.name for one in fields(Content))


def missing(content: Content) -> tuple[str, ...]:
    """Names of what a post still needs before it may be sent, in the order of the form. Empty when it is whole."""
    lacks = {
        "name": not content.name,
        "needs": not content.needs,
        "summary": not (content.summary_en or content.summary_es),
        "who_may_be_told": not (content.who_may_be_told_en or content.who_may_be_told_es),
        "phone": not (content.phone or content.text_line or content.web or content.address),
        "hours": content.hours_known and not content.hours,
    }
    if KINDS[content.kind].offer:
        # The tip sheet's recruiters hide behind offers without details: who, where to ask, what exactly (L22).
        lacks["description"] = not (content.description_en or content.description_es)
        lacks["phone"] = not content.phone
    return tuple(name for name, lacking in lacks.items() if lacking)


def untranslated(content: Any) -> frozenset[str]:
    """Languages ("en", "es") in which one of the texts visitors read is not there while the other one has it."""
    return frozenset(
        language
        for text in ("summary", "who_may_be_told", "description")
        for language, other in (("en", "es"), ("es", "en"))
        if getattr(content, f"{text}_{other}") and not getattr(content, f"{text}_{language}")
    )


def second_reasons(content: Content, before: Content | None) -> tuple[str, ...]:
    """Why a second reviewer is needed, as field names and "offer"; empty when one is enough (statement 21).

    `before` is the last version that was ever approved. A phone or link that appears inside a text counts like one
    in its field: that is where a changed contact would be slipped in.
    """
    reasons = ["offer"] if KINDS[content.kind].offer else []
    if before is None:
        return (*reasons, "contact") if foreign_contacts(content) else tuple(reasons)
    if _numbers(content) != _numbers(before):
        reasons.append("phone")
    if content.web != before.web:
        reasons.append("web")
    if (content.address, content.city, content.postal_code) != (before.address, before.city, before.postal_code):
        reasons.append("address")
    if contacts(content) - contacts(before):
        reasons.append("contact")
    return tuple(reasons)


def contacts(content: Content) -> frozenset[str]:
    """Phones (as digits), links and e-mails that stand inside the texts."""
    text = " \n ".join(_bodies(content))
    phones = {re.sub(r"\D", "", found) for found in _PHONE.findall(text)}
    return frozenset(phones | {found.casefold().rstrip(".,;:)") for found in _LINK.findall(text)})


def foreign_contacts(content: Content) -> frozenset[str]:
    """Contacts in the texts that are not the post's own: most often someone's personal number or account (L21)."""
    own = {re.sub(r"\D", "", content.phone), re.sub(r"\D", "", content.text_line)}
    home = _host(content.web)[0].removeprefix("www.")
    return frozenset(one for one in contacts(content) if one not in own and not _leads_home(one, home))


def wording(content: Content) -> str:
    """All words of a post in one text, in a fixed order: what screening reads and its marks point into."""
    return "\n".join(
        [content.name, *_bodies(content), content.address, content.city, content.text_word, content.text_word_es]
    )


def search_text(content: Content) -> str:
    """What a visitor's own words are looked for in."""
    return findable([content.name, content.city, content.postal_code, content.address, *_bodies(content)])


def _leads_home(contact: str, home: str) -> bool:
    """Whether a link or e-mail goes to this host or one under it, and nothing behind it names another place."""
    if "." not in home:
        return False  # "org" alone would own half the web
    host, rest = _host(contact)
    is_home = host == home or host.endswith(f".{home}")
    return is_home and all(_leads_home(inner, home) for inner in _LINK.findall(rest))


def _host(contact: str) -> tuple[str, str]:
    """Where a link or an e-mail goes as a browser reads it, and what follows; ("", "") when no one could tell."""
    typed = contact.casefold().replace("\\", "/")  # to browsers a backslash ends the host like a slash
    try:
        parts = urlsplit(typed if "://" in typed.partition("?")[0] else f"//{typed}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return "", ""
    return host, f"{parts.path}?{parts.query}#{parts.fragment}"


def _numbers(content: Content) -> tuple[str, str, str, str]:
    return content.phone, content.text_line, content.text_word, content.text_word_es


def _bodies(content: Content) -> Iterator[str]:
    for text in _BODY_TEXTS:
        for language in ("en", "es"):
            yield getattr(content, f"{text}_{language}")
