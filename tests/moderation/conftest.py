"""A fake house around a real database, for tests of the store and the service."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from moderation import rulebook
from tests.moderation.fakes import Bench, bench


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def shipped() -> object:
    return rulebook.load()


@pytest.fixture
def house(engine: Engine, shipped: object) -> Bench:
    return bench(engine, shipped)  # type: ignore[arg-type]
