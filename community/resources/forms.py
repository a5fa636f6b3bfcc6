"""From what a provider typed to `Content`, or what to change, field by field. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from werkzeug.datastructures import MultiDict

from community.resources.content import FIELDS, LENGTHS, Content
from community.resources.hours import Opening, opening, overlap
from community.resources.kinds import COSTS, KINDS, LANGUAGES, TAGS, ZONES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = ("summary", "description", "who_may_be_told", "required_documents", "hours_note")
_SHORT = {
    "phone": 24,
    "text_line": 24,
    "text_word": 20,
    "text_word_es": 20,
    "web": 200,
    "address": 160,
    "city": 80,
    "postal_code": 10,
}
_FLAGS = ("lgbtq_welcome", "parents_welcome", "pets_welcome", "accessible")
_AGES = range(10, 27)
MOST_DAYS = 40
ORDER = (
    *("name", "kind", "needs", "summary", "who_may_be_told", "description"),
    *("phone", "text_line", "text_word", "text_word_es", "web", "address", "city", "postal_code"),
    *("minimum_age", "maximum_age", "required_documents", "id_needed", "cost", "languages"),
    *("hours", "hours_note", "closed_on", "time_zone"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed. `errors` maps a field to the text id of what to change; with any, do not keep the content.

    The page then shows what was typed, not the content: the content lacks what could not be read.
    """

    content: Content = field(repr=False)
    errors: Mapping[str, str]


def read(form: MultiDict[str, str]) -> Read:
    """Read the post form. Everything readable is kept."""
    errors: dict[str, str] = {}
    values: dict[str, Any] = {"kind": form.get("kind") if form.get("kind") in KINDS else "center"}
    values["name"] = _text(form, "name", LENGTHS["name"], errors)
    for name in _TEXTS:
        for language in ("en", "es"):
            values[f"{name}_{language}"] = _text(form, f"{name}_{language}", LENGTHS[name], errors)
    values |= {name: _text(form, name, most, errors) for name, most in _SHORT.items()}
    values |= {name: bool(form.get(name)) for name in _FLAGS}
    values["needs"] = tuple(tag for tag in TAGS if tag in form.getlist("needs"))
    values["languages"] = tuple(code for code in LANGUAGES if code in form.getlist("languages"))
    values["cost"] = form.get("cost") if form.get("cost") in COSTS else ""
    values["id_needed"] = {"yes": True, "no": False}.get(form.get("id_needed", ""))
    values["time_zone"] = form.get("time_zone") if form.get("time_zone") in ZONES else ZONES[1]
    values["minimum_age"], values["maximum_age"] = _age(form, "minimum_age", errors), _age(form, "maximum_age", errors)
    low, high = values["minimum_age"], values["maximum_age"]
    if low is not None and high is not None and low > high:
        errors["maximum_age"] = "listing-error-ages"
        values["maximum_age"] = None
    values["hours"] = _hours(form, errors)
    values["hours_known"] = bool(values["hours"])
    values["closed_on"] = _days(form, errors)
    _check_contacts(values, errors)
    if not values["name"]:
        errors["name"] = "listing-error-name"
        values["name"] = "?"
    return Read(Content(**values), errors)


def filled(content: Content) -> MultiDict[str, str]:
    """A post as the form's fields hold it: what a browser would send if nothing were changed."""
    typed: MultiDict[str, str] = MultiDict()
    for name in FIELDS:
        value = getattr(content, name)
        if name in {"needs", "languages"}:
            typed.setlist(name, list(value))
        elif name == "id_needed":
            typed[name] = {True: "yes", False: "no", None: ""}[value]
        elif name == "closed_on":
            typed[name] = ", ".join(day.isoformat() for day in value)
        elif name not in {"hours", "hours_known"} and value not in ("", None, False):
            typed[name] = "yes" if value is True else str(value)
    for day, (opens, closes) in times_of(content).items():
        typed[f"{day}_opens"], typed[f"{day}_closes"] = opens, closes
    return typed


def in_order(errors: Mapping[str, str]) -> dict[str, str]:
    """Errors in the order of the form, so that a list of them reads from top to bottom."""
    places = {name: number for number, name in enumerate(ORDER)}
    return dict(sorted(errors.items(), key=lambda error: places[re.sub(r"(?<!word)_(en|es)$", "", error[0])]))


def times_of(content: Content) -> dict[str, tuple[str, str]]:
    """Hours as the form's fields show them, both openings of a day: "mon" and "mon2" to (opens, closes)."""
    shown: dict[str, tuple[str, str]] = {}
    for one in sorted(content.hours):
        day = DAYS[one.day]
        shown[f"{day}2" if day in shown else day] = (_clock(one.opens), _clock(one.closes))
    return shown


def _text(form: MultiDict[str, str], name: str, most: int, errors: dict[str, str]) -> str:
    typed = "".join(c for c in form.get(name, "").replace("\r\n", "\n") if c == "\n" or c.isprintable()).strip()
    if len(typed) > most:
        errors[name] = "listing-error-long"
    return typed[:most]


def _age(form: MultiDict[str, str], name: str, errors: dict[str, str]) -> int | None:
    typed = form.get(name, "").strip()
    if not typed:
        return None
    if typed.isdecimal() and len(typed) < 3 and int(typed) in _AGES:
        return int(typed)
    errors[name] = "listing-error-age"
    return None


def _hours(form: MultiDict[str, str], errors: dict[str, str]) -> tuple[Opening, ...]:
    found = []
    for number, day in enumerate(DAYS):
        for name in (day, f"{day}2"):
            opens, closes = form.get(f"{name}_opens", "").strip(), form.get(f"{name}_closes", "").strip()
            if not opens and not closes:
                continue
            try:
                found.append(opening(number, time.fromisoformat(opens), time.fromisoformat(closes)))
            except ValueError:
                errors["hours"] = "listing-error-hours"
    if overlap(found):
        errors["hours"] = "listing-error-hours-twice"
    return tuple(sorted(found))


def _days(form: MultiDict[str, str], errors: dict[str, str]) -> tuple[date, ...]:
    """Dates a place is closed, as 2026-12-25 or 12/25/2026, apart by commas or spaces."""
    found = set()
    for typed in re.split(r"[\s,;]+", form.get("closed_on", "").strip()):
        american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", typed)
        try:
            if american:
                month, day, year = (int(part) for part in american.groups())
                found.add(date(year, month, day))
            elif typed:
                found.add(date.fromisoformat(typed))
        except ValueError:
            errors["closed_on"] = "listing-error-days"
    if len(found) > MOST_DAYS:
        errors["closed_on"] = "listing-error-days"
    return tuple(sorted(found)[:MOST_DAYS])


def _check_contacts(values: dict[str, Any], errors: dict[str, str]) -> None:
    for name in ("phone", "text_line"):
        digits = re.sub(r"\D", "", values[name])
        if values[name] and not (3 <= len(digits) <= 15 and re.fullmatch(r"[\d\s().+-]+", values[name])):
            errors[name] = "listing-error-phone"
    if values["web"] and not re.fullmatch(r"https://[^\s\"'<>]+", values["web"]):
        errors["web"] = "listing-error-web"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
