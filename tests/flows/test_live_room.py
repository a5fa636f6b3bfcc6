"""Two youth talk in a room: stored before acknowledged, the same order for both, nothing lost or doubled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import People, Someone


def join(socket: Any, room: str, after: int | None = None) -> dict[str, Any]:
    return socket.emit("room:join", {"room": room, "after": after}, callback=True)


def send(socket: Any, room: str, text: str, client_id: str, **more: Any) -> dict[str, Any]:
    return socket.emit("message:send", {"room": room, "client_id": client_id, "text": text, **more}, callback=True)


def heard(socket: Any) -> list[dict[str, Any]]:
    events = [event for event in socket.get_received() if event["name"] == "room:changes"]
    return [message for event in events for message in event["args"][0]["messages"]]


@pytest.fixture
def two(people: People) -> tuple[Someone, Someone]:
    people.room()
    return people.member("paper-comet"), people.member("slow-tuesday")


def test_both_see_the_same_order(two: tuple[Someone, Someone]) -> None:
    ana, ben = (person.socket() for person in two)
    join(ana, "talk")
    join(ben, "talk")
    first = send(ana, "talk", "who else gets 7am texts lol", "c-1")
    second = send(ben, "talk", "mine does. kinda nice tho", "c-2")
    assert first["state"] == second["state"] == "published"
    seen_by_ana, seen_by_ben = heard(ana), heard(ben)
    assert [m["id"] for m in seen_by_ana] == [m["id"] for m in seen_by_ben]
    assert [m["text"] for m in seen_by_ben] == ["who else gets 7am texts lol", "mine does. kinda nice tho"]
    assert seen_by_ben[0]["author"]["name"] == "paper-comet"


def test_a_lost_ack_does_not_double_the_message(two: tuple[Someone, Someone]) -> None:
    ana, ben = (person.socket() for person in two)
    join(ben, "talk")
    first = send(ana, "talk", "hello", "same-id")
    again = send(ana, "talk", "hello", "same-id")
    assert again["message"]["id"] == first["message"]["id"]
    assert len(heard(ben)) == 1
    assert len(join(ben, "talk")["messages"]) == 1


def test_a_second_device_catches_up_from_a_revision(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    talking = ana.socket()
    for number in range(5):
        send(talking, "talk", f"line number {number}", f"c-{number}")
    phone = join(ben.socket(), "talk")
    assert [m["text"] for m in phone["messages"]] == [f"line number {n}" for n in range(5)]
    send(talking, "talk", "while you were away", "c-late")
    missed = join(people.sign_in(ben.account).socket(), "talk", after=phone["revision"])
    assert [m["text"] for m in missed["messages"]] == ["while you were away"]
    assert missed["revision"] == phone["revision"] + 1


def test_older_pages_by_key(two: tuple[Someone, Someone]) -> None:
    ana = two[0].socket()
    for number in range(60):
        send(ana, "talk", f"line {number}", f"c-{number}")
    newest = join(ana, "talk")
    assert newest["more"]
    assert len(newest["messages"]) == 50
    older = ana.emit("room:history", {"room": "talk", "before": newest["messages"][0]["id"]}, callback=True)
    assert [m["text"] for m in older["messages"]] == [f"line {n}" for n in range(10)]
    assert not older["more"]


def test_another_band_cannot_see_join_read_or_write(people: People, two: tuple[Someone, Someone]) -> None:
    send(two[0].socket(), "talk", "only for us", "c-1")
    older = people.member(band="18-21")
    socket = older.socket()
    for answer in (
        join(socket, "talk"),
        join(socket, "no-such-room"),
        socket.emit("room:history", {"room": "talk", "before": 999}, callback=True),
        send(socket, "talk", "hi kids", "c-9"),
    ):
        assert answer == {"ok": False, "error": "not-found", "message": answer["message"]}
    assert older.http.get("/rooms/talk").status_code == 404
    assert "Just talking" not in older.http.get("/rooms").get_data(as_text=True)


def test_ending_a_session_ends_its_socket_at_once(people: People, two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    socket, talking = ana.socket(), ben.socket()
    join(socket, "talk")
    ana.post("/sign-out")
    assert not socket.is_connected()
    send(talking, "talk", "after she left", "c-1")
    stays = people.sign_in(ana.account)
    assert stays.socket().is_connected()


def test_a_message_can_be_taken_back_and_everyone_sees_that(two: tuple[Someone, Someone]) -> None:
    ana, ben = (person.socket() for person in two)
    join(ben, "talk")
    sent = send(ana, "talk", "oh no wrong room", "c-1")
    assert ana.emit("message:withdraw", {"id": sent["message"]["id"]}, callback=True) == {"ok": True}
    last = heard(ben)[-1]
    assert (last["state"], last["text"]) == ("withdrawn", "")
    answer = ben.emit("message:withdraw", {"id": sent["message"]["id"]}, callback=True)
    assert answer["error"] == "not-found"


def test_blocked_people_do_not_see_each_other_live_or_later(two: tuple[Someone, Someone], people: People) -> None:
    ana, ben = two
    third = people.member()
    sockets = [person.socket() for person in (ana, ben, third)]
    for socket in sockets:
        join(socket, "talk")
    assert ana.post(f"/people/{ben.id}/block").status_code == 200
    send(sockets[1], "talk", "can you see this", "c-1")
    send(sockets[0], "talk", "and this", "c-2")
    assert [m["text"] for m in heard(sockets[0])] == ["and this"]
    assert [m["text"] for m in heard(sockets[1])] == ["can you see this"]
    assert len(heard(sockets[2])) == 2
    assert [m["text"] for m in join(sockets[0], "talk")["messages"]] == ["and this"]
    assert [m["text"] for m in join(sockets[1], "talk")["messages"]] == ["can you see this"]


def test_words_of_someone_blocked_are_not_quoted_either(two: tuple[Someone, Someone], people: People) -> None:
    ana, ben = two
    third = people.member()
    sockets = [person.socket() for person in (ana, ben, third)]
    join(sockets[0], "talk")
    said = send(sockets[1], "talk", "words of ben", "c-1")
    assert ana.post(f"/people/{ben.id}/block").status_code == 200
    sockets[0].get_received()
    answer = send(sockets[2], "talk", "true", "c-2", reply_to=said["message"]["id"])
    assert [(m["reply"]["text"], m["reply"]["gone"]) for m in heard(sockets[0])] == [("", "hidden")]
    assert [m["reply"]["gone"] for m in join(sockets[0], "talk")["messages"]] == ["hidden"]
    assert "words of ben" in str(join(sockets[2], "talk"))
    sockets[2].emit("message:withdraw", {"id": answer["message"]["id"]}, callback=True)
    assert "words of ben" not in str(heard(sockets[0]))


def test_a_quote_without_words_says_why(two: tuple[Someone, Someone], people: People) -> None:
    ana, ben = two
    socket = ben.socket()
    muted = send(ana.socket(), "talk", "words of ana", "c-1")
    taken = send(socket, "talk", "words of ben", "c-2")
    for number, said in enumerate((muted, taken)):
        send(socket, "talk", "my answer", f"c-r{number}", reply_to=said["message"]["id"])
    assert ben.post(f"/people/{ana.id}/mute").status_code == 200
    socket.emit("message:withdraw", {"id": taken["message"]["id"]}, callback=True)
    page = ben.http.get("/rooms/talk").get_data(as_text=True).split('id="page-data"')[0]
    assert "aren&#39;t shown here" in page
    assert "This message was taken back." in page
    assert "Staff took this message down" not in page
    assert "words of ana" not in page


def test_without_javascript_a_room_works_by_forms(two: tuple[Someone, Someone]) -> None:
    ana, ben = two
    answer = ana.post("/rooms/talk", text="sent from an old phone", client_id="form-1")
    assert answer.status_code == 303
    assert "sent from an old phone" in ben.http.get("/rooms/talk").get_data(as_text=True)


def test_writing_needs_the_rights_summary_first(people: People) -> None:
    people.room()
    newcomer = people.member(rights=False)
    assert send(newcomer.socket(), "talk", "hi", "c-1")["error"] == "rights-first"
    assert newcomer.http.get("/rooms/talk").headers["Location"].endswith("/rights")
    newcomer.post("/rights")
    assert send(newcomer.socket(), "talk", "hi", "c-1")["state"] == "published"
