"""A listing as a page says it, in one language: its state, tags, numbers and dates in words. Pure but for the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from community.i18n import translator
from community.resources.content import Content, untranslated
from community.resources.freshness import Freshness
from community.resources.hours import DAY, Opening, State, is_always
from community.resources.kinds import KINDS, LINE
from community.resources.queries import Found
from community.resources.service import content_of
from community.times import LOCALES, clock_time, spoken

Translate = Callable[..., str]
ARCH = {State.OPEN: "lit", State.CLOSED: "closed", State.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Said:
    """Words a provider wrote and their language. `foreign` when it is not the reader's: said aloud and marked so."""

    text: str = field(repr=False)
    language: str
    foreign: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach a listing: what a button says, the bare number or address, and where the link leads."""

    text: str
    number: str
    link: str


@dataclass(frozen=True, slots=True)
class Card:
    """One listing, ready for a page."""

    slug: str
    name: str
    icon: str
    kind: str
    organisation: str
    arch: str
    state: str
    summary: Said
    description: Said
    told: Said
    documents: Said
    hours_note: Said
    tags: Sequence[str]
    phone: Reach | None
    texting: Reach | None
    web: Reach | None
    address: str
    town: str
    only_in: str
    hours: Sequence[tuple[str, str]]
    says: str
    checked: str
    freshness: str
    is_line: bool


def card(found: Found, *, language: str, now: datetime) -> Card:
    """One listing in words."""
    content, t = content_of(found.revision), translator(language)
    zone = ZoneInfo(content.time_zone)
    today = now.astimezone(zone).date()
    return Card(
        slug=found.slug,
        name=content.name,
        icon=KINDS[content.kind].icon,
        kind=t(f"kind-{content.kind}"),
        organisation=found.organisation,
        arch=ARCH[found.state.state],
        state=_state(found, t, zone=zone, now=now, language=language),
        summary=said(content, "summary", language),
        description=said(content, "description", language),
        told=said(content, "who_may_be_told", language),
        documents=said(content, "required_documents", language),
        hours_note=said(content, "hours_note", language),
        tags=tags(content, t),
        phone=_phone(content, t),
        texting=_texting(content, t, language),
        web=_web(content),
        address=", ".join(part for part in (content.address, f"{content.city} {content.postal_code}".strip()) if part),
        town=content.city,  # the town alone, as its provider gave it: a shelter may keep its street to itself
        only_in=_only_in(content, language),
        hours=week(content.hours, language) if content.hours_known else (),
        says=_says(content, found.freshness, t, language),
        checked=_checked(found, t, language, today),
        freshness=found.freshness.value,
        is_line=content.kind == LINE,
    )


def _only_in(content: Content, language: str) -> str:
    """The other language when a text is there in that one alone, "" when all of it can be read."""
    other = "es" if language == "en" else "en"
    return other if language in untranslated(content) else ""


def said(content: Content, text: str, language: str) -> Said:
    """One of a post's texts in the reader's language, or in the one it has."""
    words, spoken_in = content.said(text, language)
    return Said(words, spoken_in, foreign=bool(words) and spoken_in != language)


def tags(content: Content, t: Translate) -> list[str]:
    """The short facts of a listing: ages, cost, ID, languages, who is welcome. Nothing we don't know."""
    facts = [_ages(content, t)]
    facts.append(t(f"cost-{content.cost}") if content.cost else "")
    if content.id_needed is not None:
        facts.append(t("board-id-needed" if content.id_needed else "board-id-none"))
    facts.append(", ".join(t(f"language-{code}") for code in content.languages))
    welcomes = ("lgbtq_welcome", "parents_welcome", "pets_welcome", "accessible")
    facts += [t(f"board-{name.replace('_', '-')}") for name in welcomes if getattr(content, name)]
    return [fact for fact in facts if fact]


