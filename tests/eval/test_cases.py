"""Foreign cases are read without complaint, and only what is no JSON object is skipped, with the reason."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from moderation.core.model import Role
from moderation.evaluate.cases import Case, Participant, Skipped, case_from, half, read_cases


def read(tmp_path: Path, *lines: str) -> list[Case | Skipped]:
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(read_cases([path]))


def test_every_field_is_read() -> None:
    case = case_from(
        {
            "id": "x-1",
            "lang": "es",
            "family": "twin",
            "tier": "P1",
            "twin_of": "x-0",
            "participants": {"A": {"role": "staff", "band": None, "tenure_days": 9}},
            "concern": {"from": "A", "to": "B"},
            "harm_onset": 3,
            "signals": [{"n": 2, "id": "age_probe"}],
            "messages": [{"from": "A", "t": 5, "text": "hola"}],
        },
        "unused",
    )
    assert (case.id, case.language, case.family, case.tier, case.twin_of) == ("x-1", "es", "twin", "P1", "x-0")
    assert case.participants == {"A": Participant(Role.STAFF, "", 9)}
    assert (case.concern, case.onset, case.signals) == ("A", 3, {(2, "age_probe")})
    assert [(line.author, line.minutes, line.text) for line in case.lines] == [("A", 5, "hola")]


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"messages": None, "participants": None, "signals": None, "concern": None},
        {"messages": "no", "participants": [1], "signals": {"n": 1}, "concern": "A", "harm_onset": "soon"},
        {"messages": [None, 3, "x", {}, {"text": None, "t": "later", "from": None}], "participants": {"A": None}},
        {"id": None, "lang": 3, "tier": None, "signals": [3, {"n": "1"}, {}], "twin_of": None},
        {"participants": {"A": {"role": "wizard", "band": 3, "tenure_days": "long"}}},
        {"participants": {"A": {"role": ["youth"], "tenure_days": -4}}},
    ],
)
def test_whatever_is_missing_or_odd_takes_its_default(source: dict[str, Any]) -> None:
    case = case_from(source, "f:1")
    assert case.id == "f:1"
    assert case.tier == "none"
    assert all(person.role is Role.YOUTH and person.days == 0 for person in case.participants.values())


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        ([None, None, None], [0, 1, 2]),
        ([3, None, 10], [3, 4, 10]),
        ([5, 2, 7], [5, 5, 7]),
        ([-9, float("nan"), float("inf"), 1e300, True], [0, 1, 2, 3, 4]),
    ],
)
def test_a_clock_never_runs_backwards_and_fills_its_gaps(times: list[Any], minutes: list[float]) -> None:
    case = case_from({"messages": [{"t": t, "text": "hi"} for t in times]}, "f:1")
    assert [line.minutes for line in case.lines] == minutes


def test_only_lines_that_are_no_object_are_skipped_with_the_reason(tmp_path: Path) -> None:
    first, bad, empty_list, last = read(tmp_path, '{"id": "a"}', "{oops", "", "[]", '{"id": "b"}')
    assert isinstance(first, Case)
    assert isinstance(last, Case)
    assert bad == Skipped("some.jsonl", 2, "not JSON (JSONDecodeError)")
    assert empty_list == Skipped("some.jsonl", 4, "JSON, but not an object")


def test_bytes_that_are_no_text_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n')
    assert list(read_cases([path])) == [Skipped("odd.jsonl", 1, "not JSON (UnicodeDecodeError)")]


def test_gzip_reads_the_same_as_plain(tmp_path: Path) -> None:
    packed = tmp_path / "some.jsonl.gz"
    line = json.dumps({"id": "ñ", "messages": [{"text": "hi"}]})
    packed.write_bytes(gzip.compress(line.encode()))
    (unpacked,) = read_cases([packed])
    assert isinstance(unpacked, Case)
    assert [replace(unpacked, file="some.jsonl")] == read(tmp_path, line)


def test_a_case_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    assert [case.id for case in read(tmp_path, "{}", "{}") if isinstance(case, Case)] == [
        "some.jsonl:1",
        "some.jsonl:2",
    ]


def test_twins_fall_in_the_same_half_and_both_halves_are_of_a_size(authored: list[Case]) -> None:
    by_id = {case.id: case for case in authored}
    assert all(half(case) == half(by_id[case.twin_of]) for case in authored if case.twin_of in by_id)
    held = sum(half(case) == "hold" for case in authored)
    assert 0.4 < held / len(authored) < 0.6
