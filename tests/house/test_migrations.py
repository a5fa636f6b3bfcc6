"""One migration history for both packages: its head equals the models, and it goes up and down with data in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import bindparam, inspect, text

from community import clock, migrating, seed, tables
from community.factory import Wired, create_app
from config import Settings
from moderation.store.base import Base as ModerationBase
from moderation.store.base import UtcDateTime


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


def test_memories_that_newer_ones_outlive_are_marked_on_the_way_up(settings: Settings) -> None:
    wired = create_app(settings)
    engine = wired.house.database.engine
    engine.dispose()
    migrating.downgrade(engine, "0004")
    row = text(
        "INSERT INTO mod_observation (id, author_ref, target_ref, signal, confidence, at)"
        " VALUES (:id, 'p_a', :target, 'age_probe', :sure, :at)"
    ).bindparams(bindparam("at", type_=UtcDateTime))
    then, seen = clock.now(), (0.5, 0.9, 0.5, 0.7, 0.5, 0.5, 0.5)  # oldest first
    with engine.begin() as connection:
        for number, (target, sure) in enumerate((one, sure) for one in ("p_b", None) for sure in seen):
            at = then + timedelta(minutes=number)
            connection.execute(row, {"id": number, "target": target, "sure": sure, "at": at})
    migrating.upgrade(engine)
    with engine.connect() as connection:
        alive = connection.scalars(text("SELECT id FROM mod_observation WHERE NOT spent ORDER BY id")).all()
    assert alive == [1, 3, 4, 5, 6, *(7 + one for one in (1, 3, 4, 5, 6))]
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
