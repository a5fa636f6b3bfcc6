"""Evaluation runs where nothing of a web house is installed, and is what a stranger's machine can run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import confusable_homoglyphs

ROOT = Path(__file__).parents[2]


def test_it_loads_no_web_and_no_database() -> None:
    code = """
import importlib, pkgutil, sys
import moderation.evaluate
for module in pkgutil.iter_modules(moderation.evaluate.__path__):
    importlib.import_module(f"moderation.evaluate.{module.name}")
heavy = {"flask", "sqlalchemy", "socketio", "gevent", "torch", "community"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_command_needs_python_and_one_table(tmp_path: Path) -> None:
    """No site packages but the UTS #39 table: the core asks for nothing else."""
    table = tmp_path / "only"
    table.mkdir()
    (table / "confusable_homoglyphs").symlink_to(Path(confusable_homoglyphs.__file__).parent)
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": "a", "messages": [{"from": "A", "text": "hі"}]}\n' * 90)
    command = [sys.executable, "-I", "-S", "-c"]
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(table)!r}]\n"
        "from moderation.evaluate.__main__ import main\n"
        f"sys.exit(main([{str(cases)!r}, '--processes', '1']))"
    )
    done = subprocess.run([*command, code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("90 conversations, 90 messages, 0 not screened")
