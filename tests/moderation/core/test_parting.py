"""Words written as one are parted where that makes words phrases are made of, and nothing else is."""

from __future__ import annotations

import pytest

from moderation.core.parting import _STRETCH, parted
from moderation.core.text import normalise
from moderation.rulebook import shipped

KNOWN = frozenset({"send", "money", "tonight", "everyone", "picture", "school", "comfort", "table", "candle", "light"})


def words(raw: str) -> list[str]:
    return [raw[start:end] for start, end in parted(raw, KNOWN)]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("sendmoneytonight", ["send", "money", "tonight"]),
        ("sendmeapic", ["send", "me", "a", "pic"]),
        ("send_me_a_pic", ["send", "me", "a", "pic"]),
        ("icansendmoney", ["i", "can", "send", "money"]),
        ("comfortable", []),
        ("candlelight", []),
        ("sendapicitx", []),
        ("sendapicit", []),
        ("maryland_it_guy", []),
        ("is_empty", []),
        ("send1money2tonight", []),
        ("send_xq_me_zw_vb", []),
        ("sendmemoney", []),
        ("sendmoneytonight" * 2 + "xq" * 120, []),
    ],
)
def test_what_is_parted_and_what_stays_whole(raw: str, read: list[str]) -> None:
    assert words(raw) == read


def test_a_single_i_before_a_short_word_is_an_ending() -> None:
    assert words("moneyisendmoney") == ["money", "i", "send", "money"]
    assert words("moneyitmoneysend") == ["money", "it", "money", "send"]
    assert words("moneyiupmoney") == []


@pytest.mark.parametrize("times", [1, 10, 60])
def test_however_long_it_is_all_of_it_is_read(times: int) -> None:
    line = "sendmoneytonight" * times
    assert words(line) == ["send", "money", "tonight"] * times
    assert len(line) > _STRETCH or times == 1
    assert words(line + "xq") == []


def test_dots_part_words_only_where_each_stands_alone() -> None:
    def read(text: str) -> tuple[str, ...]:
        return normalise(text, shipped().words).words

    assert read("send.me.a.pic") == ("send", "me", "a", "pic")
    assert "." in read("send..me..a..pic")
    assert "." in read("send.me.a!pic")
    assert "." in read("send.me.a. pic")
