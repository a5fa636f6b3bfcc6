"""Words for staff."""

import pytest

from moderation.core.model import Reason, Tier
from moderation.core.rules import LANGUAGES, SCORE_RULE, Rulebook


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_can_be_named_has_words(rulebook: Rulebook, language: str) -> None:
    named = [*rulebook.signals, *(p.id for p in rulebook.phrases), *(c.id for c in rulebook.combinations)]
    for rule_id in [*named, *(s.id for s in rulebook.shifts), SCORE_RULE]:
        assert rulebook.reason(rule_id, language)
        assert rulebook.title(rule_id, language)


def test_a_case_is_named_after_its_most_urgent_reason(rulebook: Rulebook) -> None:
    reasons = [Reason("r4-job-lure", 1, (), Tier.P2), Reason("r7-need-match", 1, (), Tier.P1)]
    assert rulebook.case_title(reasons, "en") == "Private offer by someone new, after a need was shared"
    assert rulebook.case_title(reasons, "es") == "Oferta privada de alguien nuevo, tras contar una necesidad"


def test_no_case_without_a_reason(rulebook: Rulebook) -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        rulebook.case_title([], "en")


def test_unknown_rules_have_no_words(rulebook: Rulebook) -> None:
    with pytest.raises(KeyError):
        rulebook.reason("no-such-rule", "en")


def test_no_sentence_for_staff_names_a_crime_or_a_kind_of_person(rulebook: Rulebook) -> None:
    banned = ("predator", "victim", "traffick", "groom", "depredador", "víctima", "trata ")
    for wording in rulebook.wordings.values():
        for sentence in (*wording.title.values(), *wording.reason.values()):
            assert not any(word in sentence.lower() for word in banned), sentence
