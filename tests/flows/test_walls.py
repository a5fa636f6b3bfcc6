"""Walls between people: another band, a closed room, someone blocked or muted, a card that is not yours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from community import clock
from community.rooms.models import Message, Room
from community.safety.models import Block, Notice
from community.safety.queries import open_notices
from community.safety.service import Note, give_notice
from moderation.core.duties import Duty
from moderation.store.cases import Case, CaseEvent, CaseState
from tests.factories import People, Someone
from tests.flows.test_live_room import heard, join, send

RISKY = "send the money by tonight or i show everyone your picture"


@pytest.fixture
def two(people: People) -> tuple[Someone, Someone]:
    people.room()
    return people.member("paper-comet"), people.member("slow-tuesday")


def one(people: People, model: Any, *where: Any) -> Any:
    with people.house.database.reading() as session:
        return session.scalars(select(model).where(*where)).first()


# ---- who may be in a room


def test_a_closed_room_takes_no_words_from_anyone(people: People, two: tuple[Someone, Someone]) -> None:
    with people.house.database.writing() as session:
        session.execute(update(Room).values(is_open=False))
    assert send(two[0].socket(), "talk", "hi", "c-1")["error"] == "room-closed"
    assert send(people.moderator().socket(), "talk", "hi", "c-2")["error"] == "room-closed"
    assert one(people, Message) is None


@pytest.mark.parametrize("duties", [(), (Duty.INVITE_CREATE, Duty.LISTING_REVIEW)])
def test_staff_who_do_not_read_rooms_are_not_in_them(people: People, duties: tuple[Duty, ...]) -> None:
    people.room()
    socket = people.staff(*duties).socket()
    asks: tuple[tuple[str, dict[str, object]], ...] = (
        ("room:join", {"room": "talk"}),
        ("room:history", {"room": "talk", "before": 9}),
        ("message:send", {"room": "talk", "client_id": "c", "text": "hi"}),
    )
    for name, data in asks:
        assert socket.emit(name, data, callback=True)["error"] == "not-found", name


def test_a_provider_is_in_no_room(people: People) -> None:
    people.room()
    provider = people.provider()
    assert send(provider.socket(), "talk", "hi", "c-1")["error"] == "not-found"
    assert join(provider.socket(), "talk")["error"] == "not-found"
    assert provider.http.get("/rooms/talk").status_code == 404


def test_without_the_rights_page_nothing_of_a_room_is_shown(people: People, two: tuple[Someone, Someone]) -> None:
    send(two[0].socket(), "talk", "words of the room", "c-1")
    newcomer = people.member(rights=False)
    socket = newcomer.socket()
    for answer in (join(socket, "talk"), socket.emit("room:history", {"room": "talk", "before": 99}, callback=True)):
        assert answer["error"] == "rights-first"
    for answer in (newcomer.http.get("/rooms/talk"), newcomer.post("/rooms/talk", text="")):
        assert answer.status_code == 303
        assert "words of the room" not in answer.get_data(as_text=True)


# ---- held words


def test_held_words_reach_nobody_by_any_way(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    listening = ben.socket()
    join(listening, "talk")
    held = send(ana.socket(), "talk", RISKY, "c-1")
    number = held["message"]["id"]
    assert held["state"] == "held"
    assert send(ben.socket(), "talk", "what", "c-2", reply_to=number)["error"] == "reply-gone"
    assert ben.http.get(f"/messages/{number}/report").status_code == 404
    assert ben.post(f"/messages/{number}/withdraw").status_code == 404
    again = join(people.sign_in(ben.account).socket(), "talk", after=0)
    pages = [ben.http.get("/rooms/talk").get_data(as_text=True), str(again), str(heard(listening))]
    assert not [page for page in pages if "picture" in page]


# ---- blocks and mutes


def test_a_mute_hides_one_way_live_and_later(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    sockets = [person.socket() for person in two]
    for socket in sockets:
        join(socket, "talk")
    assert ana.post(f"/people/{ben.id}/mute").status_code == 200
    send(sockets[1], "talk", "from the muted", "c-1")
    send(sockets[0], "talk", "from the muter", "c-2")
    assert [m["text"] for m in heard(sockets[0])] == ["from the muter"]
    assert [m["text"] for m in heard(sockets[1])] == ["from the muted", "from the muter"]
    assert [m["text"] for m in join(sockets[0], "talk")["messages"]] == ["from the muter"]
    assert [m["text"] for m in join(sockets[0], "talk", after=0)["messages"]] == ["from the muter"]
    with people.house.database.writing() as session:
        session.execute(update(Block).values(until=clock.now() - timedelta(seconds=1)))
    assert len(join(sockets[0], "talk")["messages"]) == 2, "a mute ends by itself"


def test_a_mute_never_weakens_a_block(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    ana.post(f"/people/{ben.id}/block")
    ana.post(f"/people/{ben.id}/mute")
    assert one(people, Block).until is None
    ana.post(f"/people/{ben.id}/unblock")
    ana.post(f"/people/{ben.id}/mute")
    assert one(people, Block).until is not None
    ana.post(f"/people/{ben.id}/block")
    assert one(people, Block).until is None


def test_staff_cannot_be_blocked_and_another_band_is_not_there(people: People, two: tuple[Someone, Someone]) -> None:
    ana = two[0]
    older, staff = people.member(band="18-21"), people.moderator()
    for path in ("block", "mute"):
        assert ana.post(f"/people/{older.id}/{path}").status_code == 404
        assert ana.post(f"/people/{staff.id}/{path}").status_code == 422
        assert ana.post(f"/people/{ana.id}/{path}").status_code == 404
    assert one(people, Block) is None


@pytest.mark.parametrize("how", ["block", "mute"])
def test_words_someone_must_not_see_cannot_be_quoted_out(
    people: People, two: tuple[Someone, Someone], how: str
) -> None:
    ana, ben = two
    send(ben.socket(), "talk", "an old line", "old")
    # After a block neither sees the other; after a mute only the one who muted does not.
    blind, seen = (ben, ana) if how == "block" else (ana, ben)
    ana.post(f"/people/{ben.id}/{how}")
    secret = send(seen.socket(), "talk", "secret plan", "c-1")["message"]["id"]
    socket = blind.socket()
    for client_id in ("new", "old"):
        answer = send(socket, "talk", "and", client_id, reply_to=secret)
        assert answer["error"] == "reply-gone"
        assert "secret" not in str(answer)


def test_a_repeated_client_id_answers_with_the_first_quote_only(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    people.room("quiet")
    first = send(ana.socket(), "talk", "first", "c-1")["message"]["id"]
    other = send(ana.socket(), "talk", "other", "c-2")["message"]["id"]
    socket = ben.socket()
    sent = send(socket, "talk", "true", "b-1", reply_to=first)
    assert send(socket, "talk", "true", "b-1", reply_to=other)["message"]["reply"] == sent["message"]["reply"]
    assert send(socket, "quiet", "true", "b-1")["error"] == "bad-request"
    socket.emit("message:withdraw", {"id": sent["message"]["id"]}, callback=True)
    assert send(socket, "talk", "true", "b-1")["message"]["state"] == "withdrawn"


def test_a_quote_goes_only_for_those_who_must_not_see_it(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    cleo, dan = people.member(), people.member()
    sockets = {person.name: person.socket() for person in (ana, ben, cleo, dan)}
    for socket in sockets.values():
        join(socket, "talk")
    said = send(sockets[ben.name], "talk", "words of ben", "c-1")["message"]["id"]
    ana.post(f"/people/{ben.id}/block")
    for socket in sockets.values():
        socket.get_received()
    send(sockets[cleo.name], "talk", "true", "c-2", reply_to=said)
    quotes = {name: [m["reply"]["text"] for m in heard(socket)] for name, socket in sockets.items()}
    assert quotes[ana.name] == [""]
    assert quotes[dan.name] == quotes[cleo.name] == quotes[ben.name] == ["words of ben"]


def test_a_blocked_person_cannot_reach_anyone_by_being_held(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    send(ana.socket(), "talk", "hi", "c-1")
    ana.post(f"/people/{ben.id}/block")
    assert send(ben.socket(), "talk", f"@paper-comet {RISKY}", "c-2")["state"] == "held"
    assert one(people, Notice, Notice.account_id == ana.account.id) is None


# ---- whom a card is for


def test_the_card_goes_to_the_person_named_however_long_they_were_silent(
    people: People, two: tuple[Someone, Someone]
) -> None:
    ana, ben = two
    bystander = people.member("paper")
    send(bystander.socket(), "talk", "hi", "c-1")
    other_band = people.member("loud-otter", band="18-21")
    assert send(ben.socket(), "talk", f"@Paper-Comet, @loud-otter {RISKY}", "c-2")["state"] == "held"
    assert one(people, Notice, Notice.account_id == ana.account.id).kind == "choice-threat"
    assert one(people, Notice, Notice.account_id.in_([bystander.account.id, other_band.account.id])) is None


def test_the_most_protective_card_comes_first_however_many_wait(people: People, two: tuple[Someone, Someone]) -> None:
    ana = two[0]
    with people.house.database.writing() as session:
        for kind in ["talk-sent"] * 12 + ["message-released"] * 12 + ["choice-threat"]:
            give_notice(session, ana.account.id, Note(kind, {}), now=clock.now())
        assert [row.kind for row in open_notices(session, ana.account.id)][:2] == ["choice-threat", "message-released"]


def test_a_card_takes_only_its_own_choices_and_only_once(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    with people.house.database.writing() as session:
        card = give_notice(
            session, ana.account.id, Note("choice-threat", {}, case_id=None, other_id=ben.account.id), now=clock.now()
        ).id
    assert ana.post(f"/notices/{card}/choose", choice="look").status_code == 404
    assert ana.post(f"/notices/{card}/choose", choice="nonsense").status_code == 404
    assert ben.post(f"/notices/{card}/choose", choice="talk").status_code == 404
    for _ in range(3):
        assert ana.post(f"/notices/{card}/choose", choice="talk").status_code == 303
    with people.house.database.reading() as session:
        assert len(session.scalars(select(CaseEvent).where(CaseEvent.event == "asked")).all()) == 1


def test_an_answer_to_the_team_is_given_once_and_cleaned(people: People, two: tuple[Someone, Someone]) -> None:
    ana = two[0]
    ana.post("/talk", text="can we\u202e talk")
    note = one(people, Notice)
    assert one(people, CaseEvent, CaseEvent.event == "asked").text == "can we talk"
    with people.house.database.writing() as session:
        offer = give_notice(
            session, ana.account.id, Note("care-offer", {}, "hi", case_id=note.case_id), now=clock.now()
        ).id
    assert ana.post(f"/notices/{offer}/reply", text="ok").status_code == 303
    assert ana.post(f"/notices/{offer}/reply", text="again").status_code == 404


# ---- staff who are in a case themselves


def test_a_reported_moderator_learns_nothing_of_it(people: People, two: tuple[Someone, Someone]) -> None:
    rowan, avery = people.moderator(name="Rowan"), people.moderator(name="Avery")
    sockets = [person.socket() for person in (rowan, avery)]
    said = send(sockets[0], "talk", "hi all", "c-1")["message"]["id"]
    for socket in sockets:
        socket.get_received()
    assert two[0].post(f"/messages/{said}/report", topic="mean", also="none").status_code == 200
    names = [[event["name"] for event in socket.get_received()] for socket in sockets]
    assert names == [[], ["case:changed"]]
    assert rowan.http.get("/desk/cases/1").status_code == rowan.http.get("/desk/cases/999").status_code == 404
    assert avery.http.get("/desk/cases/1").status_code == 200
    assert 'data-case="1"' not in rowan.http.get("/desk").get_data(as_text=True)
    assert 'data-case="1"' in avery.http.get("/desk").get_data(as_text=True)


def test_a_reported_moderator_is_not_handed_their_own_case(people: People, two: tuple[Someone, Someone]) -> None:
    rowan, avery = _reported(people, two)
    nothing = rowan.post("/desk/next")
    assert (nothing.status_code, nothing.headers["Location"]) == (303, "/desk")
    assert avery.post("/desk/next").headers["Location"] == "/desk/cases/1"


def test_a_reported_moderator_does_not_see_how_it_was_decided(people: People, two: tuple[Someone, Someone]) -> None:
    rowan, avery = _reported(people, two)
    with people.house.database.writing() as session:
        decided = {"state": CaseState.DECIDED, "decided_at": clock.now(), "decided_by": avery.id}
        session.execute(update(Case).values(**decided))
    pages = [person.http.get("/desk/decided").get_data(as_text=True) for person in (rowan, avery)]
    assert ["/desk/cases/1" in page for page in pages] == [False, True]


def _reported(people: People, two: tuple[Someone, Someone]) -> tuple[Someone, Someone]:
    """Two moderators, the first of whom a youth has reported."""
    rowan, avery = people.moderator(name="Rowan"), people.moderator(name="Avery")
    said = send(rowan.socket(), "talk", "hi all", "c-1")["message"]["id"]
    assert two[0].post(f"/messages/{said}/report", topic="mean", also="none").status_code == 200
    return rowan, avery


# ---- erased messages


def test_the_number_of_an_erased_message_never_names_another(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    erased = send(ana.socket(), "talk", "soon gone", "c-1")["message"]["id"]
    with people.house.database.writing() as session:
        session.execute(Message.__table__.delete())  # type: ignore[attr-defined]
        look = Note("choice-held", {"message": erased}, other_id=ana.account.id)
        card = give_notice(session, ben.account.id, look, now=clock.now()).id
    assert send(ana.socket(), "talk", "someone else's words", "c-2")["message"]["id"] > erased
    ben.post(f"/notices/{card}/choose", choice="look")
    assert ben.http.get(f"/notices/{card}/look").status_code == 404
