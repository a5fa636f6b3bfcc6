"""What every view needs: who asks, in which language, a session, the hour, and a page to answer with."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import g, render_template, request
from sqlalchemy.orm import Session

from community import clock, i18n, limits, navigation, times
from community.actors import AnyActor, MemberActor, ProviderActor, StaffActor
from community.errors import NotFound
from community.web import identity
from community.web.house import house

Kind = TypeVar("Kind", MemberActor, StaffActor, ProviderActor)


def actor() -> AnyActor | None:
    """Who is asking, or None."""
    return identity.actor()


def the(kind: type[Kind]) -> Kind:
    """Who is asking, where the endpoint's audience already says of what kind. Raises NotFound if it lied."""
    found = identity.actor()
    if not isinstance(found, kind):
        raise NotFound
    return found


def someone() -> AnyActor:
    """Who is asking, where the endpoint is for people signed in."""
    found = identity.actor()
    if found is None:
        raise NotFound
    return found


def now() -> datetime:
    """The current moment, in UTC."""
    return clock.now()


def language() -> str:
    """The language of this request: the account's, else the browser's choice, else what it accepts."""
    if "language" not in g:
        found = identity.actor()
        asked = found.language if found is not None else identity.asked_language()
        g.language = i18n.best_language(asked, request.headers.get("Accept-Language"))
    return str(g.language)


def t(text_id: str, **args: object) -> str:
    """A text in the language of this request."""
    return i18n.translate(language(), text_id, **args)


def when(moment: datetime) -> str:
    """A moment as people say it, in the house's time zone and the language of this request."""
    return times.spoken(moment, now=now(), zone=ZoneInfo(house().settings.time_zone), language=language())


def day(at: datetime) -> str:
    """The day of a moment, in the house's time zone and the language of this request."""
    return times.day(at.astimezone(ZoneInfo(house().settings.time_zone)), language())


def moment(at: str) -> times.Moment:
    """When a message was said (ISO 8601), cut for a log."""
    zone = ZoneInfo(house().settings.time_zone)
    return times.moment(datetime.fromisoformat(at), now=now(), zone=zone, language=language())


def seconds_between(first: str, second: str) -> float:
    """Seconds from one ISO 8601 moment to another."""
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()


def reading() -> AbstractContextManager[Session]:
    """A session for looking."""
    return house().database.reading()


def writing() -> AbstractContextManager[Session]:
    """A session whose work is kept if the block ends."""
    return house().database.writing()


def render(template: str, **context: object) -> str:
    """A page."""
    return render_template(template, **context)


def address() -> str:
    """Where the request came from: only ever a key for limits in memory."""
    return limits.network(request.remote_addr or "")


def page_globals() -> dict[str, object]:
    """What every template knows, beside its own context."""
    found = identity.actor()
    spoken = language()
    return {
        "t": t,
        "t_in": i18n.translate,
        "language": spoken,
        "other_language": "es" if spoken == "en" else "en",
        "theme": found.theme if found is not None else "",
        "me": found,
        "neutral_title": found is not None and found.shared_device,
        "when": when,
        "moment": moment,
        "seconds_between": seconds_between,
        "navigation": lambda: navigation.items(found, request.endpoint),
        "zone": house().settings.time_zone,
    }
