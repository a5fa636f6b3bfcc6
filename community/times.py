"""Moments as people say them: "6:06 pm", "Friday, 8 pm", "12 nov, 9:30 pm". Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

LOCALES = {"en": "en_US", "es": "es_MX"}
_NEAR_DAYS = 6


def spoken(moment: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """The moment relative to `now`: the hour alone today, weekday and hour within six days, else the date and hour."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    hour = clock_time(local, language)
    days = (local.date() - today).days
    if days == 0:
        return hour
    pattern = "EEEE" if abs(days) <= _NEAR_DAYS else {"en": "MMM d", "es": "d MMM"}[language]
    return f"{format_date(local, pattern, locale=LOCALES[language]).replace('.', '')}, {hour}"


def clock_time(local: datetime, language: str) -> str:
    """An hour on the clock, such as "9:30 pm" or "9 pm", the same in both languages (voice.md section 3)."""
    pattern = "h a" if local.minute == 0 else "h:mm a"
    said = format_time(local, pattern, locale=LOCALES[language]).lower()
    return said.replace(" ", " ").replace(" ", " ").replace(". ", "").replace(".", "")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something in a log was said: "6:02 pm", the ISO day, how many days ago, and the day in full."""

    clock: str
    day: str
    days_ago: int
    in_full: str


def moment(at: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> Moment:
    """A moment cut for a log with day lines. The browser makes the same words in static/js/lib/times.mjs."""
    local = at.astimezone(zone)
    pattern = {"en": "EEEE, MMMM d", "es": "EEEE, d 'de' MMMM"}[language]
    in_full = format_date(local, pattern, locale=LOCALES[language])
    return Moment(
        clock=clock_time(local, language),
        day=local.date().isoformat(),
        days_ago=(now.astimezone(zone).date() - local.date()).days,
        in_full=in_full[:1].upper() + in_full[1:],
    )


def day(local: datetime, language: str) -> str:
    """A day as people say it: "Friday, Nov 27", "viernes, 27 nov"."""
    pattern = {"en": "EEEE, MMM d", "es": "EEEE, d MMM"}[language]
    return str(format_date(local, pattern, locale=LOCALES[language])).replace(".", "")
