"""The learned models: what they read, how a text leans, and that nobody who tells, warns or asks staff is weighed."""

from __future__ import annotations

import pytest

from moderation.core import leaning
from moderation.core.leaning import LONGEST_WORD, MOST_WORDS, Lean, Model, lean, letters, runs
from moderation.core.text import Words, normalise
from moderation.rulebook import shipped

MODEL = Model({"purple kite": 3.0, "kite": 0.5, "^ hello": -1.0}, {"green": 2.0}, {"grey sky": 4.0}, {"red door": 1.5})


def read(line: str, before: str = "") -> Lean:
    return lean(normalise(line, Words(), before), MODEL)


def test_runs_are_words_and_neighbours_with_the_edges_of_the_text() -> None:
    assert {name for name, _, _ in runs(("a", "b"))} == {"a", "b", "^ a", "a b", "b $"}
    assert {name for name, _, _ in runs(())} == {"^ $"}
    assert {name for name, _, _ in runs(("a",), staff=True)} == {"!", "!a", "a", "^ a", "a $"}


def test_a_text_leans_by_the_sum_of_its_runs_each_once_and_names_the_strongest() -> None:
    found = read("hello purple kite purple kite")
    assert found.says == pytest.approx(3.0 + 0.5 - 1.0)
    assert found.ranges == ((1, 2), (2, 2))
    assert read("nothing of it") == Lean()
    assert lean(normalise("purple kite", Words()), Model()) == Lean()


def test_the_same_word_may_weigh_less_for_whoever_works_here() -> None:
    model = Model({"room": 2.0, "!room": -1.5, "!": -0.25})
    text = normalise("a room", Words())
    assert lean(text, model).says == 2.0
    assert lean(text, model, staff=True).says == pytest.approx(0.25)


def test_letters_of_a_word_are_runs_of_three_and_four_with_its_edges_each_once() -> None:
    assert list(letters("no")) == ["~^no", "~no$", "~^no$"]
    assert list(letters("i")) == ["~^i$"]
    assert list(letters("hahaha")).count("~aha") == 1
    assert list(letters("x" * 10_000)) == list(letters("x" * LONGEST_WORD))


def test_a_word_weighs_what_its_letters_weigh_and_only_alone() -> None:
    model = Model({"kite": 1.0, "~kit": 0.5, "~^ki": 0.25, "a kite": 4.0})
    assert model.weights("kite")[0] == 1.75
    assert model.weights("kites")[0] == 0.75
    assert model.weights("a kite")[0] == 4.0
    assert model.weights("!kite") == (0.0, 0.0, 0.0, 0.0)


def test_a_word_that_is_not_to_be_read_weighs_nothing_nor_do_its_letters() -> None:
    model = Model({"~kit": 0.5}, unread=frozenset({"kite"}))
    assert model.weights("kite")[0] == 0.0
    assert model.weights("kitten")[0] == 0.5


def test_words_met_before_are_kept_and_never_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaning, "MOST_KEPT", 10)
    model = Model({"~kit": 0.5})
    for number in range(100):
        assert model.weights(f"kit{number}")[0] == 0.5
    assert len(model._words) <= 10


def test_each_model_has_its_own_words() -> None:
    found = read("green grey sky red door")
    assert (found.says, found.hears, found.needs, found.need_ranges) == (0.0, 2.0, 4.0, ((1, 2),))
    assert (found.threatens, found.threat_ranges) == (1.5, ((3, 4),))
    assert read("red door").threatens == 0.0, "two words can answer anything"


def test_what_was_sent_just_before_is_not_weighed_again() -> None:
    found = read("yes", before="purple kite")
    assert found == Lean()


def test_a_wall_of_words_is_read_so_far_and_no_further() -> None:
    assert read("word " * MOST_WORDS + "purple kite").says == 0


def test_the_shipped_weights_tell_a_lure_from_homework_and_danger_from_a_joke() -> None:
    book = shipped()
    lure, homework, danger = (
        lean(normalise(line, book.words), book.leaning.model)
        for line in (
            "you can trust me, the others dont get you like i do, come alone",
            "did you finish the math homework lol",
            "i dont think i want to be here anymore",
        )
    )
    assert lure.says > book.leaning.least > homework.says
    assert danger.needs > homework.needs
