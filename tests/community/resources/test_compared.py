"""What a reviewer reads: every field beside its old words, and the plain reasons of the automatic check."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from community.resources.compared import noticed, rows
from community.resources.content import Content, wording
from moderation import rulebook
from moderation.core.rules import Purpose
from tests.community.resources.conftest import KITCHEN
from tests.community.resources.test_forms import FULL

RULES = rulebook.load()
OTHER = Content(name="Else", kind="work", time_zone="America/New_York")


@pytest.mark.parametrize("name", [one.name for one in fields(Content) if one.name not in {"hours_known"}])
def test_no_change_can_hide(name: str) -> None:
    changed = replace(FULL, **{name: getattr(OTHER, name) if getattr(OTHER, name) != getattr(FULL, name) else None})
    assert any(row.is_changed for row in rows(changed, FULL, "en"))


def test_nothing_is_changed_in_a_new_post_or_the_same_one() -> None:
    assert not any(row.is_changed for row in (*rows(FULL, None, "en"), *rows(FULL, FULL, "es")))


def test_a_signal_is_said_once_with_all_its_words() -> None:
    signal = next(s for s in RULES.signals.values() if s.purpose is Purpose.CONDUCT)
    text = wording(KITCHEN)
    marks = [[signal.id, 0, 6], [signal.id, 7, 14], [signal.id, 0, 6]]
    (one,) = noticed({"rules": [], "marks": marks}, KITCHEN, RULES, "es")
    assert one.reason == signal.wording.reason["es"]
    assert one.quotes == (text[0:6], text[7:14])


def test_a_posts_own_contacts_are_not_held_against_it() -> None:
    private = [s.id for s in RULES.signals.values() if s.purpose is Purpose.PRIVACY]
    assert private
    assert noticed({"rules": [], "marks": [[name, 0, 3] for name in private]}, KITCHEN, RULES, "en") == []


def test_a_rule_that_is_gone_is_not_silence() -> None:
    (one,) = noticed({"rules": ["gone-since"], "marks": []}, KITCHEN, RULES, "en")
    assert "not in use any more" in one.reason
