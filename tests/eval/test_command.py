"""The command as people type it: results, table, ablations, one case told, and what it says of bad input."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from moderation.core import screen as pipeline
from moderation.evaluate.__main__ import main

CASES: list[dict[str, Any]] = [
    {
        "id": "risky",
        "lang": "en",
        "family": "sextortion",
        "tier": "P0",
        "harm_onset": 3,
        "participants": {"A": {"role": "youth", "band": "16-17", "tenure_days": 1}},
        "signals": [{"n": 2, "id": "sextortion_threat"}],
        "messages": [
            {"from": "B", "t": 0, "text": "hi"},
            {"from": "A", "t": 1, "text": "pay me or i'll send it to your whole school"},
        ],
    },
    {"id": "fine", "lang": "es", "family": "everyday", "messages": [{"from": "B", "text": "hola"}]},
    {"family": "crisis", "messages": [{"text": "i want to die"}]},
]


@pytest.fixture
def cases(tmp_path: Path) -> str:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in CASES))
    return str(path)


def test_results_are_written_one_a_line_in_order(
    cases: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results.jsonl"
    assert main([cases, "--out", str(out), "--processes", "1"]) == 0
    results = [json.loads(line) for line in out.read_text().splitlines()]
    assert [result["id"] for result in results] == ["risky", "fine", "cases.jsonl:3"]
    assert results[0]["first_tier"] == {"P0": 2, "P1": None, "P2": None}
    said = capsys.readouterr()
    assert "3 conversations, 4 messages, 0 not screened" in said.out
    assert "100.00 % (1 of 1; 95 % 20.7 % to 100.0 %)" in said.out
    assert said.err == ""


def test_figures_as_json(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([cases, "--json", "--processes", "1"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["recall"] == {"hits": 1, "of": 1}
    assert figures["crisis_to_care"] == {"hits": 1, "of": 1}


def test_without_a_signal(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([cases, "--json", "--processes", "1", "--without", "sextortion_threat", "--without", "gates"]) == 0
    assert json.loads(capsys.readouterr().out)["missed"] == ["risky"]


def test_ablations_have_a_line_for_each_part_and_signal(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([cases, "--ablate", "--processes", "1"]) == 0
    rows = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert {"(nothing)", "gates", "direction", "memory", "combinations", "sextortion_threat"} <= rows.keys()
    assert rows["(nothing)"][1] == "100.0"
    assert rows["sextortion_threat"][1] == "0.0"


@pytest.mark.parametrize(("language", "words"), [("en", "One message threatens"), ("es", "Un mensaje amenaza")])
def test_explain_tells_a_case_in_plain_words(
    cases: str, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main([cases, "--explain", "risky", "--language", language]) == 0
    said = capsys.readouterr().out
    assert said.startswith("risky: sextortion, labelled P0, 2 messages\n\n1. B, minute 0: hi\n   published, score 0.00")
    assert "2. A, minute 1: pay me or i'll send it" in said
    assert "   held, P0 (page now), to queue, score " in said
    assert "sextortion_threat to B, sure " in said
    assert f"because [r1-threat, P0] {words}" in said
    span = next(line for line in said.splitlines() if "sextortion_threat" in line)
    start, end = (int(n) for n in span.split("(")[1].split(")")[0].split("-"))
    assert span.strip().startswith(f'"{CASES[0]["messages"][1]["text"][start:end]}"')


def test_explain_says_when_screening_broke(
    cases: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(pipeline, "screen", broken)
    with caplog.at_level(logging.CRITICAL):
        assert main([cases, "--explain", "fine"]) == 0
        assert "Screening broke on this text" in capsys.readouterr().out
        assert main([cases, "--processes", "1"]) == 0
    assert "4 not screened" in capsys.readouterr().out


def test_one_half_only(cases: str, capsys: pytest.CaptureFixture[str]) -> None:
    totals = []
    for name in ("tune", "hold"):
        assert main([cases, "--json", "--processes", "1", "--half", name]) == 0
        totals.append(json.loads(capsys.readouterr().out)["conversations"])
    assert sum(totals) == len(CASES)


def test_lines_that_are_no_case_are_counted_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "a"}\n{oops\n[]\nnope\n')
    assert main([str(path), "--processes", "1"]) == 0
    said = capsys.readouterr()
    assert said.err == (
        "skipped 3 lines: 2 not JSON (JSONDecodeError); 1 JSON, but not an object\nthe first is line 2 of odd.jsonl\n"
    )
    assert said.out.startswith("1 conversations")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--without", "nonsense"], "there is no part or signal named nonsense; there are: gates"),
        (["--explain", "nobody"], "there is no case nobody in these files"),
        (["--out", "/nowhere/at/all"], "/nowhere/at/all: No such file or directory"),
    ],
)
def test_arguments_that_make_no_sense(
    cases: str, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([cases, "--processes", "1", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/no/such/file.jsonl"]) == 2
    assert "/no/such/file.jsonl: No such file" in capsys.readouterr().err
