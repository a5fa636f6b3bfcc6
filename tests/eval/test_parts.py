"""Taking a part off changes what that part is for, and nothing can be taken off that does not exist."""

from __future__ import annotations

import pytest

from moderation.core.rules import Rulebook
from moderation.evaluate.cases import Case, case_from
from moderation.evaluate.parts import PARTS, Setup, UnknownPart, names, without
from moderation.evaluate.replay import Result, replay


def case(*lines: tuple[str, str], days: int = 1) -> Case:
    messages = [{"from": who, "t": n, "text": text} for n, (who, text) in enumerate(lines)]
    people = {"A": {"band": "18-21", "tenure_days": days}, "B": {"band": "13-15", "tenure_days": 90}}
    return case_from({"id": "t", "participants": people, "messages": messages}, "t")


def run(of: Case, book: Rulebook, *off: str) -> Result:
    setup = Setup(book)
    for name in off:
        setup = without(setup, name)
    return replay(of, setup.rulebook, setup.knowledge)


def test_gates(book: Rulebook) -> None:
    told = case(("B", "hi"), ("A", "some guy told me to keep it between us"))
    assert ("secrecy_request" in {name for _, name in run(told, book, "gates").signals}) > (
        "secrecy_request" in {name for _, name in run(told, book).signals}
    )


def test_memory_and_combinations(book: Rulebook) -> None:
    slow = case(("B", "hi"), ("A", "you don't need them"), ("B", "ok"), ("A", "dont tell your mom ok"))
    assert run(slow, book, "wording").first_tier["P1"] == 4
    assert run(slow, book, "wording", "memory").first_tier["P1"] is None
    assert run(slow, book, "wording", "combinations", "score").first_tier["P1"] is None


def test_direction(book: Rulebook) -> None:
    meet = case(("B", "hi"), ("A", "come alone"))
    assert run(meet, book, "direction").max_score < run(meet, book).max_score


def test_ties(book: Rulebook) -> None:
    new = case(("B", "hi"), ("A", "dont tell your mom ok"))
    assert run(new, book, "ties").max_score < run(new, book).max_score


def test_normaliser(book: Rulebook) -> None:
    disguised = case(("B", "hi"), ("A", "k33p th1s just between u n me"))
    assert run(disguised, book).max_score > run(disguised, book, "normaliser").max_score


def test_a_signal(book: Rulebook) -> None:
    threat = case(("B", "hi"), ("A", "pay me or i'll send it to your whole school"))
    assert run(threat, book).first_tier["P0"] == 2
    assert run(threat, book, "sextortion_threat").signals == frozenset()


def test_a_disguise_is_only_a_multiplier(book: Rulebook) -> None:
    disguised = case(("B", "hi"), ("A", "k33p th1s just between u n me"))
    assert 0 < run(disguised, book, "obfuscation_evasion").max_score < run(disguised, book).max_score


@pytest.mark.parametrize("name", PARTS)
def test_every_part_leaves_something_that_runs(book: Rulebook, authored: list[Case], name: str) -> None:
    for one in authored[::60]:
        assert run(one, book, name).unscreened == 0


@pytest.mark.parametrize("name", ["gate", "soon2", "GATES"])
def test_other_names_are_refused(book: Rulebook, name: str) -> None:
    with pytest.raises(UnknownPart, match=name):
        without(Setup(book), name)


def test_all_names_can_be_taken_off(book: Rulebook) -> None:
    for name in names(book):
        assert without(Setup(book), name) != Setup(book)
