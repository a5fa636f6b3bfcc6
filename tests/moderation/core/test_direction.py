"""To whom a line speaks."""

from datetime import timedelta

import pytest

from moderation.core.direction import find_targets, within_earshot, youths_among
from moderation.core.rules import Rulebook
from moderation.core.screen import screen
from moderation.core.text import normalise
from tests.moderation.core.talk import Talk, staff, youth

THREAT = "send the money by tonight or i show everyone your picture"


def targets(talk: Talk, author: str, text: str, to: tuple[str, ...] = ()) -> tuple[str, ...]:
    draft = talk.draft(author, text, to=to)
    return find_targets(draft, normalise(text, talk.rulebook.words), talk.context(), talk.rulebook)


def test_named_people_come_first_and_never_the_writer(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"), youth("c"))
    talk.say("c", "hey")
    assert targets(talk, "a", "hi", to=("b", "a", "b")) == ("b",)


def test_else_those_who_spoke_since_the_writer_did(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"), youth("c"), youth("d"))
    for author in "dabc":
        talk.say(author, "hey")
    assert targets(talk, "a", "hi") == ("c", "b")


def test_a_second_line_in_a_row_still_speaks_to_the_last_other(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"))
    talk.say("b", "hey")
    talk.say("a", "hi")
    assert targets(talk, "a", "you there") == ("b",)


def test_an_open_call_speaks_to_nobody_in_particular(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"))
    talk.say("b", "hey")
    assert targets(talk, "a", "anyone want to make money") == ()
    assert targets(talk, "a", "alguien quiere ganar dinero") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi, dont tell your mom", ("b",)),
        ("hola, cuántos años tienes", ("b",)),
        ("hi, dont tell my mom", ("s",)),
        ("hola, no le digas a nadie lo mío", ("s",)),
    ],
)
def test_what_nobody_says_to_staff_is_said_to_the_youth_who_read_it(
    rulebook: Rulebook, text: str, expected: tuple[str, ...]
) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"), staff("s"))
    talk.say("b", "hey")
    assert targets(talk, "a", text, to=("s",)) == expected


def test_with_no_youth_about_it_is_said_to_the_room(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), staff("s"))
    talk.say("s", "hey")
    assert targets(talk, "a", "dont tell your mom") == ()
    assert targets(talk, "a", "dont tell my mom") == ("s",)


def test_a_talk_of_last_month_is_over(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), youth("b"))
    talk.say("b", "hey")
    talk.now += timedelta(days=30)
    assert targets(talk, "a", "hi") == ()


def test_staff_are_not_youth_and_strangers_count_as_youth(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("a"), staff("s"))
    assert youths_among(("a", "s", "unknown"), talk.context()) == ("a", "unknown")


@pytest.mark.parametrize("to", [(), ("b",), ("s",), ("s", "c"), ("a",)])
@pytest.mark.parametrize("heard", ["", "b", "bcd", "abcsd", "sb"])
def test_whoever_a_text_counts_toward_was_within_earshot(rulebook: Rulebook, to: tuple[str, ...], heard: str) -> None:
    talk = Talk(rulebook, *(youth(name) for name in "abcd"), staff("s"))
    for author in heard:
        talk.say(author, "hey")
    draft = talk.draft("a", THREAT, to=to)
    toward = {seen.target_id for seen in screen(draft, talk.context(), rulebook).observations} - {None}
    assert toward <= set(within_earshot(draft, talk.context()))
    assert toward or not set(heard + "".join(to)) & set("bcd"), "else this test shows nothing"
