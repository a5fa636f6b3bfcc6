"""Fixtures every test may use: a fresh migrated database, a wired house, people, and clients that speak for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from community.factory import Wired, create_app
from community.web import health
from config import Settings
from tests.databases import POSTGRES, Databases, PostgresServer, SqliteFiles
from tests.factories import People


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder, so that nobody forgets; leave out on PostgreSQL what is about SQLite itself."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
        about = item.get_closest_marker("sqlite")
        if about is not None and POSTGRES:
            item.add_marker(pytest.mark.skip(reason=f"about SQLite itself: {about.args[0]}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests PostgreSQL never saw, and why."""
    if not POSTGRES:
        return
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    reasons = [reason for reason in skipped if "about SQLite itself" in reason]
    terminalreporter.write_line(f"on PostgreSQL; tests left out because they are about SQLite itself: {len(reasons)}")
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"  {reason.removeprefix('Skipped: about SQLite itself: ')}")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where databases come from: a template brought to the newest revision once, and copies of it."""
    if not POSTGRES:
        yield SqliteFiles(tmp_path_factory.mktemp("databases"))
        return
    server = PostgresServer(POSTGRES)
    yield server
    server.close()


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database for one test alone."""
    with databases.migrated(tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once a run instead of once a house."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


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
def wired(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Wired]:
    """A whole house on its own database."""
    made = create_app(settings)
    made.app.jinja_env.bytecode_cache = compiled_templates
    yield made
    made.house.database.close()


@pytest.fixture
def fresh_health(monkeypatch: pytest.MonkeyPatch) -> None:
    """/health looks each time it is asked, for tests in which something happens between two looks."""
    monkeypatch.setattr(health, "KEEP_SECONDS", 0)


@pytest.fixture
def people(wired: Wired) -> People:
    """Makes people, rooms and clients in the house of this test."""
    return People(wired)
