"""The commands of whoever runs the house. Each is one change, one line about it, and one row in the audit."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import click

from community import clock, starting, times
from community.accounts.models import BANDS, Account
from community.managing import people, places
from community.managing.change import Change, change
from config import Settings
from moderation.core.duties import Duty

_DUTIES = click.Choice([duty.value for duty in Duty])
_REASONS = click.Choice(people.YOUTH_REASONS)


@click.group()
def agency() -> None:
    """Programs that invite youth."""


@agency.command("add")
@click.argument("name")
def agency_add(name: str) -> None:
    """Add a program."""
    with change(_settings()) as now:
        added = places.add_agency(now, name)
    click.echo(f"{added.name} is here")


@click.group()
def room() -> None:
    """Rooms of one age band each."""


@room.command("add")
@click.argument("slug")
@click.option("--band", required=True, type=click.Choice(BANDS), help="who the room is for")
@click.option("--name-en", required=True, help="its name in English")
@click.option("--name-es", required=True, help="its name in Spanish")
@click.option("--about-en", default="", help="one line about it in English")
@click.option("--about-es", default="", help="one line about it in Spanish")
def room_add(slug: str, band: str, **sign: str) -> None:
    """Add a room, open at once. SLUG is its part of the address, such as talk-16-17."""
    with change(_settings()) as now:
        places.add_room(now, slug, band, places.Sign(**sign))
        _warn(now)
    click.echo(f"{slug} is open for {band}")


@room.command("close")
@click.argument("slug")
def room_close(slug: str) -> None:
    """Stop writing in a room, from the next message on. It can still be read."""
    with change(_settings()) as now:
        places.set_open(now, slug, is_open=False)
    click.echo(f"{slug} is closed: it can be read, not written in")


@room.command("open")
@click.argument("slug")
def room_open(slug: str) -> None:
    """Open a closed room again."""
    with change(_settings()) as now:
        places.set_open(now, slug, is_open=True)
    click.echo(f"{slug} is open")


@click.group()
def staff() -> None:
    """Adults on an agency's team."""


@staff.command("add")
@click.argument("name")
@click.option("--agency", "agency_name", required=True, help="the program they work for")
@click.option("--duty", "duties", required=True, multiple=True, type=_DUTIES, help="may be said several times")
def staff_add(name: str, agency_name: str, duties: tuple[str, ...]) -> None:
    """Add a staff person, and show once what they sign in with."""
    settings = _settings()
    start = people.new_start(settings)
    with change(settings) as now:
        account = people.add_staff(now, name, agency=agency_name, duties=duties, start=start)
        _warn(now)
    click.echo(f"{account.handle} is staff of {agency_name}: {', '.join(sorted(set(duties)))}")
    _show_once(settings, account, start)


@staff.command("duties")
@click.argument("name")
@click.option("--set", "duties", required=True, multiple=True, type=_DUTIES, help="all they hold from now on")
def staff_duties(name: str, duties: tuple[str, ...]) -> None:
    """Set the duties of a staff person; they are signed out and sign in again."""
    with change(_settings()) as now:
        account = people.set_duties(now, name, duties)
        _warn(now)
    click.echo(f"{account.handle} holds now: {', '.join(sorted(set(duties)))}")


def _verification(command: Callable[..., None]) -> Callable[..., None]:
    for step, why in reversed(places.STEPS.items()):
        command = click.option(f"--{step.replace('_', '-')}", step, is_flag=True, help=why)(command)
    return click.option("--until", required=True, help="last day of the check, as 2027-05-31; a year at most")(command)


@click.group()
def organisation() -> None:
    """Organisations of providers. Each flag says that a person did that step."""


@organisation.command("add")
@click.argument("name")
@_verification
def organisation_add(name: str, until: str, **steps: bool) -> None:
    """Add an organisation that was checked in every step."""
    with change(_settings()) as now:
        places.add_organisation(now, name, steps, until)
    click.echo(f"{name} is verified until {until}")


@organisation.command("renew")
@click.argument("name")
@_verification
def organisation_renew(name: str, until: str, **steps: bool) -> None:
    """Record that every step was done again."""
    with change(_settings()) as now:
        places.renew_organisation(now, name, steps, until)
    click.echo(f"{name} is verified until {until}")


@organisation.command("suspend")
@click.argument("name")
def organisation_suspend(name: str) -> None:
    """Hide its places and sign its people out, until it is renewed."""
    with change(_settings()) as now:
        ended = places.suspend_organisation(now, name)
    click.echo(f"{name} is suspended; its places are hidden, devices signed out: {ended}")


@click.group()
def provider() -> None:
    """People who speak for an organisation."""


@provider.command("add")
@click.argument("name")
@click.option("--organisation", "organisation_name", required=True, help="whom they speak for")
def provider_add(name: str, organisation_name: str) -> None:
    """Add a provider, and show once what they sign in with."""
    settings = _settings()
    start = people.new_start(settings)
    with change(settings) as now:
        account = people.add_provider(now, name, organisation=organisation_name, start=start)
    click.echo(f"{account.handle} speaks for {organisation_name}")
    _show_once(settings, account, start)


@click.group()
def account() -> None:
    """What can be done to one account, whoever it belongs to."""


@account.command("start-again")
@click.argument("name")
def account_start_again(name: str) -> None:
    """Give an adult who lost theirs a new one-time passphrase and app secret."""
    settings = _settings()
    start = people.new_start(settings)
    with change(settings) as now:
        account = people.start_again(now, name, start)
    click.echo(f"{account.handle} starts again; every device was signed out")
    _show_once(settings, account, start)


@account.command("end")
@click.argument("name")
@click.option("--because", type=_REASONS, help="needed for a youth")
@click.confirmation_option(prompt="This can't be undone, and the name stays taken. End the account?")
def account_end(name: str, because: str | None) -> None:
    """End an account for good; a running server closes its connections within seconds."""
    with change(_settings()) as now:
        account = people.end_account(now, name, because)
        _warn(now)
    click.echo(f"the account of {account.handle} has ended")


GROUPS: tuple[Any, ...] = (agency, room, staff, organisation, provider, account)


def _settings() -> Settings:
    return starting.settings_or_exit(os.environ)


def _warn(now: Change) -> None:
    missing = people.held_by_nobody(now)
    if missing:
        starting.say(f"nobody holds yet: {', '.join(missing)}; what waits for them would wait for ever")


def _show_once(settings: Settings, account: Account, start: people.Start) -> None:
    """The secrets of a start: here and nowhere else. The database keeps a hash of the passphrase."""
    house = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    until = account.passphrase_until
    last = times.spoken(until, now=clock.now(), zone=ZoneInfo(settings.time_zone), language="en") if until else ""
    click.echo("")
    click.echo("  Give them this in person. It is shown only now.")
    click.echo(f"    sign in at   {house}/staff/sign-in")
    click.echo(f"    name         {account.handle}")
    click.echo(f"    passphrase   {start.passphrase}")
    click.echo(f"    app secret   {start.totp_secret}")
    click.echo(f"    as a link    {start.app_address(account.handle)}")
    click.echo(f"  The passphrase works once, until {last}. First they choose their own.")
    click.echo("")
