"""Names as people write them: whom half a name greets."""

import pytest

from moderation.core.naming import greeted, meant, name_key

NEAR = tuple(map(name_key, ("bluefox22", "Quiet Owl", "quiet lark", "Théo M", "guysmiley")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hey blue, how are you", "bluefox22"),
        ("Heyy BLUEFOX", "bluefox22"),
        ("hola bluefox22 qué tal", "bluefox22"),
        ("oye Theo, ven", "Théo M"),
        ("hey quiet one", None),
        ("hey guys", None),
        ("hey blu", None),
        ("hey there blue", None),
        ("the hey blue", None),
        ("hey bluetooth", None),
        ("hey", None),
    ],
)
def test_a_greeting_means_whoever_alone_is_called_so(text: str, expected: str | None) -> None:
    assert meant(greeted(text), NEAR) == (None if expected is None else name_key(expected))
