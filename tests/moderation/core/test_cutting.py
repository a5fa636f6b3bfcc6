"""Cutting: the quick way cuts as the full way does."""

import re

from hypothesis import given
from hypothesis import strategies as st

from moderation.core.cutting import PIECES, cutter

BITS = ["www.", "://", "http", ".co", *"ab é1.-_+@$: w?!\n'\"()📱"]


@given(st.lists(st.sampled_from(BITS), max_size=30).map("".join))
def test_plain_reading_cuts_a_text_as_full_reading_does(text: str) -> None:
    def cut(pattern: re.Pattern[str]) -> list[tuple[str | None, str]]:
        return [(match.lastgroup, match[0]) for match in pattern.finditer(text)]

    assert cut(cutter(text)) == cut(PIECES)
