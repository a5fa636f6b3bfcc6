"""Rules of the house that no linter knows: who may commit, what may be logged, how big things may grow."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("community", "moderation")
LONGEST = 290


def _modules() -> list[Path]:
    found = [p for package in PACKAGES for p in (ROOT / package).rglob("*.py") if "versions" not in p.parts]
    return sorted([*found, ROOT / "config.py", ROOT / "wsgi.py"])


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    source = path.read_text()
    assert ast.get_docstring(ast.parse(source)), "no module docstring"
    assert len(source.splitlines()) <= LONGEST


def test_only_the_database_module_commits() -> None:
    committing = {
        str(path.relative_to(ROOT))
        for path in _modules()
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    }
    assert committing <= {"community/db.py"}


def test_log_calls_carry_only_codes_and_names_of_types() -> None:
    """No message text, handle or token reaches a log: arguments are literals, ids, counts, codes or type names."""
    forbidden = re.compile(r"\b(text|body|words|handle|name|passphrase|token|code|secret|note|reason|query)\b")
    for path in _modules():
        for call in _calls(path):
            if isinstance(call.func, ast.Attribute) and call.func.attr in {
                "debug",
                "info",
                "warning",
                "error",
                "exception",
            }:
                owner = ast.unparse(call.func.value)
                if not re.search(r"\blog", owner):
                    continue
                for argument in call.args[1:]:
                    said = ast.unparse(argument)
                    assert not forbidden.search(said.replace("__name__", "")), f"{path.name}:{call.lineno} logs {said}"
                assert not isinstance(call.args[0], ast.JoinedStr), f"{path.name}:{call.lineno} formats into a log line"


def test_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert [p for p in _modules() if p.stem in drawers] == []


def test_every_test_function_is_collected() -> None:
    """A test that lacks its prefix never runs, and looks green for ever."""
    texts = [path.read_text() for path in (ROOT / "tests").rglob("*.py")]
    written = Counter(name for text in texts for name in re.findall(r"\b(\w+)\(", text))
    strays = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any(isinstance(n, ast.Assert) for n in ast.walk(node)):
                decorators = " ".join(ast.unparse(d) for d in node.decorator_list)
                is_helper = written[node.name] > 1  # its definition, and who calls it
                if not node.name.startswith("test_") and "fixture" not in decorators and not is_helper:
                    strays.append(f"{path.name}: {node.name}")
    assert strays == []


def test_every_promise_names_a_test_that_exists() -> None:
    promises = (ROOT / "docs/safety-invariants.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promises)
    assert len(named) >= 15
    for file, test in named:
        assert re.search(rf"def {test}\b", (ROOT / file).read_text()), f"{file}::{test}"
