"""The database is unwell: Help and Quick exit still work, the rest says so calmly, and /health tells a monitor."""

from __future__ import annotations

import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from community import clock
from community.accounts.models import DeviceSession
from tests.factories import People, Someone

CALM = ["Back in a minute", 'action="/exit"', 'href="/help"']


def _break(people: People) -> None:
    with people.house.database.writing() as session:
        session.execute(text("ALTER TABLE device_session RENAME TO gone"))


def _refuse_writes(people: People) -> None:
    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE", "INSERT", "DELETE")):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(people.house.database.engine, "before_cursor_execute", refuse)


def _unseen(who: Someone) -> None:
    with who.people.house.database.writing() as session:
        session.execute(update(DeviceSession).values(seen_at=clock.now() - timedelta(minutes=5)))


@pytest.mark.parametrize("path", ["/help", "/exit/about", "/rights", "/sign-in"])
def test_pages_that_need_no_one_open_as_for_a_visitor(people: People, path: str) -> None:
    member = people.member()
    _break(people)
    answer = member.http.get(path)
    assert answer.status_code == 200
    assert 'action="/exit"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/rooms", "/you", "/desk", "/no-such-page"])
def test_the_rest_says_so_calmly(people: People, path: str) -> None:
    member = people.member()
    _break(people)
    answer = member.http.get(path)
    assert answer.status_code == (404 if path == "/no-such-page" else 503)
    page = answer.get_data(as_text=True)
    assert all(words in page for words in CALM if path != "/no-such-page" or words != CALM[0])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_that_meets_the_trouble_itself_says_so_too(people: People) -> None:
    with people.house.database.writing() as session:
        session.execute(text("ALTER TABLE listing RENAME TO gone"))
    answer = people.visitor().get("/")
    assert answer.status_code == 503
    assert all(words in answer.get_data(as_text=True) for words in CALM)


@pytest.mark.parametrize("trouble", [_break, _refuse_writes])
def test_leaving_works_when_nothing_can_be_read_or_written(people: People, trouble: Callable[[People], None]) -> None:
    member = people.member()
    trouble(people)
    answer = member.http.post("/exit")
    assert (answer.status_code, answer.headers["Location"]) == (303, people.house.settings.exit_url)
    with member.http.session_transaction() as cookie:
        assert "_user_id" not in cookie


def test_a_page_opens_although_nobody_can_note_that_it_was_asked_for(people: People) -> None:
    member = people.member()
    _unseen(member)
    _refuse_writes(people)
    assert member.http.get("/rooms").status_code == 200


def test_help_leaves_no_trace_and_waits_for_no_writer(people: People) -> None:
    member = people.member()
    _unseen(member)
    with people.house.database.reading() as session:
        before = session.scalars(select(DeviceSession.seen_at)).all()
    member.http.get("/help")
    with people.house.database.reading() as session:
        assert session.scalars(select(DeviceSession.seen_at)).all() == before


def test_a_flood_of_asking_for_health_costs_one_look(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anyone may ask; each look takes the one writer's turn."""
    looks = []

    @contextmanager
    def counted() -> Iterator[Session]:
        looks.append(1)
        with writing() as session:
            yield session

    writing = people.house.database.writing
    monkeypatch.setattr(people.house.database, "writing", counted)
    monkeypatch.setattr("community.web.health.KEEP_SECONDS", 60)
    client = people.visitor()
    assert {client.get("/health").status_code for _ in range(50)} == {200}
    as_json = client.get("/health", headers={"Accept": "application/json"})
    assert [part["state"] for part in as_json.json["parts"]] == ["ok", "ok", "missing", "ok"]
    assert len(looks) == 1


@pytest.mark.usefixtures("fresh_health")
def test_health_tries_to_write(people: People) -> None:
    client = people.visitor()
    assert client.get("/health").status_code == 200
    _refuse_writes(people)
    assert client.get("/health").status_code == 503
    assert "does not answer" in client.get("/health").get_data(as_text=True)


@pytest.mark.sqlite("the disk its file is on")
def test_health_says_when_the_disk_is_almost_full(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(2**40, 2**40, 2**20))
    answer = people.visitor().get("/health")
    assert answer.status_code == 503
    assert "almost out of disk space" in answer.get_data(as_text=True)


def test_an_error_of_the_database_quotes_nobody(people: People) -> None:
    with pytest.raises(DBAPIError) as found, people.house.database.reading() as session:
        session.execute(text("SELECT * FROM nowhere WHERE words = :words"), {"words": "what a person wrote"})
    assert "what a person wrote" not in str(found.value)
