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


_LOGS = {"debug", "info", "warning", "warn", "error", "critical", "exception", "log"}
_PRIVATE = re.compile(r"\b(text|body|words|handle|name|passphrase|token|code|secret|note|reason|query)\b")
# An exception's words may quote what a person wrote; only `type(error).__name__` may be said of it.
_USUALLY_EXCEPTIONS = {"error", "err", "exc", "exception", "e", "ex", "failure"}
_TELLS_ALL = {"exc_info", "format_exc", "format_exception", "traceback", "__traceback__", "__cause__", "__context__"}
# Its lines pass the filter of this same module, which leaves nothing of an exception but the name of its type.
_FILTERED = {("community/quiet.py", "exc_info=exc_info")}


def _is_type_name(node: ast.AST) -> bool:
    return bool(re.fullmatch(r"type\(\w+\)\.__(qual)?name__", ast.unparse(node)))


def _names(node: ast.AST) -> Iterator[str]:
    """Names and attributes an argument is made of, but for those of which only the type's name is said."""
    if _is_type_name(node):
        return
    if isinstance(node, ast.Name):
        yield node.id
    if isinstance(node, ast.Attribute):
        yield node.attr
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _exceptions(tree: ast.AST) -> set[str]:
    """What exceptions are called in a module: where they are caught, and where a parameter says that it is one."""
    caught = {n.name for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and n.name}
    arguments = [n for n in ast.walk(tree) if isinstance(n, ast.arg) and n.annotation is not None]
    given = {n.arg for n in arguments if re.search(r"(Exception|Error)\b", ast.unparse(n.annotation or n))}
    return caught | given | _USUALLY_EXCEPTIONS


def _private_log_calls(where: str, source: str) -> list[str]:
    """Log calls that say more than codes and names of types, each with why."""
    tree = ast.parse(source)
    exceptions = _exceptions(tree)
    found = []
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)):
        method, owner = call.func.attr, ast.unparse(call.func.value)  # type: ignore[attr-defined]
        if method not in _LOGS or not re.search(r"\blog", owner):
            continue
        at = f"{where}:{call.lineno}"
        if method == "exception":
            found.append(f"{at} writes a traceback")
        arguments = call.args[1:] if method == "log" else call.args  # the first of log.log() is its level
        if not (arguments and isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str)):
            found.append(f"{at} formats into a log line")
        for argument in arguments:
            said = ast.unparse(argument)
            if not isinstance(argument, ast.Constant) and _PRIVATE.search(said.replace("__name__", "")):
                found.append(f"{at} logs {said}")
            if set(_names(argument)) & (exceptions | _TELLS_ALL):
                found.append(f"{at} logs the exception in {said}")
        more = [ast.unparse(keyword) for keyword in call.keywords]
        found.extend(f"{at} logs {said}" for said in more if (where, said) not in _FILTERED)
    return found


def test_log_calls_carry_only_codes_and_names_of_types() -> None:
    """No message text, handle or token reaches a log: arguments are literals, ids, counts, codes or type names."""
    for path in _modules():
        assert _private_log_calls(str(path.relative_to(ROOT)), path.read_text()) == []


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ('log.error("failed: %s", type(error).__name__)', True),
        ('log.error("event %s failed, ticket %s: %s", event.command.__name__, ticket, type(refusal).__name__)', True),
        ('log.warning("down: %s; next try in %.0f s", fault.value, wait)', True),
        ('log.error("failed: %s", error)', False),
        ('log.error("failed: %s", refusal)', False),
        ('log.error("failed: %s", given)', False),
        ('log.error("failed: %s", str(error))', False),
        ('log.error("failed: %s", error.args)', False),
        ('log.error("failed: %r", type(error)(error))', False),
        ('log.error("failed: %s %s", type(error).__name__, error)', False),
        ('log.error("failed: %s" % error)', False),
        ('log.error("failed: {}".format(ticket))', False),
        ('log.error("failed: " + ticket)', False),
        ('log.error(f"failed: {ticket}")', False),
        ("log.error(error)", False),
        ('log.error("failed", exc_info=True)', False),
        ('log.error("failed", extra={"room": room})', False),
        ('log.error("failed: %s", sys.exc_info()[1])', False),
        ('log.error("failed: %s", traceback.format_exc())', False),
        ('log.exception("failed")', False),
        ('log.critical("failed: %s", error)', False),
        ('log.log(30, "failed: %s", error)', False),
        ('logging.getLogger("haven").error("failed: %s", error)', False),
        ('log.error("failed: %s", message.text)', False),
    ],
)
def test_the_rule_for_log_calls_sees_an_exception_in_every_guise(line: str, fine: bool) -> None:
    source = f"def f(given: Exception):\n    try: g()\n    except ValueError as refusal:\n        {line}\n"
    assert (_private_log_calls("community/x.py", source) == []) is fine


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
