"""TF-IDF streams, workers say why they are absent, and one small comparison runs whole."""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from moderation.core.leaning import Model
from moderation.evaluate.cases import Case
from moderation.evaluate.replay import replay
from moderation.learn.__main__ import with_model
from moderation.rulebook import shipped
from tests.compare import sentinel
from tests.compare.__main__ import main
from tests.compare.conftest import Make
from tests.compare.elsewhere import VARIABLE, Worker
from tests.compare.examples import writers
from tests.compare.minilm import minilm
from tests.compare.ours import Ours
from tests.compare.system import NotRun
from tests.compare.tfidf import tfidf


def test_a_writer_of_concern_is_risky_unless_the_case_is_worth_only_a_digest(talk: Make) -> None:
    fields = {"family": "grooming", "concern": {"from": "A", "to": "B"}, "signals": [{"n": 3, "id": "x"}]}
    lines = ("A: one", "B: two", "A: three", "A: ")
    urgent, weak = talk("u", *lines, tier="P1", **fields), talk("w", *lines, tier="P2", **fields)
    found = {(w.name, w.last, w.texts, w.shown, w.risky) for w in writers([urgent, weak])}
    assert found == {
        ("u/A", 4, ("one", "three"), ("three",), True),
        ("u/B", 2, ("two",), (), False),
        ("w/B", 2, ("two",), (), False),
    }


def test_tfidf_tells_apart_what_it_learned_and_reads_nothing_early(small: list[Case], talk: Make) -> None:
    system = tfidf()
    system.learn(small)
    lines = ("A: see you at club", "B: fine", "A: keep this secret")
    whole, begun, empty = talk("new", *lines), talk("begun", *lines[:2]), talk("empty")
    scores, earlier, nothing = system.scores([whole, begun, empty])
    assert scores[2] > scores[0]
    assert scores[:2] == pytest.approx(earlier)
    assert nothing == ()


class _Numbers(Worker):
    """Answers as the worker does, without a process: a text's first letter, and 1."""

    def ask(self, **question: Any) -> Any:
        assert question["ask"] == "embed"
        rows = np.array([[ord(text[0]) - ord("a"), 1] for text in question["texts"]], dtype="<f4")
        return base64.b64encode(rows.tobytes()).decode()


def _of_letters(talk: Make, *, mean: bool) -> list[float]:
    """The last scores of four talks, by a system that learned that "c" is risky and "a" is not."""
    system = minilm(_Numbers("", ""), mean=mean)
    risky = {"family": "grooming", "tier": "P1", "concern": {"from": "A"}}
    system.learn([talk("r", "A: aa", "B: aa", "A: cc", "A: cc", **risky), talk("h", "A: aa", family="twin")])
    talks = [talk(name, *(f"A: {one}" for one in name)) for name in ("c", "ca", "caca", "a")]
    return [scores[-1] for scores in system.scores(talks)]


def test_a_mean_of_embeddings_does_not_grow_with_talk(talk: Make) -> None:
    high, mixed, longer, low = _of_letters(talk, mean=True)
    assert high > mixed > low
    assert mixed == pytest.approx(longer)
    assert mixed == pytest.approx((high + low) / 2)


def test_a_sum_of_embeddings_grows_with_talk(talk: Make) -> None:
    high, mixed, longer, low = _of_letters(talk, mean=False)
    assert high > low
    assert longer - mixed == pytest.approx(mixed - (high + low - mixed))


def test_a_worker_answers_and_its_last_words_are_the_reason_when_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "python").symlink_to(sys.executable)
    script = tmp_path / "answering.py"
    script.write_text(
        "import json\nprint(json.dumps(json.loads(input())['n'] + 1), flush=True)\ninput()\nraise ValueError('tired')\n"
    )
    worker = Worker("python", str(script))
    assert worker.ask(n=1) == 2
    with pytest.raises(NotRun, match="tired"):
        worker.ask(n=1)
    worker.close()


def test_without_the_folder_a_system_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(NotRun, match="not set"):
        sentinel.worker().ask(ask="score", talks=[])
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(NotRun, match="not there"):
        sentinel.worker().ask(ask="score", talks=[])


def test_sentinels_default_needs_ten_different_messages_of_the_person_of_concern(talk: Make) -> None:
    concern = {"from": "A", "to": "B"}
    assert sentinel.could_speak(talk("a", *(f"A: {n}" for n in range(10)), concern=concern))
    assert not sentinel.could_speak(talk("b", *["A: same"] * 20, *(f"B: {n}" for n in range(20)), concern=concern))


def test_ours_learns_from_the_cases_it_is_given_and_from_no_others(small: list[Case]) -> None:
    system, twin = Ours(), small[1]
    system.learn([case for case in small if case.twin_of != twin.twin_of])
    (as_labelled,) = system.scores([twin])
    assert as_labelled[-1] < replay(twin, with_model(shipped(), Model())).scores[-1] + 1
    assert system.decided(twin, as_labelled).scores == as_labelled
    swapped = [replace(case, id=f"x{case.id}", lines=small[n ^ 1].lines) for n, case in enumerate(small[:24])]
    system.learn([*swapped, *small[24:]])
    (as_swapped,) = system.scores([twin])
    assert as_swapped[-1] > as_labelled[-1] + 1


def test_ours_says_so_where_there_is_nothing_to_learn(small: list[Case]) -> None:
    with pytest.raises(NotRun, match="class"):
        Ours().learn(small[1:24:2])


def test_the_command_says_what_was_not_run_and_writes_scores_by_id(
    small: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    tested, out = tmp_path / "tested.jsonl", tmp_path / "out.json"
    train = [tmp_path / f"train{number}.jsonl" for number in range(3)]
    _write(tested, small[:8])
    for number, file in enumerate(train):
        _write(file, [case for case in small if int(case.id[1:]) % len(train) == number])
    only = ["keyword", "sentinel", "minilm"]
    assert main([str(tested), "--train", *map(str, train), "--out", str(out), "--only", *only]) == 0
    said, report = capsys.readouterr(), json.loads(out.read_text())
    for name in ("MiniLM, mean + logistic regression", "Sentinel, default", "Sentinel, tuned", "detoxify"):
        assert f"| {name} | **not run**" in said.out
    assert f"Sentinel, default: NOT RUN: {VARIABLE} is not set" in said.err
    assert report["turns"] == [{"tested": str(tested), "train": len(small) - 8, "test": 8}]
    assert report["systems"]["ours"]["max_scores"].keys() == {case.id for case in small[:8]}
    assert report["systems"]["Sentinel, tuned"] == {"not_run": f"{VARIABLE} is not set"}
    assert "ours, at its own tiers" in report["by_themselves"]
    assert "| keyword list, raw, any one pattern |" in said.out


def _write(file: Path, cases: list[Case]) -> None:
    rows = (
        {
            "id": case.id,
            "family": case.family,
            "tier": case.tier,
            "twin_of": case.twin_of,
            "concern": {"from": case.concern, "to": case.target},
            "signals": [{"n": n, "id": signal} for n, signal in case.signals],
            "participants": {name: {"role": "youth"} for name in case.participants},
            "messages": [{"from": line.author, "text": line.text} for line in case.lines],
        }
        for case in cases
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
