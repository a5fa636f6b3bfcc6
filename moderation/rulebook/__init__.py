"""The shipped rulebook: words, signals, gates and combinations as TOML, read and compiled here."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from pathlib import Path
from typing import Any

from moderation.core.compiling import Sources, compile_rulebook
from moderation.core.leaning import Model
from moderation.core.reading import RulebookError
from moderation.core.rules import Rulebook

HERE = Path(__file__).parent
WEIGHTS = "weights.tsv"


def load(folder: Path = HERE) -> Rulebook:
    """Read and compile the rulebook in `folder`. Raises RulebookError, which lists every problem in every file."""
    return compile_rulebook(read_sources(folder))


@functools.cache
def shipped() -> Rulebook:
    """The rulebook that comes with the code, compiled once a process: its files do not change while it runs."""
    return load()


def read_sources(folder: Path = HERE) -> Sources:
    """Read every file of the rulebook. Raises RulebookError naming each file that is missing or not TOML."""
    problems: list[str] = []
    digest = hashlib.sha256()

    def read(path: Path) -> dict[str, Any]:
        try:
            content = path.read_bytes()
            digest.update(content)
            return tomllib.loads(content.decode())
        except (OSError, ValueError) as error:
            problems.append(f"{path.name}: cannot be read ({type(error).__name__}: {error})")
            return {}

    whole = {name: read(folder / f"{name}.toml") for name in ("words", "gates", "combinations")}
    signals = {path.name: read(path) for path in sorted((folder / "signals").glob("*.toml"))}
    if not signals:
        problems.append("signals: there is no signal file")
    if problems:
        raise RulebookError(problems)
    model = read_model(folder / WEIGHTS, digest, problems)
    if problems:
        raise RulebookError(problems)
    return Sources(**whole, signals=signals, version=digest.hexdigest()[:12], model=model)


def read_model(path: Path, digest: Any, problems: list[str]) -> Model:
    """The learned weights, a run a line: the run, then what it says, hears, needs and threatens, with tabs between.

    A run without any weight is a word that is not to be read.
    """
    try:
        content = path.read_bytes()
        columns: tuple[dict[str, float], ...] = ({}, {}, {}, {})
        unread = set()
        for line in content.decode().splitlines():
            run, *weights = line.split("\t")
            if not any(weights):
                unread.add(run)
            for column, weight in zip(columns, weights, strict=True):
                if weight:
                    column[run] = float(weight)
    except (OSError, ValueError) as error:
        problems.append(f"{path.name}: cannot be read ({type(error).__name__}: {error})")
        return Model()
    digest.update(content)
    says, hears, needs, threatens = columns
    return Model(says, hears, needs, threatens, frozenset(unread))
