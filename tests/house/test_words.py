"""Texts for people: both languages complete, the same placeholders, and none of the words we don't say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from community.i18n import FOLDER, LANGUAGES, bundle

# voice.md section 2, left as stems. Staff-only texts (desk, listings) may use a term where law does.
NEVER = {
    "en": "victim offender predator perpetrator trafficked groomed at-risk violation punish banned strike denied upheld",
    "es": "víctima agresor depredador ofensor infracción castigo sanción expulsar banear denunciar delincuente vulnerable platicar ahorita",
}  # fmt: skip
STAFF_ONLY = {"desk.ftl", "listings.ftl", "demo.ftl"}


class _Names(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.found.add(node.id.name)


def _messages(language: str) -> dict[str, tuple[str, ast.Message]]:
    found = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content[:80]}"
            if isinstance(entry, ast.Message):
                found[entry.id.name] = (path.name, entry)
    return found


def test_every_language_has_every_text_with_the_same_placeholders() -> None:
    texts = {language: _messages(language) for language in LANGUAGES}
    first, *others = texts.values()
    for other in others:
        assert set(first) ^ set(other) == set()
        for text_id in first:
            ours, theirs = _Names(), _Names()
            ours.visit(first[text_id][1])
            theirs.visit(other[text_id][1])
            assert ours.found == theirs.found, text_id


def test_texts_with_the_same_id_live_in_files_of_the_same_name() -> None:
    places = [{text_id: name for text_id, (name, _) in _messages(language).items()} for language in LANGUAGES]
    assert all(place == places[0] for place in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bundle_loads(language: str) -> None:
    assert bundle(language).has_message("front-title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_we_do_not_say(language: str) -> None:
    said = []
    for path in sorted((FOLDER / language).glob("*.ftl")):
        if path.name in STAFF_ONLY:
            continue
        text = path.read_text(encoding="utf-8").casefold()
        said += [f"{path.name}: {word}" for word in NEVER[language].split() if re.search(rf"\b{word}", text)]
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_shouts(language: str) -> None:
    for path in sorted((FOLDER / language).glob("*.ftl")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert [line for line in lines if re.search(r"[!¡]", line)] == [], path.name


@pytest.mark.parametrize(("language", "this"), [("en", r"see this\b(?! note)"), ("es", r"ves esto|esto lo ven")])
def test_a_note_says_that_it_is_the_note_that_few_see(language: str, this: str) -> None:
    """It lies under a message that the whole room may see: "this" could be either."""
    text = (FOLDER / language / "notices.ftl").read_text(encoding="utf-8").casefold()
    assert not re.search(this, text)


ROOT = Path(__file__).parents[2]
USED = re.compile(r"""\bt\(\s*['"]([a-z0-9-]+)['"]""")


def test_every_text_id_in_code_and_templates_exists() -> None:
    known = set(_messages("en"))
    missing = []
    for folder, pattern in (("templates", "*.html"), ("community", "*.py"), ("moderation", "*.py")):
        for path in (ROOT / folder).rglob(pattern):
            missing += [
                f"{path.name}: {i}"
                for i in USED.findall(re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S))
                if i not in known and not i.endswith("-")
            ]
    assert missing == []


def test_every_refusal_has_words() -> None:
    known = set(_messages("en"))
    raised = re.compile(r"""(?:DomainError|Forbidden)\(\s*['"]([a-z-]+)['"]""")
    codes = {code for path in (ROOT / "community").rglob("*.py") for code in raised.findall(path.read_text())}
    assert {f"problem-{code}" for code in codes} - known == set()
