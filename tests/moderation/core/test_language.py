"""Language by function words: names, slang and numbers do not tell."""

import pytest

from moderation.core.language import Language, language_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("can you send me the homework", Language.EN),
        ("mandame la tarea que no la tengo", Language.ES),
        ("voy para the store con my mom y the kids", Language.MIXED),
        ("lol omg jaja", Language.UNKNOWN),
        ("", Language.UNKNOWN),
        ("i told my tia that we are late because of the bus", Language.EN),
    ],
)
def test_function_words_tell(words: str, expected: Language) -> None:
    assert language_of(words.split()) is expected
