"""The pages: nothing typed stays anywhere, errors are said, edits lose nothing, reviewers see what they need."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, inspect, select, text, update
from werkzeug.test import TestResponse

from community import clock, limits
from community.accounts.models import Organisation
from community.factory import Wired
from community.resources import concerns, seed
from community.resources.kinds import FILTERS, TILES
from community.resources.models import ListingConcern, ListingRevision
from moderation.core.duties import Duty
from tests.factories import People, Someone, csrf

POST = {
    "name": "Harbor Kitchen",
    "kind": "food",
    "needs": "food",
    "summary_en": "Hot dinner at 6.",
    "who_may_be_told_en": "No one.",
    "phone": "(555) 555-0119",
    "city": "Riverton",
    "send": "yes",
}


def _reviewer(people: People) -> Someone:
    return people.staff(Duty.LISTING_REVIEW)


def _on_board(people: People, **changes: str) -> Someone:
    provider = people.provider()
    provider.post("/services/new", **{**POST, **changes})
    assert _reviewer(people).post("/desk/listings/1", decision="approve", checked="yes").status_code == 303
    return provider


def _html(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined, no-any-return]


def _kept(wired: Wired, data: Path) -> str:
    """All that a house keeps: every row, and every file in its data folder, a SQLite database among them."""
    database = wired.house.database
    with database.reading() as session:
        names = inspect(session.get_bind()).get_table_names()
        rows = [str(row) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"'))]
    database.close()
    files = [path.read_bytes().decode(errors="replace") for path in data.iterdir() if path.is_file()]
    return "".join([*rows, *files]).casefold()


def test_a_search_leaves_no_trace(
    wired: Wired, people: People, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    _on_board(people)
    client = people.visitor()
    typed = {"words": "qwyzzle dinner", "place": "Riverton Xyzzyville", "age": "17"}
    statements: list[str] = []
    event.listen(wired.house.database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/search", data={"csrf_token": csrf(client), **typed})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.request.query_string == b""
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"csrf_token"}
    assert not [s for s in statements if s.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    kept = _kept(wired, tmp_path)
    assert "harbor kitchen" in kept
    for word in ("qwyzzle", "xyzzyville"):
        assert word not in caplog.text.casefold()
        assert word not in kept
        assert not [s for s in statements if word in s]


def test_what_was_typed_is_still_there_and_no_link_carries_it(people: People) -> None:
    client = people.visitor()
    typed = {"words": "qwyzzle", "place": "Xyzzyville", "age": "17", "need": "bed", "f": "no-id"}
    page = _html(client.post("/search", data={"csrf_token": csrf(client), **typed}))
    assert 'value="qwyzzle"' in page
    assert 'value="Xyzzyville"' in page
    assert not [link for link in re.findall(r'(?:href|action)="([^"]*)"', page) if "qwy" in link or "Xyz" in link]
    assert re.search(r'<button class="tile" form="search" name="need" value="food"', page)
    assert re.search(r'<button class="tile" form="search" name="need" value="" aria-current="true"', page)
    assert re.search(r'name="f" value="no-id" checked', page)


def test_a_place_leads_back_to_where_one_came_from(people: People) -> None:
    _on_board(people, cost="free")
    client = people.visitor()
    page = _html(client.get("/?need=food&f=free"))
    (link,) = re.findall(r'<h3[^>]*><a href="(/places/harbor-kitchen[^"]*)"', page) or [""]
    assert 'href="/?need=food&amp;f=free"' in _html(client.get(link.replace("&amp;", "&")))
    typed = {"csrf_token": csrf(client), "words": "dinner", "place": "Riverton", "need": "food"}
    (link,) = re.findall(r'<h3[^>]*><a href="(/places/harbor-kitchen[^"]*)"', _html(client.post("/search", data=typed)))
    assert ("dinner" in link, "Riverton" in link) == (False, False)
    assert 'href="/search?need=food"' in _html(client.get(link.replace("&amp;", "&")))
    assert 'href="/"' in _html(client.get("/places/harbor-kitchen"))
    assert client.get("/search?need=food").status_code == 200


def test_a_new_language_takes_the_search_along(people: People) -> None:
    client = people.visitor()
    typed = {"csrf_token": csrf(client), "words": "qwyzzle", "place": "Xyzzyville"}
    page = _html(client.post("/search", data=typed))
    assert re.search(r'<button class="word-button" form="search" formaction="/language"', page)
    assert '<input type="hidden" name="next" value="/search">' in page
    moved = {**typed, "next": "/search", "language": "es"}
    answer = client.post("/language", data=moved)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/search")
    page = _html(client.post("/search", data=moved))  # what a browser sends next
    assert 'lang="es"' in page
    assert 'value="qwyzzle"' in page


def test_a_pressed_tile_wins_over_the_one_chosen_before(people: People) -> None:
    client = people.visitor()
    data = {"csrf_token": csrf(client), "words": "x", "need": ["bed", "food"]}
    assert re.search(r'value="" aria-current="true">.*Food', _html(client.post("/search", data=data)))


def test_every_tile_and_filter_works_as_a_link(people: People) -> None:
    _on_board(people)
    client = people.visitor()
    for need in TILES:
        assert client.get("/", query_string={"need": need}).status_code == 200
    for key in FILTERS:
        assert client.get("/", query_string={"f": key}).status_code == 200
    assert "Harbor Kitchen" in _html(client.get("/?need=food"))
    assert "Harbor Kitchen" not in _html(client.get("/?need=bed"))


@pytest.mark.parametrize("query", ["need=zzz", "f=zzz&f=", "after=-1", "after=99999999999999999999", "need=bed&need=x"])
def test_rubbish_in_the_address_is_ignored(people: People, query: str) -> None:
    assert people.visitor().get(f"/?{query}").status_code == 200


@pytest.mark.parametrize("age", ["9", "99", "-1", "abc", "٣٣"])
def test_an_age_we_cannot_use_is_said(people: People, age: str) -> None:
    client = people.visitor()
    assert 'id="age-hint"' in _html(client.post("/search", data={"csrf_token": csrf(client), "age": age}))


def test_words_of_crisis_put_people_first(people: People) -> None:
    with people.house.database.writing() as session:
        seed.seed_lines(session, now=clock.now())
    client = people.visitor()
    page = _html(client.post("/search", data={"csrf_token": csrf(client), "words": "quiero morir"}))
    assert "is-urgent" in page
    assert page.index("988 Suicide") < page.index("National Runaway Safeline") < page.index('id="results-title"')
    assert 'href="tel:988"' in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_and_the_board_name_the_same_text_lines(people: People, language: str) -> None:
    with people.house.database.writing() as session:
        seed.seed_lines(session, now=clock.now())
    pages = [_html(people.visitor().get(path, headers={"Accept-Language": language})) for path in ("/help", "/")]
    for number in ("988", "741741", "66008"):
        found = [re.findall(rf'href="sms:{number}(?:\?(?:&amp;)?body=(\w+))?"', page) for page in pages]
        assert found[0] == found[1] != [], number
    assert ("HOME" in pages[0], "AYUDA" in pages[0]) == (language == "en", language == "es")


def test_a_place_says_who_may_be_told_and_when_it_was_checked(people: People) -> None:
    _on_board(people)
    page = _html(people.visitor().get("/places/harbor-kitchen"))
    assert "Who may be told:" in page
    assert "No one." in page
    assert re.search(r"Checked \w{3} \d", page)
    assert 'href="tel:+15555550119"' in page


def test_markup_in_a_post_is_shown_as_typed(people: People) -> None:
    _on_board(people, description_en="<script>alert(1)</script>\n\n- <a href='https://x.example'>a</a>")
    page = _html(people.visitor().get("/places/harbor-kitchen"))
    assert "<script>alert" not in page
    assert "<a href='https://x.example'>" not in page


def test_something_wrong_is_asked_before_it_is_noted(people: People) -> None:
    _on_board(people)
    client = people.visitor()
    path = "/places/harbor-kitchen/wrong"
    assert f'href="{path}"' in _html(client.get("/"))
    page = _html(client.get(path))
    assert f'name="next" value="{path}"' in page, "a change of language comes back here"
    empty = client.post(path, data={"csrf_token": csrf(client)})
    assert empty.status_code == 422
    assert f'name="next" value="{path}"' in _html(empty)
    with people.house.database.reading() as session:
        assert session.scalars(select(ListingConcern.id)).all() == []
    said = {"csrf_token": csrf(client), "what": "reach", "note": "Nobody answers"}
    answer = client.post(path, data=said)
    assert answer.status_code == 303
    thanks = _html(client.get(answer.headers["Location"]))
    assert "A person will check this by" in thanks
    assert f'name="next" value="{path}/thanks"' in thanks
    queue = _html(_reviewer(people).http.get("/desk/listings"))
    assert "Nobody answers" in queue
    assert "The phone or link doesn&#39;t work" in queue
    assert client.get("/places/nothing/wrong").status_code == 404


def test_a_hidden_place_does_not_answer_at_its_form_either(people: People) -> None:
    _on_board(people)
    with people.house.database.writing() as session:
        session.execute(update(Organisation).values(verified_until=clock.now() - timedelta(days=1)))
    client = people.visitor()
    assert client.get("/places/harbor-kitchen").status_code == 404
    assert client.get("/places/harbor-kitchen/wrong").status_code == 404
    assert (
        client.post("/places/harbor-kitchen/wrong", data={"csrf_token": csrf(client), "what": "reach"}).status_code
        == 404
    )


def _say(client: FlaskClient, what: str, note: str = "", *, times: int = 1) -> TestResponse:
    data = {"csrf_token": csrf(client), "what": what, "note": note}
    return [client.post("/places/harbor-kitchen/wrong", data=data) for _ in range(times)][-1]


def test_what_one_address_says_about_one_place_is_limited(people: People) -> None:
    _on_board(people)
    client = people.visitor()
    assert _say(client, "hours", times=limits.CONCERN_PLACE.tries).status_code == 303
    refused = _say(client, "hours", "They close at five")
    assert refused.status_code == 429
    assert "Wait" in _html(refused)
    assert "They close at five" in _html(refused), "what was typed is still there"
    with people.house.database.reading() as session:
        assert len(session.scalars(select(ListingConcern.id)).all()) == limits.CONCERN_PLACE.tries


def test_who_says_that_it_is_not_safe_waits_behind_nobody_of_the_same_address(people: People) -> None:
    """A whole shelter shares one address, the people it is unsafe with among them."""
    _on_board(people)
    assert _say(people.visitor(), "hours", times=40).status_code == 429
    assert _say(people.visitor(), "unsafe", times=limits.CONCERN_UNSAFE.tries).status_code == 303
    refused = _say(people.visitor(), "unsafe", "He follows people")
    assert refused.status_code == 429
    assert "He follows people" in _html(refused)


def test_a_kind_that_is_full_is_refused_in_words(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    _on_board(people)
    monkeypatch.setattr(concerns, "MOST_OPEN", 1)
    assert _say(people.visitor(), "hours").status_code == 303
    refused = _say(people.visitor(), "hours", "They close at five")
    assert refused.status_code == 422
    assert "Many people told us the same" in _html(refused)


def test_an_edit_keeps_what_the_form_shows_and_the_old_version_stays(people: People) -> None:
    provider = _on_board(people, tue_opens="09:00", tue_closes="12:00", tue2_opens="13:00", tue2_closes="17:00")
    page = _html(provider.http.get("/services/1"))
    assert 'name="tue2_opens"' in page
    assert 'value="13:00"' in page
    assert provider.post("/services/1", **{**POST, "summary_en": "Soup at 6."}).status_code == 303
    assert "Hot dinner" in _html(people.visitor().get("/places/harbor-kitchen"))
    assert "Your earlier version stays up" in _html(provider.http.get("/services"))
    queue = _html(_reviewer(people).http.get("/desk/listings/2"))
    assert "Was: Hot dinner at 6." in queue


def test_a_post_that_is_not_whole_is_kept_and_says_what_it_needs(people: People) -> None:
    provider = people.provider()
    answer = provider.post("/services/new", **{**POST, "who_may_be_told_en": ""})
    page = _html(answer)
    assert answer.status_code == 422
    assert 'action="/services/1"' in page, "sending again must not make a second post"
    assert 'href="#who_may_be_told"' in page
    assert "Your draft is saved. It was not sent yet." in page
    assert "the first thing youth look for" in page
    assert provider.post("/services/1", **POST).status_code == 303
    with people.house.database.reading() as session:
        assert session.scalars(select(ListingRevision.state)).all() == ["waiting"]


def test_a_mistake_loses_nothing_that_was_typed(people: People) -> None:
    odd = {
        "web": "harbor",
        "mon_opens": "09:00",
        "tue_opens": "09:00",
        "tue_closes": "17:00",
        "fri2_closes": "20:00",
        "minimum_age": "nine",
        "maximum_age": "99",
        "closed_on": "Christmas, 1/1/2027",
        "description_es": "x" * 4001,
        "languages": ["en", "so"],
        "id_needed": "no",
        "cost": "low",
        "time_zone": "America/Denver",
        "pets_welcome": "yes",
        "phone": "call me",
    }
    answer = people.provider().post("/services/new", **{**POST, **odd})
    page = _html(answer)
    assert answer.status_code == 422
    assert "Hot dinner at 6." in page
    for name in ("web", "minimum_age", "maximum_age", "closed_on", "phone"):
        assert re.search(rf'name="{name}"[^>]* value="{odd[name]}"', page), name
    for name in ("mon_opens", "tue_opens", "tue_closes", "fri2_closes"):
        assert re.search(rf'name="{name}"[^>]* value="{odd[name]}"', page), name
    assert re.search(r'name="mon_closes"[^>]* aria-invalid="true"', page), "the time that lacks is pointed at"
    assert '<details class="fold" open>' in page
    assert "x" * 4001 in page
    for name, value in (("languages", "en"), ("languages", "so"), ("pets_welcome", "yes")):
        assert f'name="{name}" value="{value}" checked' in page
    for value in ('"no"', '"low"'):
        assert f"<option value={value} selected>" in page
    assert "<option selected>America/Denver" in page


def test_every_problem_is_said_at_once_and_in_order(people: People) -> None:
    provider = people.provider()
    page = _html(provider.post("/services/new", kind="work", mon_opens="09:00", send="yes"))
    said = re.findall(r'<li><a href="#(\w+)">', page)
    assert said == ["name", "needs", "summary", "who_may_be_told", "description", "phone", "hours"]
    assert re.search(r'name="name"[^>]* value=""', page), "no placeholder of ours in what they typed"
    draft = _html(provider.post("/services/new", kind="work", mon_opens="09:00"))
    assert re.findall(r'<li><a href="#(\w+)">', draft) == ["name", "hours"], "a draft may lack the rest"


def test_the_form_says_what_is_needed(people: People) -> None:
    page = _html(people.provider().http.get("/services/new"))
    assert re.search(r'<label for="name">Name <span class="needed">\(needed, for a draft too\)', page)
    for legend in ("What people find here", "In one line", "Who may be told when a youth comes"):
        assert re.search(rf'<legend>{legend} <span class="needed">\(needed', page), legend
    assert "One way to reach you is needed" in page
    assert " required" not in page, "the browser would stop at the first and hide the rest"


def test_taking_a_post_down_asks_once_and_can_be_undone(people: People) -> None:
    provider = _on_board(people)
    assert 'href="/services/1/withdraw"' in _html(provider.http.get("/services"))
    asked = _html(provider.http.get("/services/1/withdraw"))
    assert "Take “Harbor Kitchen” down?" in asked
    assert people.visitor().get("/places/harbor-kitchen").status_code == 200, "asking changes nothing"
    answer = provider.post("/services/1/withdraw")
    assert people.visitor().get("/places/harbor-kitchen").status_code == 404
    page = _html(provider.http.get(answer.headers["Location"]))
    assert "It is down. You can put it back." in page
    assert 'action="/services/1/put-back"' in page
    answer = provider.post("/services/1/put-back")
    assert "It is back where it was." in _html(provider.http.get(answer.headers["Location"]))
    assert people.visitor().get("/places/harbor-kitchen").status_code == 200
    assert people.provider("Somewhere Else").post("/services/1/put-back").status_code == 404


def test_what_was_done_is_said(people: People) -> None:
    provider, first, second = people.provider(), _reviewer(people), _reviewer(people)
    said = []

    def do(someone: Someone, path: str, **fields: str) -> None:
        answer = someone.post(path, **fields)
        page = _html(someone.http.get(answer.headers["Location"]))
        said.extend(re.findall(r'role="status">.*?<span>(.*?)</span>', page))

    do(provider, "/services/new", **{**POST, "send": ""})
    do(provider, "/services/1", **{**POST, "kind": "work", "description_en": "Desk."})
    do(first, "/desk/listings/1", decision="approve")
    do(second, "/desk/listings/1", decision="approve")
    do(provider, "/services/1", **POST)
    do(first, "/desk/listings/2", decision="return", reason="Say more.")
    assert [line.split(".")[0] for line in said] == [
        "Your draft is saved",
        "Sent",
        "Your yes is saved",
        "Approved",
        "Sent",
        "Returned",
    ]
    assert 'class="done"' not in _html(provider.http.get("/services?done=rubbish"))


def test_a_missing_language_is_told_to_provider_and_reviewer(people: People) -> None:
    provider = people.provider()
    provider.post("/services/new", **POST)
    assert "only in English" in _html(provider.http.get("/services"))
    assert "only in English" in _html(_reviewer(people).http.get("/desk/listings/1"))
    provider.post("/services/1", **{**POST, "summary_es": "Cena.", "who_may_be_told_es": "A nadie."})
    assert "only in English" not in _html(provider.http.get("/services"))


def test_a_reviewer_sees_why_two_are_needed_and_what_the_check_says(people: People) -> None:
    words = "Easy money, no experience. Keep it between us. Text 555-555-0190."
    people.provider().post("/services/new", **{**POST, "kind": "work", "description_en": words})
    page = _html(_reviewer(people).http.get("/desk/listings/1"))
    assert "it offers work, a place to live or travel" in page
    assert "its text holds a contact of its own" in page
    assert "5555550190" in page
    assert "<q>" in page


def test_a_post_that_was_not_screened_says_so(people: People) -> None:
    people.provider().post("/services/new", **POST)
    with people.house.database.writing() as session:
        session.scalars(select(ListingRevision)).one().advice = {"unscreened": True, "rules": [], "marks": []}
    page = _html(_reviewer(people).http.get("/desk/listings/1"))
    assert "The automatic check did not run" in page
    assert "Nothing noticed" not in page


def test_a_place_can_be_checked_taken_down_and_a_line_put_back(people: People) -> None:
    with people.house.database.writing() as session:
        seed.seed_lines(session, now=clock.now())
    reviewer = _reviewer(people)
    assert "Not checked here yet" in _html(people.visitor().get("/places/988"))
    listing = re.search(r"/desk/listings/places/(\d+)\">988", _html(reviewer.http.get("/desk/listings")))
    assert listing is not None
    path = f"/desk/listings/places/{listing.group(1)}"
    assert reviewer.post(f"{path}/checked").status_code == 303
    assert "Open, any hour" in _html(people.visitor().get("/places/988"))
    assert reviewer.post(f"{path}/take-down", reason="").status_code == 422
    assert reviewer.post(f"{path}/take-down", reason="No answer").status_code == 303
    assert people.visitor().get("/places/988").status_code == 404
    assert "No answer" in _html(reviewer.http.get(path))
    assert reviewer.post(f"{path}/put-back").status_code == 303
    assert people.visitor().get("/places/988").status_code == 200


def test_spanish_pages_speak_spanish(people: People) -> None:
    _on_board(people)
    client = people.visitor()
    for path in ("/", "/?need=food", "/places/harbor-kitchen"):
        page = _html(client.get(path, headers={"Accept-Language": "es"}))
        assert 'lang="es"' in page
        assert "A quién le avisan" in page
        assert '<span lang="en">' in page


def _searched(people: People, language: str = "en", **typed: str) -> str:
    client = people.visitor()
    data = {"csrf_token": csrf(client), **typed}
    return _html(client.post("/search", data=data, headers={"Accept-Language": language}))


@pytest.mark.parametrize(
    ("place", "shows", "says"),
    [
        ("60699", True, False),
        ("Riverton", True, False),
        ("60601", True, True),
        ("Riverton 60601", True, False),
        ("90210", False, True),
        ("Xyzzyville", False, True),
        ("", True, False),
    ],
)
def test_a_place_we_have_nothing_in_is_said(people: People, place: str, shows: bool, says: bool) -> None:
    _on_board(people, postal_code="60699")
    page = _searched(people, place=place, need="food")
    assert ("Harbor Kitchen" in page) == shows
    assert (f"Nothing that fits is listed in {place}" in page) == says
    assert bool(re.search(r'href="/\?need=food"[^>]*>Show all places', page)) == says


def test_the_very_zip_comes_before_the_places_around_it(people: People) -> None:
    _on_board(people, postal_code="60601", name="Zebra Kitchen")
    people.provider().post("/services/new", **{**POST, "name": "Apple Kitchen", "postal_code": "60699"})
    _reviewer(people).post("/desk/listings/2", decision="approve", checked="yes")
    page = _searched(people, place="60601")
    assert page.index("Zebra Kitchen") < page.index("Apple Kitchen")


@pytest.mark.parametrize("words", ["tampons", "pads", "shower", "hygiene", "toallas sanitarias", "higiene", "ducha"])
def test_what_a_body_needs_is_found(people: People, words: str) -> None:
    _on_board(people, kind="health", needs="health")
    assert "Harbor Kitchen" in _searched(people, words=words)


def test_a_card_names_the_town_and_nothing_closer(people: People) -> None:
    _on_board(people, address="1 Quay Street", postal_code="60699")
    page = _html(people.visitor().get("/"))
    assert re.search(r'class="fact town">.*?<span>Riverton</span>', page)
    assert "1 Quay Street" not in page
    assert "60699" not in page


def test_text_in_one_language_alone_is_marked(people: People) -> None:
    _on_board(people)
    for path in ("/", "/places/harbor-kitchen"):
        for language, said in (("es", True), ("en", False)):
            page = _html(people.visitor().get(path, headers={"Accept-Language": language}))
            assert ("Solo en inglés" in page or "Only in" in page) == said


def test_spanish_chips_say_the_whole_of_it(people: People) -> None:
    flags = dict.fromkeys(("lgbtq_welcome", "parents_welcome", "pets_welcome", "accessible"), "yes")
    _on_board(people, **flags)
    page = _html(people.visitor().get("/", headers={"Accept-Language": "es"}))
    chips = re.findall(r'<li class="tag">(.*?)</li>', page)
    assert chips == ["Reciben a LGBTQ+", "Puedes ir con tus hijos", "Aceptan mascotas", "Acceso en silla de ruedas"]
