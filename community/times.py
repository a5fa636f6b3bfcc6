"""Moments as people say them: "6:06 pm", "Friday, 8 pm", "12 nov, 9:30 pm". Pure."""

from __future__ import annotations

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
