"""Every board begins with the national lines, once, whether or not it is a demo."""

from __future__ import annotations

from community import seed
from tests.factories import People


def test_a_fresh_house_gets_the_lines_once(people: People) -> None:
    assert seed.national_lines(people.house) > 10
    assert seed.national_lines(people.house) == 0
    page = people.visitor().get("/").get_data(as_text=True)
    assert "National Runaway Safeline" in page
    assert "Not checked here yet" in page
