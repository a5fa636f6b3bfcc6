"""One migration history for both packages: its head equals the models, and it goes up and down with data in it."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from community import migrating, seed, tables
from community.factory import Wired, create_app
from config import Settings
from moderation.store.base import Base as ModerationBase


def test_the_history_is_one_line() -> None:
    script = ScriptDirectory(str(migrating.FOLDER))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_head_equals_the_models(wired: Wired) -> None:
    with wired.house.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, [tables.metadata, ModerationBase.metadata])
    assert differences == []


def test_down_and_up_again_with_the_demo_community_in_it(settings: Settings) -> None:
    wired = create_app(settings)
    seed.demo(wired.house)
    engine = wired.house.database.engine
    engine.dispose()
    migrating.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrating.upgrade(engine)
    assert migrating.is_current(engine)
    assert seed.national_lines(wired.house) > 0  # the audit has its head again, too
    wired.house.database.close()


# Parts of names of columns that would hold what we never ask of a person.
NEVER = ("mail", "phone", "mobile", "birth", "dob", "legal", "first_name", "last_name", "surname", "real_name", "photo",
         "picture", "avatar", "address", "street", "ssn", "gender", "location")  # fmt: skip
# Tables about places that help, which have telephones and addresses of their own. Any other table is about people.
PLACES = {"listing", "listing_revision", "listing_review", "listing_concern"}


def _forbidden(table: str, column: str) -> bool:
    return table not in PLACES and any(part in column for part in NEVER)


def test_a_table_cannot_name_what_we_never_ask() -> None:
    everything = [*tables.metadata.tables.values(), *ModerationBase.metadata.tables.values()]
    columns = [(table.name, column.name) for table in everything for column in table.columns]
    assert {table.name for table in everything} >= PLACES | {"account", "invite", "device_session", "mod_evidence"}
    assert [one for one in columns if _forbidden(*one)] == []
    assert all(_forbidden("account", name) for name in ("dob", "email_address", "birth_year", "home_phone", "photo_id"))


def test_the_migrations_folder_holds_only_migrations() -> None:
    names = [path.name for path in (Path(migrating.FOLDER) / "versions").glob("*.py")]
    assert names
    assert all(name[:8].isdigit() for name in names)
