"""What a post lacks, and which changes need a second pair of eyes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from community.resources.content import contacts, foreign_contacts, missing, second_reasons, wording
from community.resources.hours import ALWAYS
from tests.community.resources.conftest import KITCHEN


def test_a_whole_post_lacks_nothing() -> None:
    assert missing(KITCHEN) == ()


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"needs": ()}, ("needs",)),
        ({"summary_en": ""}, ()),
        ({"summary_en": "", "summary_es": ""}, ("summary",)),
        ({"who_may_be_told_en": ""}, ("who_may_be_told",)),
        ({"phone": ""}, ("phone",)),
        ({"phone": "", "web": "https://harbor.example"}, ()),
        ({"hours_known": True}, ("hours",)),
        ({"kind": "work"}, ("description",)),
        ({"kind": "work", "description_es": "Detalles", "phone": "", "address": "1 Quay"}, ("phone",)),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], lacks: tuple[str, ...]) -> None:
    assert missing(replace(KITCHEN, **changes)) == lacks


@pytest.mark.parametrize("kind", ["work", "housing", "shelter", "travel"])
def test_offers_always_need_two(kind: str) -> None:
    assert "offer" in second_reasons(replace(KITCHEN, kind=kind), None)
    assert "offer" in second_reasons(replace(KITCHEN, kind=kind), replace(KITCHEN, kind=kind))


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"summary_en": "Other words", "hours": ALWAYS, "minimum_age": 14}, ()),
        ({"phone": "(555) 555-0120"}, ("phone",)),
        ({"text_line": "55501"}, ("phone",)),
        ({"text_word": "HELP"}, ("phone",)),
        ({"text_word_es": "AYUDA"}, ("phone",)),
        ({"web": "https://else.example"}, ("web",)),
        ({"address": "2 Quay"}, ("address",)),
        ({"city": "Fairfield"}, ("address",)),
        ({"postal_code": "60651"}, ("address",)),
        ({"description_en": "Text me: 555 555 0187"}, ("contact",)),
        ({"who_may_be_told_es": "escribe a yo@correo.example"}, ("contact",)),
        ({"hours_note_en": "see https://sub.example/x"}, ("contact",)),
    ],
)
def test_a_changed_contact_needs_two_wherever_it_hides(changes: dict[str, object], reasons: tuple[str, ...]) -> None:
    assert second_reasons(replace(KITCHEN, **changes), KITCHEN) == reasons


def test_a_new_post_needs_one_unless_its_text_holds_someone_elses_contact() -> None:
    assert second_reasons(KITCHEN, None) == ()
    assert second_reasons(replace(KITCHEN, summary_en="Call (555) 555-0119"), None) == ()
    assert second_reasons(replace(KITCHEN, summary_en="Call me: 555-555-0190"), None) == ("contact",)


def test_contacts_are_found_in_every_text_and_times_are_not_contacts() -> None:
    text = replace(KITCHEN, summary_en="Open 9:00-17:00, $15, ages 12-17. www.a.example or +1 (555) 555-0199.")
    assert contacts(text) == {"www.a.example", "15555550199"}


def test_a_posts_own_page_is_not_foreign() -> None:
    own = replace(
        KITCHEN, web="https://www.harbor.org", summary_en="See https://harbor.org/meals or mail hi@harbor.org"
    )
    assert foreign_contacts(own) == frozenset()
    assert foreign_contacts(replace(own, summary_en="mail me@gmail.com")) == {"me@gmail.com"}


@pytest.mark.parametrize(
    "said",
    [
        "https://recruit.example.com/?r=shelter.org/",
        "https://recruit.me/shelter.org/apply",
        "https://evilshelter.org",
        "evil-shelter.org",
        "boss@evil-shelter.org",
        "shelter.org@recruit.me",
        "https://shelter.org@recruit.me/",
        "https://recruit.me\\@shelter.org/",
        "https://shelter.org.recruit.me",
        "shelter.org,recruit.me",
        "https://shelter.org/,boss@recruit.me",
        "https://[shelter.org/",
    ],
)
def test_what_only_looks_like_a_posts_own_page_is_foreign(said: str) -> None:
    assert foreign_contacts(replace(KITCHEN, web="https://shelter.org", summary_en=f"See {said} now"))


@pytest.mark.parametrize(
    "said",
    [
        "https://shelter.org",
        "http://www.shelter.org:8080/a?b=c#d",
        "https://Intake.Shelter.org./now",
        "shelter.org/meals.",
        "hi@shelter.org",
        "hi@mail.shelter.org",
    ],
)
def test_every_way_to_a_posts_own_page_is_its_own(said: str) -> None:
    web = "https://www.Shelter.org/start"
    assert foreign_contacts(replace(KITCHEN, web=web, summary_en=f"See {said} now")) == frozenset()


@pytest.mark.parametrize("web", ["", "https://", "https://org", "https://.", "https://["])
def test_a_page_that_names_no_domain_owns_nothing(web: str) -> None:
    assert foreign_contacts(replace(KITCHEN, web=web, summary_en="See https://shelter.org")) == {"https://shelter.org"}


def test_all_words_of_a_post_are_screened() -> None:
    filled = replace(
        KITCHEN,
        **{
            name: f"<{name}>"
            for name in (
                *(f"{text}_{code}" for text in ("summary", "description", "who_may_be_told") for code in ("en", "es")),
                *(f"{text}_{code}" for text in ("required_documents", "hours_note") for code in ("en", "es")),
                "name",
                "address",
                "text_word",
                "text_word_es",
                "city",
            )
        },
    )
    said = wording(filled)
    assert [name for name in ("name", "address", "text_word", "text_word_es", "city") if f"<{name}>" not in said] == []
    assert said.count("<") == 15
