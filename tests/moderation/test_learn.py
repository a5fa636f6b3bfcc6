"""Learning weights: what becomes an example of what, what comes out, and that a file is never measured on itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from moderation.core.leaning import lean
from moderation.core.text import normalise
from moderation.evaluate.cases import Case, case_from
from moderation.learn import __main__ as command
from moderation.learn.examples import Talk, read
from moderation.learn.training import LEAST_WRITERS, learn
from moderation.rulebook import read_model, shipped

PEOPLE = {"A": {"role": "youth", "band": "16-17"}, "B": {"role": "youth", "band": "16-17"}}


def case(name: str, *lines: tuple[str, str], **more: object) -> Case:
    messages = [{"from": who, "t": minute, "text": text} for minute, (who, text) in enumerate(lines)]
    return case_from({"id": name, "participants": PEOPLE, "messages": messages, **more}, name, file=name[-1])


def risky(number: int) -> Case:
    return case(
        f"r{number}",
        ("A", "purple kite for you"),
        ("B", "violet i guess"),
        ("A", "red door or else"),
        tier="P1",
        family="grooming",
        concern={"from": "A", "to": "B"},
        signals=[{"n": 1, "id": "love_bombing"}, {"n": 3, "id": "sextortion_threat"}],
    )


def crisis(number: int) -> Case:
    return case(
        f"c{number}", ("B", "grey sky now again"), family="crisis", signals=[{"n": 1, "id": "self_harm_crisis"}]
    )


def harmless(number: int) -> Case:
    return case(f"h{number}", ("A", "green tea for you"), ("B", "nice tea"), family="everyday")


EVERYTHING = [make(number) for make in (risky, crisis, harmless) for number in range(6)]


def talks(cases: list[Case]) -> list[Talk]:
    return list(read(cases, shipped()))


def test_a_case_is_read_with_its_labels_and_its_people() -> None:
    grooming, crying, tea = talks([risky(1), crisis(1), harmless(1)])
    assert (grooming.concern, grooming.target, tea.concern) == ("A", "B", "")
    assert [told.sign for told in grooming.texts] == [True, False, True]
    assert [told.threat for told in grooming.texts] == [False, False, True]
    assert [told.need for told in crying.texts] == [True]
    assert "purple kite" in grooming.texts[0].runs


def test_public_conversations_name_nobody_and_count_as_outside() -> None:
    (outside,) = talks([case_from({"messages": [{"from": "x", "text": "sudo apt"}]}, "p")])
    assert not outside.ours


def test_each_model_learns_its_own_words() -> None:
    model = learn(talks(EVERYTHING))
    read_as = {
        line: lean(normalise(line, shipped().words), model)
        for line in ("purple kite for you", "violet i guess", "grey sky now again", "green tea for you", "red door or")
    }
    kite, violet, sky, tea, door = read_as.values()
    assert kite.says > 0 > tea.says
    assert violet.hears > tea.hears
    assert sky.needs > 0 >= tea.needs
    assert door.threatens > 0 > kite.threatens


def test_a_word_nobody_wrote_is_read_by_its_letters() -> None:
    model = learn(talks(EVERYTHING))
    read_as = {
        line: lean(normalise(line, shipped().words), model).says for line in ("purplish kiteing", "greenish tea")
    }
    assert read_as["purplish kiteing"] > 0 > read_as["greenish tea"]


def test_what_fewer_than_three_people_wrote_says_nothing_of_risk() -> None:
    two = [replace(one, file=str(number % (LEAST_WRITERS - 1))) for number, one in enumerate(EVERYTHING)]
    with pytest.raises(ValueError, match="more writers"):
        learn(talks(two))


def test_words_for_who_someone_is_get_no_weight_nor_do_their_letters() -> None:
    model = learn(talks(EVERYTHING), frozenset({"kite"}))
    columns = (model.says, model.hears, model.needs, model.threatens)
    assert "purple" in model.says
    assert "~^pur" in model.says
    assert not [run for column in columns for run in column if "kite" in run.split() or run == "~^kit"]
    assert lean(normalise("kite", shipped().words), model).says == lean(normalise("q", shipped().words), model).says


def test_no_shipped_weight_is_of_a_word_for_who_someone_is() -> None:
    unread = command.who_someone_is(shipped())
    assert {"gay", "gays", "indocumentada", "indocumentados", "mexican", "mexicans"} <= unread
    model = shipped().leaning.model
    assert model.unread == unread
    runs = {*model.says, *model.hears, *model.needs, *model.threatens}
    assert not [run for run in runs if not unread.isdisjoint(run.removeprefix("!").split())]


def test_learning_twice_gives_the_same() -> None:
    assert learn(talks(EVERYTHING)) == learn(talks(EVERYTHING))


def test_nothing_risky_is_an_error_not_a_model() -> None:
    with pytest.raises(ValueError, match="class"):
        learn(talks([harmless(number) for number in range(6)]))


def test_the_command_writes_weights_that_the_rulebook_reads_back(tmp_path: Path) -> None:
    weights = tmp_path / "weights.tsv"
    files = [str(written(tmp_path, name, EVERYTHING[int(name) :: 3])) for name in "012"]
    command.main([*files, "--weights", str(weights)])
    assert read_model(weights, _Nothing(), []) == learn(talks(EVERYTHING), command.who_someone_is(shipped()))


def test_apart_measures_each_file_with_what_the_others_taught_and_writes_no_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [written(tmp_path, name, EVERYTHING, prefix=name) for name in ("one", "two", "six", "ten")]
    taught: list[set[str]] = []
    real = command.learn

    def watched(learned: list[Talk], unread: frozenset[str]) -> object:
        taught.append({talk.id for talk in learned})
        return real(learned, unread)

    monkeypatch.setattr(command, "learn", watched)
    weights, out = tmp_path / "weights.tsv", tmp_path / "out.jsonl"
    command.main([*map(str, files), "--apart", "4", "--out", str(out), "--weights", str(weights)])
    assert "72 conversations" in capsys.readouterr().out
    assert not weights.exists()
    assert len(out.read_text().splitlines()) == 72
    names = {path.stem for path in files}
    assert [{name[:3] for name in talks} for talks in taught] == [names - {path.stem} for path in files]


def test_parts_are_as_many_as_asked_for_and_no_more_than_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [
        str(written(tmp_path, name, EVERYTHING, prefix=name)) for name in ("one", "two", "six", "ten", "nil", "ace")
    ]
    taught: list[set[str]] = []
    real = command.learn

    def watched(learned: list[Talk], unread: frozenset[str]) -> object:
        taught.append({talk.id[:3] for talk in learned})
        return real(learned, unread)

    monkeypatch.setattr(command, "learn", watched)
    command.main([*files, "--apart", "2"])
    assert taught == [{"two", "ten", "ace"}, {"one", "six", "nil"}]
    for parts in ("1", "7"):
        with pytest.raises(SystemExit):
            command.main([*files, "--apart", parts])
    assert "no more than there are files" in capsys.readouterr().err


class _Nothing:
    def update(self, _content: bytes) -> None:
        """A digest nobody asks for."""


def written(folder: Path, name: str, cases: list[Case], prefix: str = "") -> Path:
    rows = [
        {
            "id": prefix + one.id,
            "participants": PEOPLE,
            "family": one.family,
            "tier": one.tier,
            "concern": {"from": one.concern, "to": one.target},
            "signals": [{"n": n, "id": signal} for n, signal in one.signals],
            "messages": [{"from": line.author, "t": line.minutes, "text": line.text} for line in one.lines],
        }
        for one in cases
    ]
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
