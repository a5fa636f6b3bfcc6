"""The only sanitiser and the only maker of markup: bleach stands behind this one function (docs/decisions/0009)."""

from __future__ import annotations

import re
from html import escape

import bleach
from markupsafe import Markup

TAGS = frozenset({"p", "ul", "li"})
_ITEM = re.compile(r"^\s*[-*•]\s+")


def rich(source: str) -> Markup:
    """A provider's longer text as paragraphs and lists: blank lines part paragraphs, a leading dash makes an item.

    Whatever markup it holds comes out as the letters that were typed. Chat text never comes here: it is plain, and
    templates escape it.
    """
    blocks = []
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = [line for line in block.splitlines() if line.strip()]
        items = [escape(_ITEM.sub("", line)) for line in lines if _ITEM.match(line)]
        words = " ".join(escape(line.strip()) for line in lines if not _ITEM.match(line))
        blocks.append(f"<p>{words}</p>" if words else "")
        blocks.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>" if items else "")
    return Markup(bleach.clean("".join(blocks), tags=TAGS, attributes={}))  # noqa: S704 - cleaned by bleach
