"""Taking tables apart without stopping at the first mistake."""

from enum import StrEnum

import pytest

from moderation.core.reading import Problems, RulebookError, Table


class Colour(StrEnum):
    RED = "red"


def problems_of(data: dict[str, object], ask: str) -> list[str]:
    problems = Problems()
    table = Table(data, "here", problems)
    asked = {
        "text": lambda: table.text("k"),
        "number": lambda: table.number("k", 0, 1),
        "texts": lambda: table.texts("k", needed=True),
        "length": lambda: table.length("k", "7d"),
        "choice": lambda: table.choice("k", Colour, Colour.RED),
        "tables": lambda: table.tables("k"),
        "table": lambda: table.table("k"),
        "identity": table.identity,
        "finish": table.finish,
    }
    asked[ask]()
    return problems.found


@pytest.mark.parametrize(
    ("data", "ask"),
    [
        ({}, "text"),
        ({"k": " "}, "text"),
        ({"k": 2}, "number"),
        ({"k": True}, "number"),
        ({"k": "x"}, "texts"),
        ({"k": [""]}, "texts"),
        ({"k": []}, "texts"),
        ({"k": "7 days"}, "length"),
        ({"k": "blue"}, "choice"),
        ({"k": [1]}, "tables"),
        ({}, "table"),
        ({"id": "Bad Id"}, "identity"),
        ({"k": 1}, "finish"),
    ],
)
def test_notes_what_is_wrong_and_where(data: dict[str, object], ask: str) -> None:
    (problem,) = problems_of(data, ask)
    assert problem.startswith("here")


def test_an_id_is_used_once() -> None:
    problems = Problems()
    problems.claim("one", "first.toml")
    problems.claim("one", "second.toml")
    assert problems.found == ["second.toml: the id 'one' is already used in first.toml"]


def test_the_error_lists_every_problem() -> None:
    error = RulebookError(["a", "b"])
    assert error.problems == ("a", "b")
    assert str(error).endswith("- a\n- b")
