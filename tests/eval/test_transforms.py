"""Disguises are repeatable, readable, and leave every label where its words are."""

from __future__ import annotations

import json
from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest

from moderation.core.rules import Rulebook
from moderation.core.text import normalise
from tests.eval.conftest import AUTHORED
from tests.eval.robustness import read
from tests.eval.transforms import TRANSFORMS, Case

# What the reader must undo wholly, on words the rulebook knows.
UNDONE = ("zero-width", "bidi controls", "homoglyphs", "full-width", "leet", "letter spacing", "repeats")


def case(**more: Any) -> Case:
    lines = [("A", 0, "please keep this secret between everyone"), ("B", 4, "whatever you said yesterday")]
    messages = [{"from": who, "t": t, "text": text} for who, t, text in lines]
    return {"id": "t-1", "lang": "en", "messages": messages, **more}


def texts(made: Case) -> list[str]:
    return [message["text"] for message in made["messages"]]


@pytest.mark.parametrize("name", TRANSFORMS)
def test_the_same_case_and_seed_give_the_same_and_the_case_stays_as_it_was(name: str) -> None:
    for source in read(AUTHORED)[::40]:
        before = deepcopy(source)
        assert TRANSFORMS[name](source, 3) == TRANSFORMS[name](source, 3)
        assert source == before


@pytest.mark.parametrize("name", TRANSFORMS)
def test_each_changes_many_cases_and_the_seed_changes_which_words(name: str) -> None:
    cases = read(AUTHORED)[::10]
    made, other = ([TRANSFORMS[name](source, seed) for source in cases] for seed in (0, 1))
    assert sum(texts(a) != texts(b) for a, b in zip(cases, made, strict=True)) > len(cases) / 2
    assert made != other


@pytest.mark.parametrize("name", TRANSFORMS)
def test_only_the_person_of_concern_hides_where_there_is_one(name: str) -> None:
    made = TRANSFORMS[name](case(concern={"from": "A", "to": "B"}), 0)
    assert [m["text"] for m in made["messages"] if m["from"] == "B"] == ["whatever you said yesterday"]


@pytest.mark.parametrize("name", [name for name in TRANSFORMS if name != "split over messages"])
def test_labels_stay_where_they_are(name: str) -> None:
    for source in read(AUTHORED)[::20]:
        made = TRANSFORMS[name](source, 0)
        assert {**made, "messages": []} == {**source, "messages": []}
        assert [m["t"] for m in made["messages"]] == [m["t"] for m in source["messages"]]


def test_a_split_moves_labels_with_their_words() -> None:
    for source in read(AUTHORED):
        made = TRANSFORMS["split over messages"](source, 0)
        before, after = texts(source), texts(made)
        assert " ".join(after).split() == " ".join(before).split()
        written = list(zip((m["from"] for m in source["messages"]), before, strict=True))
        for old, new in zip(source["signals"], made["signals"], strict=True):
            who, whole = written[old["n"] - 1]
            assert made["messages"][new["n"] - 1]["from"] == who
            assert whole.endswith(after[new["n"] - 1]), "a signal stands at the last piece"
        if source["harm_onset"]:
            assert written[source["harm_onset"] - 1][1].startswith(after[made["harm_onset"] - 1])
        assert json.dumps(made)


def test_pieces_come_seconds_apart() -> None:
    made = TRANSFORMS["split over messages"](case(), 0)
    times = [message["t"] for message in made["messages"]]
    assert times == sorted(times)
    assert len(times) > 2
    assert all(b - a < 0.2 for a, b in pairwise(times) if b < 4)


def test_about_half_of_the_long_words_are_hidden() -> None:
    words = ["whatever"] * 400
    made = TRANSFORMS["full-width"](case(messages=[{"from": "A", "t": 0, "text": " ".join(words)}]), 0)
    hidden = sum(word != "whatever" for word in texts(made)[0].split())
    assert 150 < hidden < 250


@pytest.mark.parametrize("name", TRANSFORMS)
def test_links_addresses_and_handles_stay_whole(name: str) -> None:
    if name == "split over messages":
        return
    text = "https://example.org/secret/money someone@example.org @secretfriend call"
    made = texts(TRANSFORMS[name](case(messages=[{"from": "A", "t": 0, "text": text}]), 0))[0]
    assert made.startswith("https://example.org/secret/money someone@example.org @secretfriend ")


@pytest.mark.parametrize("name", UNDONE)
def test_the_reader_undoes_it_for_words_it_knows(name: str, book: Rulebook) -> None:
    known = [word for word in sorted(book.words.known) if len(word) > 4 and word.isascii() and word.isalpha()]
    known = [word for word in known if book.words.spelling.get(word, word) == word][::7]
    for word in known:
        made = texts(TRANSFORMS[name](case(messages=[{"from": "A", "t": 0, "text": f"ok {word} ok {word}"}]), 0))[0]
        assert normalise(made, book.words).words == ("ok", word, "ok", word), made
