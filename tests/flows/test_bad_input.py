"""Bad input at the edges: a clear refusal or a neutral one, nothing stored, nothing leaked, and the socket lives on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.rooms.models import Message
from tests.factories import People, Someone

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
EVENTS = ("message:send", "message:withdraw", "room:join", "room:history")


def good(**more: object) -> dict[str, object]:
    return {"room": "talk", "client_id": "c", "text": "hi", **more}


def stored(people: People) -> int:
    with people.house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


@pytest.fixture
def ana(people: People) -> Someone:
    people.room()
    return people.member("paper-comet", language="es")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (None, "bad-request"),
        ([], "bad-request"),
        ("hi", "bad-request"),
        (good(text=7), "bad-request"),
        (good(text=None), "bad-request"),
        (good(text=["hi"]), "bad-request"),
        (good(room=1), "bad-request"),
        (good(room=""), "bad-request"),
        (good(room="x" * 41), "bad-request"),
        (good(room="talk\n"), "bad-request"),
        (good(room="../talk"), "not-found"),
        (good(room="talk' OR 1=1 --"), "not-found"),
        (good(client_id=""), "bad-request"),
        (good(client_id="x" * 41), "bad-request"),
        (good(client_id="a\u202eb"), "bad-request"),
        (good(reply_to="1"), "bad-request"),
        (good(reply_to=True), "bad-request"),
        (good(reply_to=-1), "bad-request"),
        (good(reply_to=2**60), "bad-request"),
        (good(reply_to=999), "reply-gone"),
        (good(review="yes"), "bad-request"),
        (good(author="p_someone"), "bad-request"),
        ({"room": "talk", "client_id": "c"}, "bad-request"),
        (good(text=""), "text-empty"),
        (good(text=" \n\t "), "text-empty"),
        (good(text="\u200b\u200d\u2060\u202e"), "text-empty"),
        (good(text="\x00\x07"), "text-empty"),
        (good(text="\u3164 \u2800"), "text-empty"),
        (good(text="x" * 2001), "text-long"),
        (good(text="broken \ud800 half"), "text-broken"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_the_persons_language(
    people: People, ana: Someone, data: object, error: str
) -> None:
    socket = ana.socket()
    answer = socket.emit("message:send", data, callback=True)
    assert answer == {"ok": False, "error": error, "message": answer["message"]}
    assert len(answer["message"]) > 10
    assert "Traceback" not in answer["message"]
    assert stored(people) == 0
    assert socket.emit("message:send", good(), callback=True)["state"] == "published", "the socket lives on"


def test_words_of_refusals_are_in_spanish_for_who_reads_spanish(ana: Someone) -> None:
    answer = ana.socket().emit("message:send", good(text="x" * 2001), callback=True)
    assert answer["message"] == "Es un poco largo. Usa 2.000 letras o menos."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202egnp.exe", "agnp.exe"),
        ("\u2066hidden\u2069 order", "hidden order"),
        ("ring\x07 the bell", "ring the bell"),
        ("  two\r\nlines ", "two\nlines"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("שלום بكم", "שלום بكم"),
        ("zero\u200bwidth", "zero\u200bwidth"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_reordering_marks_go_and_real_writing_stays(ana: Someone, typed: str, kept: str) -> None:
    sent = ana.socket().emit("message:send", good(text=typed), callback=True)
    assert (sent["state"], sent["message"]["text"]) == ("published", kept)


def test_a_client_id_of_someone_else_is_nobodys_business(people: People, ana: Someone) -> None:
    ben = people.member()
    ana.socket().emit("message:send", good(text="from ana"), callback=True)
    mine = ben.socket().emit("message:send", good(text="from ben"), callback=True)
    assert mine["message"]["text"] == "from ben"
    assert stored(people) == 2


def test_a_replayed_client_id_with_other_words_answers_what_is_stored(people: People, ana: Someone) -> None:
    socket = ana.socket()
    first = socket.emit("message:send", good(text="first words"), callback=True)
    again = socket.emit("message:send", good(text="other words"), callback=True)
    assert again["message"]["id"] == first["message"]["id"]
    assert again["message"]["text"] == "first words"
    assert stored(people) == 1


def test_ids_of_other_peoples_messages_look_like_nothing(people: People, ana: Someone) -> None:
    people.room("other", band="18-21")
    older = people.member(band="18-21").socket()
    theirs = older.emit("message:send", good(room="other", text="not for you"), callback=True)["message"]["id"]
    socket = ana.socket()
    missing = socket.emit("message:withdraw", {"id": 999_999}, callback=True)
    assert socket.emit("message:withdraw", {"id": theirs}, callback=True) == missing
    assert socket.emit("message:send", good(reply_to=theirs), callback=True)["error"] == "reply-gone"
    assert ana.http.get(f"/messages/{theirs}/report").status_code == 404


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=st.sampled_from(EVENTS), data=JSON)
def test_no_json_whatever_breaks_an_event(people: People, ana: Someone, event: str, data: Any) -> None:
    people.house.limiter._tries.clear()
    answer = _socket(ana).emit(event, data, callback=True)
    assert answer["ok"] is False
    assert answer["error"] == "bad-request"


_OPEN: dict[int, Any] = {}


def _socket(person: Someone) -> Any:
    """One socket for all examples of a test."""
    key = id(person.http)
    if key not in _OPEN:
        _OPEN.clear()
        _OPEN[key] = person.socket()
    return _OPEN[key]
