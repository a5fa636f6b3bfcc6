"""Language by function words: names, slang and numbers do not tell."""

import pytest

from moderation.core.language import Language, language_of, together


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


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Language.EN, Language.EN, Language.EN),
        (Language.EN, Language.ES, Language.MIXED),
        (Language.UNKNOWN, Language.ES, Language.ES),
        (Language.EN, Language.UNKNOWN, Language.EN),
        (Language.MIXED, Language.EN, Language.MIXED),
        (Language.UNKNOWN, Language.UNKNOWN, Language.UNKNOWN),
    ],
)
def test_two_runs_of_words_read_as_one(one: Language, other: Language, both: Language) -> None:
    assert together(one, other) is both
