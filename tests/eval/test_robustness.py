"""What screening keeps when words are hidden (detection.md D2, T5), and the table that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.evaluate.measures import BENIGN, RISKY
from moderation.evaluate.running import Runner
from tests.eval.conftest import AUTHORED
from tests.eval.robustness import AS_WRITTEN, Row, main, read, rows, table, worst
from tests.eval.transforms import TRANSFORMS

# Shares of the recall as written that must stay, as detection.md D5 asks of the whole. A third of the risky cases is
# enough to see a reader that stopped undoing something, and keeps the test short.
LEAST_MEAN, LEAST_WORST = 0.90, 0.75
# Harmless conversations that playing with letters may bring to staff, over those flagged as written: one in fifty.
MOST_MORE_HARMLESS = 0.02


@pytest.fixture(scope="module")
def found() -> list[Row]:
    risky = [case for case in read(AUTHORED) if case["family"] in RISKY]
    harmless = [case for case in read(AUTHORED) if case["family"] in BENIGN]
    return list(rows(Runner(None), risky[::3] + harmless))


def test_hidden_words_are_still_found(found: list[Row]) -> None:
    kept = [row.retained for row in found if row.name != AS_WRITTEN and row.retained is not None]
    assert len(kept) == 12
    assert sum(kept) / len(kept) >= LEAST_MEAN
    least = worst(found)
    assert least is not None
    assert least.retained is not None
    assert least.retained >= LEAST_WORST, least.name


def test_playing_with_letters_is_no_sign_of_anything(found: list[Row]) -> None:
    assert [row.name for row in found if row.more_harmless > MOST_MORE_HARMLESS * row.harmless.of] == []


def test_everything_is_screened(found: list[Row]) -> None:
    assert [row.name for row in found if row.unscreened] == []


def test_a_row_compares_with_the_cases_as_written(found: list[Row]) -> None:
    plain = found[0]
    assert (plain.name, plain.retained, plain.more_harmless) == (AS_WRITTEN, 1.0, 0)
    assert all(row.retained == row.recall.hits / plain.recall.hits for row in found)
    assert all(row.recall.of == plain.recall.of and row.harmless.of == plain.harmless.of for row in found)
    assert worst([plain]) is None


def test_the_table_names_every_transform_and_the_worst(found: list[Row]) -> None:
    lines = list(table(found))
    assert [line[:24].strip() for line in lines[1:14]] == [AS_WRITTEN, *TRANSFORMS]
    least = worst(found)
    assert least is not None
    assert lines[-1].endswith(least.name)


def test_the_command_takes_plain_and_packed_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(AUTHORED[0].read_text().splitlines()[:6]) + "\n\n")
    assert main([str(few), "--only", "leet", "--processes", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[2].startswith("leet")
    assert main([str(few), "--only", "leet", "--show", "d1-en-001"]) == 0
    assert capsys.readouterr().out.startswith("leet\n  A: ")
