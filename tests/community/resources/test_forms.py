"""From typed fields to a post: nothing is lost on the way back and forth, every mistake is named."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict

from community.i18n import translate
from community.resources import forms
from community.resources.content import FIELDS, Content
from community.resources.hours import opening
from community.resources.kinds import COSTS, KINDS, LANGUAGES, LINE_NEEDS, ZONES

FULL = Content(
    name="Harbor Kitchen",
    kind="food",
    needs=("food", "health"),
    summary_en="Hot dinner.",
    summary_es="Cena caliente.",
    description_en="One\n\n- two",
    description_es="Uno",
    who_may_be_told_en="No one.",
    who_may_be_told_es="A nadie.",
    minimum_age=12,
    maximum_age=21,
    languages=("en", "es"),
    id_needed=False,
    required_documents_en="A card",
    required_documents_es="Una tarjeta",
    cost="free",
    lgbtq_welcome=True,
    parents_welcome=True,
    pets_welcome=True,
    accessible=True,
    phone="(555) 555-0119",
    text_line="55501",
    text_word="HELP",
    text_word_es="AYUDA",
    web="https://harbor.example",
    address="1 Quay",
    city="Riverton",
    postal_code="60699",
    time_zone="America/Denver",
    hours=(opening(1, time(9), time(12)), opening(1, time(13), time(18)), opening(5, time(20), time(8))),
    hours_known=True,
    closed_on=(date(2026, 12, 25), date(2027, 1, 1)),
    hours_note_en="Doors close at 11",
    hours_note_es="La puerta cierra a las 11",
)


def _typed(content: Content, **changes: str) -> MultiDict[str, str]:
    """What a browser would send for a post."""
    typed = forms.filled(content)
    for name, text in changes.items():
        typed[name] = text
    return typed


def test_every_field_of_a_post_has_its_place_in_the_form() -> None:
    fields = {re.sub(r"(?<!word)_(en|es)$", "", name) for name in FIELDS}
    flags = {"lgbtq_welcome", "parents_welcome", "pets_welcome", "accessible", "hours_known"}
    assert set(forms.ORDER) == fields - flags
    errors = {"closed_on": "c", "summary_es": "s", "text_word_es": "t", "name": "n", "hours": "h"}
    assert list(forms.in_order(errors)) == ["name", "summary_es", "text_word_es", "hours", "closed_on"]


def test_a_post_comes_back_from_the_form_as_it_was() -> None:
    read = forms.read(_typed(FULL))
    assert read.errors == {}
    assert {name for name in FIELDS if getattr(FULL, name) in ("", None, (), False)} == {"id_needed"}
    assert read.content == FULL


@pytest.mark.parametrize(
    ("field", "typed", "at", "error"),
    [
        ("name", "", "name", "listing-error-name"),
        ("name", "x" * 81, "name", "listing-error-long"),
        ("summary_en", "x" * 241, "summary_en", "listing-error-long"),
        ("hours_note_es", "x" * 161, "hours_note_es", "listing-error-long"),
        ("minimum_age", "nine", "minimum_age", "listing-error-age"),
        ("minimum_age", "9", "minimum_age", "listing-error-age"),
        ("maximum_age", "-1", "maximum_age", "listing-error-age"),
        ("minimum_age", "26", "maximum_age", "listing-error-ages"),
        ("phone", "call me", "phone", "listing-error-phone"),
        ("phone", "12", "phone", "listing-error-phone"),
        ("text_line", "HELP to 55501", "text_line", "listing-error-phone"),
        ("web", "http://harbor.example", "web", "listing-error-web"),
        ("web", "javascript:alert(1)", "web", "listing-error-web"),
        ("web", 'https://x"onload=', "web", "listing-error-web"),
        ("mon_opens", "09:00", "hours", "listing-error-hours"),
        ("sat_closes", "25:00", "hours", "listing-error-hours"),
        ("tue2_opens", "11:00", "hours", "listing-error-hours-twice"),
        ("closed_on", "2026-13-01", "closed_on", "listing-error-days"),
        ("closed_on", "Christmas", "closed_on", "listing-error-days"),
    ],
)
def test_each_mistake_is_named_at_its_field(field: str, typed: str, at: str, error: str) -> None:
    assert forms.read(_typed(FULL, **{field: typed})).errors == {at: error}
    assert translate("en", error)
    assert translate("es", error)


def test_rubbish_in_choices_is_dropped() -> None:
    rubbish = {"kind": "bomb", "cost": "soul", "id_needed": "maybe", "time_zone": "Mars/Base"}
    content = forms.read(_typed(FULL, **rubbish)).content
    assert (content.kind, content.cost, content.id_needed, content.time_zone) == ("center", "", None, ZONES[1])
    twice = _typed(FULL)
    twice.setlist("needs", ["food", "food", "crisis", "'; DROP"])
    assert forms.read(twice).content.needs == ("food",)


def test_invisible_characters_are_dropped() -> None:
    assert forms.read(_typed(FULL, name="Har\u202ebor\u200b\x00 Kitchen")).content.name == "Harbor Kitchen"


def test_american_dates_are_read() -> None:
    assert forms.read(_typed(FULL, closed_on="12/25/2026 1/1/2027")).content.closed_on == FULL.closed_on


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_choice_has_words(language: str) -> None:
    ids = [f"kind-{key}" for key in KINDS] + [f"tag-{key}" for key in LINE_NEEDS] + [f"cost-{key}" for key in COSTS]
    ids += [f"language-{code}" for code in LANGUAGES] + [f"day-{day}" for day in forms.DAYS]
    assert all(translate(language, text_id) for text_id in ids)
