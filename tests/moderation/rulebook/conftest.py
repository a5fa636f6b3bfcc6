"""The shipped rulebook, compiled once for the whole run."""

import pytest

from moderation.core.rules import Rulebook
from moderation.rulebook import load


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load()
