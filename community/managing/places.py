"""Agencies, rooms and organisations: made, opened, closed, checked and suspended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from community.accounts.models import Account, Agency, Organisation
from community.accounts.service import end_sessions
from community.managing.change import OPERATOR, Change, Refused
from community.rooms.models import Room

# What a person must have done before an organisation's people may post (youth-community.md, statement 22).
STEPS = {
    "proof_seen": "proof that the organisation exists was seen",
    "supervisor_called": "its supervisor was called back on a number from that proof",
    "background_attested": "it attested background checks of its people in writing",
    "code_signed": "it signed the code of conduct",
    "trained": "its people's training is in date",
}
LONGEST_CHECK = timedelta(days=366)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG, _LONGEST_NAME, _LONGEST_ABOUT, _LONGEST_PLACE = 40, 60, 200, 120


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands over a room, in both languages."""

    name_en: str
    name_es: str
    about_en: str = ""
    about_es: str = ""


def add_agency(change: Change, name: str) -> Agency:
    """A program that invites youth."""
    name = _words(name, "the name", _LONGEST_PLACE)
    if change.session.scalar(select(Agency).where(Agency.name == name)) is not None:
        raise Refused(f"there is an agency {name} already")
    agency = Agency(name=name)
    change.session.add(agency)
    change.session.flush()
    change.record("agency.added", f"agency:{agency.id}")
    return agency


def agency_named(change: Change, name: str) -> Agency:
    """An agency by its exact name."""
    found = change.session.scalar(select(Agency).where(Agency.name == name))
    if found is None:
        raise Refused(f"there is no agency {name}; {_known(change, Agency.name)}")
    return found


def add_room(change: Change, slug: str, band: str, sign: Sign) -> Room:
    """A room of one band, open at once."""
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        raise Refused(f"{slug} can't be part of an address: use a-z, 0-9 and single dashes, {_LONGEST_SLUG} at most")
    if change.session.scalar(select(Room).where(Room.slug == slug)) is not None:
        raise Refused(f"there is a room {slug} already")
    if bool(sign.about_en.strip()) != bool(sign.about_es.strip()):
        raise Refused("say what the room is about in both languages: --about-en and --about-es")
    room = Room(
        slug=slug,
        band=band,
        name_en=_words(sign.name_en, "--name-en", _LONGEST_NAME),
        name_es=_words(sign.name_es, "--name-es", _LONGEST_NAME),
        about_en=_words(sign.about_en, "--about-en", _LONGEST_ABOUT, may_be_empty=True),
        about_es=_words(sign.about_es, "--about-es", _LONGEST_ABOUT, may_be_empty=True),
        is_open=True,
        revision=0,
    )
    change.session.add(room)
    change.session.flush()
    change.record("room.added", f"room:{room.id}", band=band)
    return room


def set_open(change: Change, slug: str, *, is_open: bool) -> None:
    """Open a room for writing or close it; it can be read either way."""
    room = change.session.scalar(select(Room).where(Room.slug == slug))
    if room is None:
        raise Refused(f"there is no room {slug}; {_known(change, Room.slug)}")
    if room.is_open == is_open:
        raise Refused(f"{slug} is {'open' if is_open else 'closed'} already")
    room.is_open = is_open
    change.record("room.opened" if is_open else "room.closed", f"room:{room.id}")


def add_organisation(change: Change, name: str, steps: Mapping[str, bool], until: str) -> Organisation:
    """A provider's organisation, checked by a person step by step."""
    name = _words(name, "the name", _LONGEST_PLACE)
    if change.session.scalar(select(Organisation).where(Organisation.name == name)) is not None:
        raise Refused(f"there is an organisation {name} already; to check it again: organisation renew")
    organisation = Organisation(name=name, verified_until=_checked(change, steps, until), **steps)
    change.session.add(organisation)
    change.session.flush()
    change.record("organisation.verified", f"organisation:{organisation.id}", until=until, steps=sorted(steps))
    return organisation


def renew_organisation(change: Change, name: str, steps: Mapping[str, bool], until: str) -> None:
    """Every step done again, for another year at most."""
    organisation = organisation_named(change, name)
    organisation.verified_until = _checked(change, steps, until)
    for step, done in steps.items():
        setattr(organisation, step, done)
    change.record("organisation.renewed", f"organisation:{organisation.id}", until=until, steps=sorted(steps))


def suspend_organisation(change: Change, name: str) -> int:
    """Hide its places and sign its people out, until it is renewed. Returns how many devices were signed out."""
    organisation = organisation_named(change, name)
    if not organisation.is_verified(change.now):
        raise Refused(f"{name} is not verified now, so there is nothing to suspend")
    organisation.verified_until = None
    its_people = change.session.scalars(select(Account.id).where(Account.organisation_id == organisation.id)).all()
    ended = sum(end_sessions(change.session, one, by=OPERATOR, now=change.now) for one in its_people)
    change.record("organisation.suspended", f"organisation:{organisation.id}", sessions_ended=ended)
    return ended


def organisation_named(change: Change, name: str) -> Organisation:
    """An organisation by its exact name."""
    found = change.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        raise Refused(f"there is no organisation {name}; {_known(change, Organisation.name)}")
    return found


def _checked(change: Change, steps: Mapping[str, bool], until: str) -> datetime:
    """The end of the check, if every step was done and the date is one within a year."""
    undone = [f"--{step.replace('_', '-')} ({why})" for step, why in STEPS.items() if not steps.get(step)]
    if undone:
        raise Refused(f"nothing was recorded; do these first and say so: {'; '.join(undone)}")
    try:
        last_day = datetime.strptime(until, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise Refused(f"--until {until}: write the last day as 2027-05-31") from None
    ends = datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(change.settings.time_zone))
    if not change.now < ends <= change.now + LONGEST_CHECK:
        raise Refused(f"--until {until}: a check lasts a year at most, and its last day can't be over")
    return ends


def _words(typed: str, what: str, longest: int, *, may_be_empty: bool = False) -> str:
    kept = " ".join(typed.split())
    if not kept.isprintable() or len(kept) > longest or not (kept or may_be_empty):
        raise Refused(f"{what} must be 1 to {longest} letters on one line")
    return kept


def _known(change: Change, column: InstrumentedAttribute[str]) -> str:
    names = change.session.scalars(select(column).order_by(column)).all()
    return f"there are: {', '.join(names)}" if names else "none was added yet"