def week(openings: Sequence[Opening], language: str) -> list[tuple[str, str]]:
    """(day, hours) for each day of the week, Monday first; one row for a place that never closes."""
    t = translator(language)
    if is_always(openings):
        return [(t("hours-every-day"), t("hours-any"))]
    names = get_day_names("wide", locale=LOCALES[language])
    rows = []
    for day in range(7):
        spans = [_span(one, language, t) for one in sorted(openings) if one.day == day]
        rows.append((names[day].capitalize(), ", ".join(spans) or t("hours-closed")))
    return rows


def day_of(moment: date, language: str, today: date) -> str:
    """A date as people say it: "Nov 12", "12 nov", with the year when it is another one."""
    year = " y" if moment.year != today.year else ""
    pattern = {"en": f"MMM d{',' if year else ''}{year}", "es": f"d MMM{year}"}[language]
    return str(format_date(moment, pattern, locale=LOCALES[language])).replace(".", "")


def dial(number: str) -> str:
    """A number as a telephone link takes it: with the country's code when it is a full one, else as it is."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10:
        return f"+1{digits}"
    return f"+{digits}" if len(digits) == 11 and digits.startswith("1") else digits


def _state(found: Found, t: Translate, *, zone: ZoneInfo, now: datetime, language: str) -> str:
    state = found.state
    if state.state is State.UNKNOWN:
        # "Call first" would be no news about a line: calling is all one does with it.
        return t("board-line-unsure" if found.revision.kind == LINE else "board-call-first")
    moment = state.until if state.state is State.OPEN else state.opens
    word = "open" if state.state is State.OPEN else "closed"
    if moment is None:
        return t(f"board-{word}")
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    hours_away = (moment - now).total_seconds() / 3600
    if local.date() == today or (state.state is State.OPEN and hours_away < 24):
        return t(f"board-{word}-today", time=clock_time(local, language), hour=local.hour % 12)
    return t(f"board-{word}-later", when=spoken(moment, now=now, zone=zone, language=language))


def _ages(content: Content, t: Translate) -> str:
    low, high = content.minimum_age, content.maximum_age
    if low is not None and high is not None:
        return t("board-ages", low=low, high=high)
    if low is not None:
        return t("board-ages-from", low=low)
    return t("board-ages-to", high=high) if high is not None else ""


def _span(one: Opening, language: str, t: Translate) -> str:
    if one.closes - one.opens == DAY:
        return t("hours-all-day")
    first, last = (datetime(2000, 1, 1, (at // 60) % 24, at % 60) for at in (one.opens, one.closes))  # noqa: DTZ001
    return t("hours-span", opens=clock_time(first, language), closes=clock_time(last, language))


def _checked(found: Found, t: Translate, language: str, today: date) -> str:
    assured = found.revision.assured_date
    if assured is None:
        return t("board-not-checked")
    when = day_of(assured, language, today)
    if found.freshness is Freshness.FRESH:
        return t("board-checked", date=when)
    return t("board-checked-old-line" if found.revision.kind == LINE else "board-checked-old", date=when)


def _says(content: Content, fresh: Freshness, t: Translate, language: str) -> str:
    """What a listing tells of its own hours, as its word and not ours while nobody here has checked it."""
    if fresh is Freshness.FRESH:
        return content.said("hours_note", language)[0]
    if is_always(content.hours):
        return t("board-says-any")
    note = content.said("hours_note", language)[0]
    return t("board-says", hours=note) if note else ""


def _phone(content: Content, t: Translate) -> Reach | None:
    if not content.phone:
        return None
    return Reach(t("board-call", phone=content.phone), content.phone, f"tel:{dial(content.phone)}")


def _texting(content: Content, t: Translate, language: str) -> Reach | None:
    if not content.text_line:
        return None
    number = dial(content.text_line)
    word = content.text_word_es if language == "es" and content.text_word_es else content.text_word
    if not word:
        return Reach(t("board-text", number=content.text_line), content.text_line, f"sms:{number}")
    words = t("board-text-word", word=word, number=content.text_line)
    return Reach(words, content.text_line, f"sms:{number}?body={quote(word)}")


def _web(content: Content) -> Reach | None:
    bare = content.web.removeprefix("https://").removeprefix("www.").rstrip("/")
    return Reach(bare, bare, content.web) if content.web else None
