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


def test_a_table_cannot_name_what_we_never_ask() -> None:
    asked = {
        "email",
        "phone",
        "birth",
        "birthday",
        "birthdate",
        "legal_name",
        "photo",
        "address",
        "first_name",
        "last_name",
    }
    people = [t for t in tables.metadata.tables.values() if t.name in {"account", "invite", "device_session", "agency"}]
    assert len(people) == 4
    assert {column.name for table in people for column in table.columns} & asked == set()


def test_the_migrations_folder_holds_only_migrations() -> None:
    names = [path.name for path in (Path(migrating.FOLDER) / "versions").glob("*.py")]
    assert names
    assert all(name[:8].isdigit() for name in names)
