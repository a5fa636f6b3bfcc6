"""The shipped rulebook, compiled once, and the authored cases."""

from pathlib import Path

import pytest

from moderation.core.rules import Rulebook
from moderation.evaluate.cases import Case, read_cases
from moderation.rulebook import load

AUTHORED = sorted((Path(__file__).parent / "authored").glob("*.jsonl"))


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load()


@pytest.fixture(scope="session")
def authored() -> list[Case]:
    found = [case for case in read_cases(AUTHORED) if isinstance(case, Case)]
    assert len(found) == 441
    return found
