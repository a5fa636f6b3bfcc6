"""How a listing reads in each language: states, tags, links, dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from community.resources import queries
from community.resources.content import Content
from community.resources.hours import ALWAYS, opening
from community.resources.shown import Card, card, day_of, dial, week
from tests.community.resources.conftest import KITCHEN, NOW, TODAY, Board

CHICAGO = ZoneInfo("America/Chicago")


def _card(board: Board, language: str, *, checked: date | None = TODAY, now: datetime = NOW, **changes: object) -> Card:
    board.put(replace(KITCHEN, **changes), checked=checked)  # type: ignore[arg-type]
    with board.database.reading() as session:
        return card(queries.place(session, "harbor-kitchen", now=now), language=language, now=now)


@pytest.mark.parametrize(
    ("openings", "hour", "en", "es"),
    [
        (ALWAYS, 12, "Open, any hour", "Abierto a toda hora"),
        ((opening(1, time(9), time(17)),), 12, "Open now, until 5 pm", "Abierto, hasta las 5 pm"),
        ((opening(1, time(9), time(13)),), 12, "Open now, until 1 pm", "Abierto, hasta la 1 pm"),
        ((opening(1, time(20), time(1, 30)),), 23, "Open now, until 1:30 am", "Abierto, hasta la 1:30 am"),
        ((opening(1, time(18), time(20)),), 12, "Closed, opens 6 pm", "Cerrado, abre a las 6 pm"),
        ((opening(2, time(7), time(9)),), 12, "Closed, opens Wednesday, 7 am", "Cerrado, abre el miércoles, 7 am"),
        ((), 12, "Call first", "Llama primero"),
    ],
)
def test_states_in_words(board: Board, openings: tuple[object, ...], hour: int, en: str, es: str) -> None:
    now = datetime(2026, 11, 24, hour, tzinfo=CHICAGO)
    board.put(hours=openings, hours_known=bool(openings))
    with board.database.reading() as session:
        found = queries.place(session, "harbor-kitchen", now=now)
    assert (card(found, language="en", now=now).state, card(found, language="es", now=now).state) == (en, es)


def test_an_unchecked_line_speaks_of_its_hours_as_its_own_word(board: Board) -> None:
    line = _card(board, "en", kind="line", checked=None, hours=ALWAYS, hours_known=True)
    assert (line.state, line.says, line.checked) == (
        "Hours not checked yet",
        "They say: any hour.",
        "Not checked here yet",
    )


@pytest.mark.parametrize(
    ("days", "en"),
    [
        (12, "Checked Nov 12"),
        (181, "Checked May 27. It may be out of date. Call first."),
        (340, "Checked Dec 19, 2025. It may be out of date. Call first."),
    ],
)
def test_dates_of_checks(board: Board, days: int, en: str) -> None:
    assert _card(board, "en", checked=NOW.date() - timedelta(days=days)).checked == en


def test_tags_say_only_what_is_known(board: Board) -> None:
    assert _card(board, "en").tags == []
    known = replace(KITCHEN, minimum_age=12, maximum_age=17, cost="free", id_needed=False, languages=("en", "es"))
    with board.database.reading() as session:
        found = queries.place(session, "harbor-kitchen", now=NOW)
    for name in ("minimum_age", "maximum_age", "cost", "id_needed", "languages"):
        setattr(found.revision, name, getattr(known, name))
    said = ["12 a 17 años", "Gratis", "No piden ID", "English, Español"]
    assert card(found, language="es", now=NOW).tags == said


def test_words_in_another_language_say_so(board: Board) -> None:
    spanish = _card(board, "es", summary_es="")
    assert (spanish.summary.text, spanish.summary.language, spanish.summary.foreign) == ("Hot dinner at 6.", "en", True)
    assert (spanish.told.text, spanish.told.foreign) == ("No one.", True)
    assert spanish.description.foreign is False


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("(555) 555-0119", "+15555550119"), ("1-800-786-2929", "+18007862929"), ("988", "988"), ("66008", "66008")],
)
def test_numbers_as_phones_take_them(number: str, dialled: str) -> None:
    assert dial(number) == dialled


def test_ways_to_reach_a_place(board: Board) -> None:
    shown = _card(board, "en", text_line="44357", text_word="SAFE & WELL", web="https://www.harbor.example/")
    assert shown.phone is not None
    assert (shown.phone.text, shown.phone.link) == ("Call (555) 555-0119", "tel:+15555550119")
    assert shown.texting is not None
    assert shown.texting.link == "sms:44357?body=SAFE%20%26%20WELL"
    assert shown.web is not None
    assert (shown.web.text, shown.web.link) == ("harbor.example", "https://www.harbor.example/")


@pytest.mark.parametrize(
    ("language", "spanish", "text", "link"),
    [
        ("en", "AYUDA", "Text HOME to 741741", "sms:741741?body=HOME"),
        ("es", "AYUDA", "Manda AYUDA al 741741", "sms:741741?body=AYUDA"),
        ("es", "", "Manda HOME al 741741", "sms:741741?body=HOME"),
    ],
)
def test_a_text_line_answers_to_its_own_word_in_spanish(
    board: Board, language: str, spanish: str, text: str, link: str
) -> None:
    texting = _card(board, language, text_line="741741", text_word="HOME", text_word_es=spanish).texting
    assert texting is not None
    assert (texting.text, texting.link) == (text, link)


def test_no_way_is_invented(board: Board) -> None:
    shown = _card(board, "en", phone="")
    assert (shown.phone, shown.texting, shown.web) == (None, None, None)


def test_a_week_in_words() -> None:
    split = (opening(0, time(9), time(12)), opening(0, time(13), time(18)))
    rows = week(split, "en")
    assert rows[0] == ("Monday", "9 am to 12 pm, 1 pm to 6 pm")
    assert rows[1] == ("Tuesday", "closed")
    assert week(ALWAYS, "es") == [("Todos los días", "a toda hora")]
    assert week(split, "es")[0][0] == "Lunes"


def test_days_carry_their_year_only_when_it_is_another() -> None:
    assert day_of(date(2026, 11, 12), "en", NOW.date()) == "Nov 12"
    assert day_of(date(2026, 11, 12), "es", NOW.date()) == "12 nov"
    assert day_of(date(2025, 12, 1), "es", NOW.date()) == "1 dic 2025"


def test_a_card_does_not_print_what_people_wrote(board: Board) -> None:
    assert "dinner" not in repr(_card(board, "en").summary)
    assert "Harbor" not in repr(Content(name="Harbor", kind="food"))
