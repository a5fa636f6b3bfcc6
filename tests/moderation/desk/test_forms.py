"""From form fields to a decision: what can't be read is left for the service to refuse."""

from __future__ import annotations

import pytest

from moderation.core.model import Kind, Ref
from moderation.desk.forms import read_decision, read_ref
from moderation.service import CareNote


def test_every_field_finds_its_place() -> None:
    decision = read_decision(
        {
            "version": "3",
            "guideline": "care",
            "confidence": "low",
            "reason": "why",
            "told": "plain",
            "line-message:7": "release",
            "line-message:8": "remove",
            "line-message:9": "leave",
            "care-p_a": "yes",
            "note-p_a": "Hi",
            "note-p_b": "not ticked",
            "break-p_a": "24",
            "break-p_b": "0",
            "keep-open": "yes",
        }
    )
    assert decision.release == (Ref(Kind.MESSAGE, "7"),)
    assert decision.remove == (Ref(Kind.MESSAGE, "8"),)
    assert decision.care == (CareNote("p_a", "Hi"),)
    assert decision.restrict == (("p_a", 24),)
    assert (decision.version, decision.close) == (3, False)


def test_rubbish_becomes_nothing_and_version_zero() -> None:
    decision = read_decision(
        {"version": "²", "line-nonsense:1": "remove", "line-message:": "release", "break-p_a": "forever"}
    )
    assert (decision.version, decision.release, decision.remove, decision.restrict) == (0, (), (), ())
    assert decision.close


def test_the_same_for_all_fills_only_what_has_no_choice_of_its_own() -> None:
    lines = {"line-message:1": "", "line-message:2": "release", "line-message:3": "leave", "line-message:4": ""}
    decision = read_decision({**lines, "all-held": "remove"})
    assert decision.remove == (Ref(Kind.MESSAGE, "1"), Ref(Kind.MESSAGE, "4"))
    assert decision.release == (Ref(Kind.MESSAGE, "2"),)
    for nothing in ({"all-held": ""}, {}):
        assert read_decision({**lines, **nothing}).remove == ()


@pytest.mark.parametrize("content", ["²", "٣", "1\n", "a b", "a:b", "\0", "é", "", "1" * 65])
def test_a_name_no_content_can_have_is_no_reference(content: str) -> None:
    assert read_ref(f"message:{content}") is None
    assert read_decision({f"line-message:{content}": "remove"}).remove == ()
    assert read_ref("message:17") == Ref(Kind.MESSAGE, "17")
    assert read_ref("handle:p_a-B9") == Ref(Kind.HANDLE, "p_a-B9")
