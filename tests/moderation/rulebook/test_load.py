"""Reading the rulebook's files."""

import shutil
from pathlib import Path

import pytest

from moderation.core.reading import RulebookError
from moderation.rulebook import HERE, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE, tmp_path / "rulebook"))


def test_the_shipped_rulebook_loads_and_its_version_names_its_content(folder: Path) -> None:
    before = load(folder).version
    assert before == load().version
    with (folder / "words.toml").open("a") as file:
        file.write("\n# changed\n")
    assert load(folder).version != before


def test_a_broken_file_and_a_missing_one_are_both_named(folder: Path) -> None:
    (folder / "gates.toml").write_text("[[gate]\n")
    (folder / "words.toml").unlink()
    with pytest.raises(RulebookError) as error:
        load(folder)
    assert [problem.split(":")[0] for problem in error.value.problems] == ["words.toml", "gates.toml"]


def test_problems_of_several_files_come_in_one_error(folder: Path) -> None:
    path = folder / "signals" / "age_probe.toml"
    path.write_text(path.read_text().replace("reason.es", "reason.xx"))
    path = folder / "combinations.toml"
    path.write_text(path.read_text().replace('"deceptive_job_offer"', '"made_up"'))
    with pytest.raises(RulebookError) as error:
        load(folder)
    assert {problem.split(",")[0] for problem in error.value.problems} == {"age_probe.toml", "combinations.toml"}


def test_no_signal_files_is_a_problem(folder: Path) -> None:
    shutil.rmtree(folder / "signals")
    with pytest.raises(RulebookError, match="no signal file"):
        load(folder)
