"""The settings table in docs/operations.md says what `config.py` does, name by name."""

from __future__ import annotations

from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from config import PREFIX, Settings

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def _shown(setting: Field[Any]) -> str:
    default = setting.default if setting.default is not None else ""
    if isinstance(default, bool):
        default = "yes" if default else "no"
    return f"| `{PREFIX}{setting.name.upper()}` | {default} | {setting.metadata['help']} |"


def test_the_settings_table_is_true() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith(f"| `{PREFIX}")]
    assert rows == [_shown(setting) for setting in fields(Settings)]
