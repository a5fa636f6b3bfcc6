"""Evaluation runs where nothing of a web house is installed, and is what a stranger's machine can run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_the_command_runs_on_the_bare_interpreter(tmp_path: Path) -> None:
    """No site packages at all: Python alone is enough, over several processes."""
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": "a", "messages": [{"from": "A", "text": "hi"}]}\n' * 90)
    command = [sys.executable, "-I", "-S", "-c"]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from moderation.evaluate.__main__ import main\n"
        f"sys.exit(main([{str(cases)!r}, '--processes', '1']))"
    )
    done = subprocess.run([*command, code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("90 conversations, 90 messages, 0 not screened")
