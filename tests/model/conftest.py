"""Tiny weights to load, and an adviser on them that is closed afterwards. Nothing here imports torch."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from moderation.adapters.toxicity import ToxicityAdviser
from moderation.adapters.toxicity_process import SAFE

TINY = Path(__file__).with_name("tiny.py")
# `make test` has no Detoxify and leaves this folder alone; in `make test-model`, pytest fails when it finds no test.
collect_ignore_glob = [] if find_spec("detoxify") else ["test_*.py"]


def write_manifest(weights: Path, model: str = "tiny") -> None:
    """Say truly what is in the folder."""
    files = [weights / "detoxify.ckpt", *(weights / "config").iterdir()]
    hashes = {f.relative_to(weights).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    (weights / "manifest.json").write_text(json.dumps({"model": model, "licence": "none", "files": hashes}), "utf-8")


def made(folder: Path, kind: str) -> Path:
    """A fresh folder of tiny weights with its manifest."""
    subprocess.run([sys.executable, TINY, folder, kind], check=True, timeout=100, env=dict(os.environ) | SAFE)
    write_manifest(folder)
    return folder


@pytest.fixture(scope="session")
def bert_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained tiny BERT; do not change it."""
    return made(tmp_path_factory.mktemp("bert") / "weights", "bert")


@pytest.fixture(scope="session")
def roberta_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny RoBERTa; do not change it."""
    return made(tmp_path_factory.mktemp("roberta") / "weights", "roberta")


@pytest.fixture
def weights(bert_once: Path, tmp_path: Path) -> Path:
    """A copy of the tiny BERT that a test may spoil."""
    return Path(shutil.copytree(bert_once, tmp_path / "weights"))


Make = Callable[..., ToxicityAdviser]


def advisers(stack: ExitStack) -> Make:
    """Makes advisers in this interpreter, to be closed with the stack."""

    def make(folder: Path, **more: float) -> ToxicityAdviser:
        options = {"timeout": 30.0, "load_timeout": 90.0, "first_wait": 0.2} | more
        made_one = ToxicityAdviser(folder, python=sys.executable, clock=lambda: datetime.now(UTC), **options)
        return stack.enter_context(closing(made_one))

    return make


@pytest.fixture
def adviser() -> Iterator[Make]:
    """Makes advisers on a weights folder and closes them after the test."""
    with ExitStack() as stack:
        yield advisers(stack)


@pytest.fixture(scope="session")
def bert(bert_once: Path) -> Iterator[ToxicityAdviser]:
    """One adviser on the tiny BERT for every test that only reads."""
    with ExitStack() as stack:
        yield advisers(stack)(bert_once)


@pytest.fixture(scope="session")
def roberta(roberta_once: Path) -> Iterator[ToxicityAdviser]:
    """One adviser on the tiny RoBERTa for every test that only reads."""
    with ExitStack() as stack:
        yield advisers(stack)(roberta_once)
