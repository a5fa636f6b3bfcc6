"""Commands for whoever runs the house: prepare, migrate, check, manage people and places, verify the audit."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from community import clock, migrating, retention, seed, starting
from community.db import Database
from community.factory import Wired, create_app
from community.managing import commands
from moderation import service as moderation


class _OneLine(click.Group):
    """Says what is wrong with a command in one line, like everything else that stops a start."""

    def main(self, *args: Any, **more: Any) -> Any:
        try:
            return super().main(*args, **{**more, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            raise SystemExit(2) from None
        except click.ClickException as error:
            starting.leave(" ".join(error.format_message().split()))
        except click.Abort:
            starting.leave("stopped; nothing was changed")


@click.group(cls=_OneLine)
def main() -> None:
    """Haven's commands; settings come from HAVEN_* in the environment."""


for group in commands.GROUPS:
    main.add_command(group)


@main.command()
def prepare() -> None:
    """Bring the database up to date and, in a demo, fill an empty one."""
    house = _wired().house
    if not migrating.is_current(house.database.engine):
        starting.say("bringing the database up to date")
        migrating.upgrade(house.database.engine)
    starting.check_people_or_exit(house)
    seed.national_lines(house)
    if house.settings.is_demo and seed.is_empty(house):
        starting.say("filling the demo community")
        seed.demo(house)
    starting.check_port_or_exit(house.settings)
    for line in seed.welcome(house):
        click.echo(line)


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    migrating.upgrade(_database().engine)


@main.command()
@click.argument("message")
def migration(message: str) -> None:
    """Draft a migration from the difference between models and database."""
    migrating.draft(_database().engine, message)


@main.command("check-config")
def check_config() -> None:
    """Say whether the settings are good; every problem at once."""
    starting.settings_or_exit(os.environ)
    click.echo("settings are good")


@main.command()
def erase() -> None:
    """Erase what is past its time now; the server does so every hour."""
    if not retention.sweep(_wired().house, now=clock.now()):
        click.echo("erased, but another program reads the database, so copies are left in its log file: run this again")
        sys.exit(1)


@main.command("verify-audit")
@click.option("--kept", default="", help="a head printed earlier and kept elsewhere")
def verify_audit(kept: str) -> None:
    """Walk the audit chain; exits 1 and names the first broken row if it was tampered with. Prints its head."""
    with _database().reading() as session:
        broken = moderation.verify_audit(session)
        head = moderation.audit_head(session)
        if broken is None and kept and not moderation.audit_holds(session, kept):
            click.echo("the audit chain was rewritten: the head you kept is not in it")
            sys.exit(1)
    if broken is not None:
        click.echo(f"audit broken at row {broken}")
        sys.exit(1)
    click.echo(f"audit chain is whole; its head is {head}")


@main.command("bench-seed")
@click.option("--members", default=200)
@click.option("--rooms", default=4)
def bench_seed(members: int, rooms: int) -> None:
    """Fill a fresh database for a benchmark and print a ready cookie for each member."""
    wired = _wired()
    migrating.upgrade(wired.house.database.engine)
    tokens = seed.benchmark(wired.house, members=members, rooms=rooms, now=clock.now())
    signer = wired.app.session_interface.get_signing_serializer(wired.app)  # type: ignore[attr-defined]
    people = [{"cookie": signer.dumps({"_user_id": token}), "room": slug} for token, slug in tokens]
    click.echo(json.dumps({"members": people}))


def _wired() -> Wired:
    return create_app(starting.settings_or_exit(os.environ))


def _database() -> Database:
    return Database(starting.settings_or_exit(os.environ).database, lambda _: None)


if __name__ == "__main__":
    main()
