"""What every template keeps: no inline script or style, nothing from elsewhere, nothing that grew too big."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted(p for p in (ROOT / "static/js").rglob("*.mjs"))
STYLES = sorted((ROOT / "static/css").glob("*.css"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_fits_a_strict_policy(path: Path) -> None:
    html = path.read_text()
    assert not re.search(r"\sstyle\s*=", html), "style attributes are refused by the policy"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", html), "inline handlers are refused by the policy"
    for tag in re.findall(r"<script[^>]*>", html):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert "|safe" not in html.replace(" ", ""), "only community/richtext.py makes markup"


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS, *STYLES], ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    source = path.read_text()
    loads = re.findall(r"""(?:src=|@import|url\(|from\s+|import\()\s*["']?(?:https?:)?//[^"')\s]+""", source)
    assert loads == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_scripts_never_build_markup_from_text(path: Path) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", path.read_text())
