"""The history benchmark runs: what nobody runs for weeks must not break unseen. It measures; nothing is timed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.history import Filled, operations

pytestmark = pytest.mark.sqlite("the benchmark's own database file")


def test_every_operation_of_the_history_benchmark_runs(tmp_path: Path) -> None:
    filled = Filled(f"sqlite:///{tmp_path / 'history.db'}")
    filled.grow(200)
    try:
        for call in operations(filled).values():
            assert call() is not None
    finally:
        filled.database.close()
