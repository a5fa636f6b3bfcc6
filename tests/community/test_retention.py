"""Erasing: what is past its time goes, what waits for a person stays, and no copy is left on the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from community import clock, retention
from community.accounts.models import DeviceSession
from community.rooms.models import Message
from moderation import service as moderation
from moderation.core.model import Observation
from moderation.store.evidence import Evidence
from tests.factories import People, Someone

RISKY = "send the money by tonight or i show everyone your picture"


def send(person: Someone, text: str, client_id: str, **more: object) -> dict[str, object]:
    asked = {"room": "talk", "client_id": client_id, "text": text, **more}
    answer: dict[str, object] = person.socket().emit("message:send", asked, callback=True)["message"]
    return answer


def age(people: People, *texts: str) -> None:
    """Make messages a day older than they may be."""
    old = clock.now() - timedelta(days=people.house.settings.chat_days, hours=25)
    with people.house.database.writing() as session:
        session.execute(update(Message).where(Message.text.in_(texts)).values(sent_at=old))


def texts(people: People) -> list[str]:
    with people.house.database.reading() as session:
        return list(session.scalars(select(Message.text).order_by(Message.id)))


def health(people: People) -> tuple[int, str]:
    answer = people.visitor().get("/health", headers={"Accept": "application/json"})
    return answer.status_code, next(part["state"] for part in answer.json["parts"] if part["name"] == "erasing")


@pytest.mark.usefixtures("fresh_health")
def test_chat_goes_after_its_days_and_what_waits_stays(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PAGE", 2)
    people.room()
    ana, ben = people.member(), people.member("paper-comet")
    for number, text in enumerate(("one", "two", "three", RISKY, "four", "new")):
        send(ana, text, f"c-{number}")
    age(people, "one", "two", "three", RISKY, "four")
    assert health(people) == (503, "down")
    retention.sweep(people.house, now=clock.now())
    assert texts(people) == [RISKY, "new"]
    assert health(people) == (200, "ok")
    with people.house.database.reading() as session:
        assert RISKY in session.scalars(select(Evidence.text)).all(), "evidence is a copy"
    assert ben.http.get("/rooms/talk").status_code == 200


def test_an_answer_outlives_what_it_answers(people: People) -> None:
    people.room()
    ana = people.member()
    first = send(ana, "first", "c-1")
    send(ana, "second", "c-2", reply_to=first["id"])
    age(people, "first")
    retention.sweep(people.house, now=clock.now())
    page = ana.http.get("/rooms/talk").get_data(as_text=True)
    assert "second" in page
    assert "first" not in page


def test_memories_sessions_and_codes_go_too(people: People) -> None:
    now = clock.now()
    ana = people.member()
    with people.house.database.writing() as session:
        seen = [Observation(ana.id, None, "age_probe", 1.0, now - timedelta(days=days)) for days in (40, 31, 29)]
        moderation.remember(session, seen)
        session.execute(update(DeviceSession).values(ended_at=now - timedelta(days=31)))
    keeps = people.sign_in(ana.account)
    retention.sweep(people.house, now=now)
    with people.house.database.reading() as session:
        assert len(moderation.load_history(session, {ana.id: ()}, now)[ana.id]) == 1
        assert [row.ended_at for row in session.scalars(select(DeviceSession))] == [None]
    assert keeps.http.get("/you").status_code == 200


@pytest.mark.sqlite("what its files hold; PostgreSQL's are not ours to read")
def test_nothing_of_what_was_erased_is_left_in_the_files(people: People, tmp_path: Path) -> None:
    people.room()
    send(people.member(), "a sentence nobody else writes qwyzzle", "c-1")
    age(people, "a sentence nobody else writes qwyzzle")
    retention.sweep(people.house, now=clock.now())
    files = list(tmp_path.glob("haven.db*"))
    assert files
    assert not [path.name for path in files if b"qwyzzle" in path.read_bytes()]


@contextmanager
def _someone_reads(folder: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a look: `sqlite3 .backup`, a command line."""
    with closing(sqlite3.connect(folder / "haven.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM message").fetchone()
        yield other


def _left(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("haven.db*") if b"qwyzzle" in path.read_bytes()]


@pytest.mark.sqlite("its log file")
def test_copies_that_someone_kept_alive_are_gone_soon_after(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.room()
    send(people.member(), "a sentence nobody else writes qwyzzle", "c-1")
    age(people, "a sentence nobody else writes qwyzzle")
    waits: list[float] = []

    with _someone_reads(tmp_path) as other:

        def end_the_backup(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 1:
                assert _left(tmp_path), "else this test shows nothing"
            if len(waits) == 2:
                other.execute("COMMIT")
            if len(waits) == 3:
                raise KeyboardInterrupt

        monkeypatch.setattr("community.rounds.time.sleep", end_the_backup)
        with pytest.raises(KeyboardInterrupt):
            retention.keep(people.house)
    assert waits == [retention.AGAIN_SECONDS, retention.AGAIN_SECONDS, retention.SWEEP_SECONDS]
    assert _left(tmp_path) == []


@pytest.mark.usefixtures("fresh_health")
@pytest.mark.sqlite("its log file")
def test_health_says_when_copies_stay_for_a_day(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    people.agency()
    with _someone_reads(tmp_path):
        assert retention.sweep(people.house, now=now) is False
        assert health(people) == (200, "ok"), "a backup is no trouble"
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
        assert retention.sweep(people.house, now=now) is False
        assert health(people) == (503, "down")
        page = people.visitor().get("/health").get_data(as_text=True)
        assert "keeps old copies" in page
    assert retention.sweep(people.house, now=now) is True
    assert health(people) == (200, "ok")


def test_a_sweep_that_fails_does_not_end_the_sweeping(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = []

    def broken(*_: object, **__: object) -> None:
        rounds.append(1)
        raise RuntimeError

    def stop_after_two(_seconds: float) -> None:
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(retention, "sweep", broken)
    monkeypatch.setattr("community.rounds.time.sleep", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        retention.keep(people.house)
    assert len(rounds) == 2
