"""Fixtures every test may use: a fresh migrated database, a wired house, people, and clients that speak for them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from community import migrating
from community.factory import Wired, create_app
from config import Settings
from tests.factories import People

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder, so that nobody forgets."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database brought to the newest revision once; each test gets a copy of it."""
    if POSTGRES:
        _on_server("CREATE DATABASE haven_template")
        url = make_url(POSTGRES).set(database="haven_template").render_as_string(hide_password=False)
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'haven.db'}"
    engine = create_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def database_url(migrated: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database for one test alone."""
    if not POSTGRES:
        shutil.copy(migrated.removeprefix("sqlite:///"), tmp_path / "haven.db")
        yield f"sqlite:///{tmp_path / 'haven.db'}"
        return
    name = f"haven_{abs(hash(request.node.nodeid)):x}"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE haven_template')
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Demo settings with the cheapest passphrase hash there is."""
    return Settings(
        data=tmp_path,
        database_url=database_url,
        secret_key="only for tests " * 3,
        argon2_memory_kib=64,
        argon2_passes=1,
        send_burst=1000,
    )


@pytest.fixture
def wired(settings: Settings) -> Iterator[Wired]:
    """A whole house on its own database."""
    made = create_app(settings)
    yield made
    made.house.database.close()


@pytest.fixture
def people(wired: Wired) -> People:
    """Makes people, rooms and clients in the house of this test."""
    return People(wired)


def _on_server(statement: str) -> None:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
