"""Deny by default: every endpoint and socket event says who it is for, and an outsider gets exactly that."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import update

from community.access import Access, Audience, Duty, allowed
from community.accounts.models import DeviceSession
from community.factory import Wired
from community.web.http import ALWAYS_WORKS, OPEN_ENDPOINTS
from community.web.sockets import CHECKS_ITSELF, Sockets
from tests.factories import People

# What anyone at all may open. A new public page is a decision: add it here in the same commit.
PUBLIC = {
    "accounts.join",
    "accounts.join_name",
    "accounts.sign_in",
    "accounts.staff_sign_in",
    "board.index",
    "board.place",
    "board.results",
    "board.search",
    "board.wrong",
    "board.wrong_thanks",
    "pages.crisis",
    "pages.exit_help",
    "pages.health",
    "pages.language",
    "pages.quick_exit",
    "pages.rights",
    "passphrase.first",
}


def test_every_endpoint_says_who_it_is_for(wired: Wired) -> None:
    silent = [
        endpoint
        for endpoint, view in wired.app.view_functions.items()
        if endpoint not in OPEN_ENDPOINTS and not isinstance(getattr(view, "access", None), Access)
    ]
    assert silent == []


def test_the_public_pages_are_these_and_no_others(wired: Wired) -> None:
    open_to_all = {
        endpoint
        for endpoint, view in wired.app.view_functions.items()
        if getattr(view, "access", Access(Audience.STAFF)).audience is Audience.PUBLIC
    }
    assert open_to_all == PUBLIC


def test_an_outsider_is_sent_to_sign_in_or_told_nothing(wired: Wired, people: People) -> None:
    client = people.visitor()
    for rule in wired.app.url_map.iter_rules():
        view = wired.app.view_functions[rule.endpoint]
        rule_access = getattr(view, "access", None)
        if rule.endpoint in OPEN_ENDPOINTS or rule_access is None or rule_access.audience is Audience.PUBLIC:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        if "GET" in (rule.methods or ()):
            answer = client.get(path)
            assert (answer.status_code, answer.headers.get("Location")) == (303, "/sign-in"), rule.endpoint
        if "POST" in (rule.methods or ()):
            assert client.post(path).status_code in {400, 404}, rule.endpoint


def test_a_member_cannot_open_anything_of_staff_or_providers(wired: Wired, people: People) -> None:
    member = people.member()
    for rule in wired.app.url_map.iter_rules():
        rule_access = getattr(wired.app.view_functions[rule.endpoint], "access", None)
        if rule_access is None or rule_access.audience not in {Audience.STAFF, Audience.PROVIDER}:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = member.http.get(path) if "GET" in (rule.methods or ()) else member.post(path)
        assert answer.status_code == 404, rule.endpoint


def test_staff_without_the_duty_are_refused(wired: Wired, people: People) -> None:
    nobody = people.staff()
    for rule in wired.app.url_map.iter_rules():
        rule_access = getattr(wired.app.view_functions[rule.endpoint], "access", None)
        if rule_access is None or not rule_access.duties:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = nobody.http.get(path) if "GET" in (rule.methods or ()) else nobody.post(path)
        assert answer.status_code == 403, rule.endpoint


def test_nothing_marked_means_nobody(people: People) -> None:
    assert not allowed(None, None)
    assert not allowed(people.moderator().actor, None)


def test_only_leaving_works_without_a_token(wired: Wired, people: People) -> None:
    client = people.visitor()
    for rule in wired.app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = client.post(path)
        # Not even "not found": the token is asked for before anything else is looked at.
        assert answer.status_code == (303 if rule.endpoint in ALWAYS_WORKS else 400), rule.endpoint
    assert ALWAYS_WORKS == ("pages.quick_exit",)


SOCKET_EVENTS = {"room:join", "room:history", "message:send", "message:withdraw"}
SAMPLES = {
    "room:join": {"room": "talk"},
    "room:history": {"room": "talk", "before": 1},
    "message:send": {"room": "talk", "client_id": "c", "text": "hi"},
    "message:withdraw": {"id": 1},
}


def test_the_socket_events_are_these_and_no_others(wired: Wired) -> None:
    handlers = wired.socketio.server.handlers["/"]  # type: ignore[attr-defined]
    assert set(handlers) - {"connect", "disconnect"} == SOCKET_EVENTS


def test_an_outsider_cannot_connect(wired: Wired, people: People) -> None:
    assert not wired.socketio.test_client(wired.app, flask_test_client=people.visitor()).is_connected()


@pytest.mark.parametrize("event", sorted(SOCKET_EVENTS))
def test_an_ended_session_can_do_nothing_even_if_its_socket_were_open(people: People, event: str) -> None:
    people.room()
    member = people.member()
    socket = member.socket()
    with people.house.database.writing() as session:
        session.execute(update(DeviceSession).values(ended_at=member.account.created_at))
    answer = socket.emit(event, SAMPLES[event], callback=True)
    assert (answer["ok"], answer["error"]) == (False, "session-ended")


@pytest.mark.parametrize("event", sorted(SOCKET_EVENTS))
@pytest.mark.parametrize(
    "rubbish",
    [None, 7, "text", [], {}, {"room": 5}, {"room": "x" * 4000}, {"extra": 1}, {"id": "1; DROP"}, {"before": -1}],
)
def test_rubbish_is_refused_in_words(people: People, event: str, rubbish: object) -> None:
    people.room()
    answer = people.member().socket().emit(event, rubbish, callback=True)
    assert answer["ok"] is False
    assert answer["error"] in {"bad-request", "not-found"}
    assert answer["message"]


@pytest.mark.parametrize("event", sorted(SOCKET_EVENTS - CHECKS_ITSELF))
def test_the_audience_of_an_event_is_what_decides(wired: Wired, people: People, event: str) -> None:
    """Were an event for staff only, a member would be refused before its handler ran."""
    reached = []
    rows = [
        replace(row, access=Access(Audience.STAFF, frozenset({Duty.CASE_READ})), handle=lambda *_: reached.append(1))
        for row in wired.app.extensions["haven-rooms"].events()
        if row.name == event
    ]
    Sockets(wired.socketio, wired.house, rows, lambda _: None)
    for person in (people.member(), people.provider(), people.staff()):
        answer = person.socket().emit(event, SAMPLES[event], callback=True)
        assert (answer["ok"], answer["error"]) == (False, "closed-to-you")
    assert reached == []


@pytest.mark.parametrize("event", sorted(SOCKET_EVENTS))
def test_who_has_no_business_in_a_room_is_told_there_is_none(people: People, event: str) -> None:
    people.room()
    for person in (people.provider(), people.staff(), people.member(band="18-21")):
        answer = person.socket().emit(event, SAMPLES[event], callback=True)
        assert (answer["ok"], answer["error"]) == (False, "not-found")


def test_an_event_without_an_audience_is_not_registered(wired: Wired) -> None:
    row = next(row for row in wired.app.extensions["haven-rooms"].events() if row.name == "room:join")
    with pytest.raises(ValueError, match="room:join does not say who it is for"):
        Sockets(wired.socketio, wired.house, [replace(row, access=None)], lambda _: None)
    assert {"message:send"} == CHECKS_ITSELF
