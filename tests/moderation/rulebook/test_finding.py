"""Patterns are looked up by the words a text holds; on real talk that finds exactly what trying every pattern finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moderation.core.phrases import Lookup
from moderation.core.text import Text, normalise
from moderation.rulebook import shipped

AUTHORED = Path(__file__).parents[2] / "eval" / "authored"
EVERY = 9  # every ninth message: 500 texts against every pattern takes about a second


def _texts() -> list[Text]:
    files = sorted(AUTHORED.glob("*.jsonl"))
    cases = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    said = [message["text"] for case in cases for message in case["messages"]]
    examples = [example for phrase in shipped().phrases for example in phrase.must_hit]
    return [normalise(text, shipped().words) for text in said[::EVERY] + examples]


def _tried_one_by_one(lookup: Lookup, text: Text) -> list[tuple[int, int, int]]:
    return [
        (owner, *text.words_at(*match.span()))
        for owner, pattern in lookup.patterns
        for match in pattern.regex.finditer(text.line)
    ]


@pytest.mark.parametrize("which", ["finder", "gate_finder", "open_calls", "for_youth"])
def test_looking_up_hides_no_match(which: str) -> None:
    lookup: Lookup = getattr(shipped(), which)
    texts = _texts()
    found = [list(lookup.matches(text)) for text in texts]
    assert found == [_tried_one_by_one(lookup, text) for text in texts]
    assert any(found)  # else there was nothing to hide
