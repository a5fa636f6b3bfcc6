"""Each command does one thing and writes it into the audit, or says in one line why not and does nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from community import cli, seed, standing
from community.accounts.models import Account, HeldDuty, Invite, Organisation
from community.accounts.passphrases import totp_code
from community.clock import now
from community.managing import words
from moderation.core.duties import Duty
from moderation.service import verify_audit
from tests.factories import PASSPHRASE, People, csrf

STEPS = ("--proof-seen", "--supervisor-called", "--background-attested", "--code-signed", "--trained")
UNTIL = ("--until", (now() + timedelta(days=200)).date().isoformat())

Run = Callable[..., Result]


@pytest.fixture
def run(people: People, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Our commands, on the database of this test but through their own connection, as a process of its own would."""
    settings = people.house.settings
    for name, value in {
        "HAVEN_DATA": str(settings.data),
        "HAVEN_DATABASE_URL": settings.database_url,
        "HAVEN_SECRET_KEY": settings.secret_key,
        "HAVEN_PUBLIC_URL": "https://haven.example",
        "HAVEN_ENV": "production",
        "HAVEN_ARGON2_MEMORY_KIB": "64",
        "HAVEN_ARGON2_PASSES": "1",
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *typed, **more: CliRunner().invoke(cli.main, list(typed), **more)


def _events(people: People) -> list[str]:
    with people.house.database.reading() as session:
        assert verify_audit(session) is None
        rows = session.connection().exec_driver_sql("SELECT event FROM mod_audit WHERE actor = 'operator' ORDER BY id")
        return [event for (event,) in rows]


def _account(people: People, name: str) -> Account:
    with people.house.database.reading() as session:
        return session.scalars(select(Account).where(Account.handle == name)).one()


def _shown(result: Result, what: str) -> str:
    assert result.exit_code == 0, result.output
    found = re.search(rf"^ +{what} +(.+)$", result.stdout, re.MULTILINE)
    assert found is not None
    return found.group(1)


def test_what_was_added_is_there_and_in_the_audit(people: People, run: Run) -> None:
    assert run("agency", "add", "Second Program").exit_code == 0
    room = ("room", "add", "music-16-17", "--band", "16-17", "--name-en", "Music", "--name-es", "Música")
    assert run(*room).exit_code == 0
    assert run("organisation", "add", "Cedar Street", *STEPS, *UNTIL).exit_code == 0
    assert run("staff", "add", "Rowan", "--agency", "Second Program", "--duty", "case:read").exit_code == 0
    assert run("provider", "add", "Cedar desk", "--organisation", "Cedar Street").exit_code == 0
    assert _events(people) == [
        "agency.added", "room.added", "organisation.verified", "staff.added", "provider.added",
    ]  # fmt: skip
    assert people.member().http.get("/rooms/music-16-17").status_code == 200


def test_a_start_is_shown_once_and_kept_nowhere(people: People, run: Run, caplog: pytest.LogCaptureFixture) -> None:
    people.agency()
    result = run("staff", "add", "Rowan", "--agency", "Test Program", "--duty", "case:read")
    passphrase, secret = _shown(result, "passphrase"), _shown(result, "app secret")
    assert len(passphrase.split()) == words.COUNT
    assert f"secret={secret}" in _shown(result, "as a link")
    assert "https://haven.example/staff/sign-in" in result.stdout
    database = people.house.database
    database.forget_erased()
    with database.engine.connect() as connection:
        for table in ("account", "mod_audit"):
            assert passphrase not in str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
        assert secret not in str(connection.exec_driver_sql("SELECT * FROM mod_audit").all())
    assert passphrase not in caplog.text
    assert secret not in caplog.text
    assert _account(people, "Rowan").passphrase_until is not None


@pytest.mark.sqlite("its log file")
def test_erasing_says_when_a_backup_keeps_copies_alive(people: People, run: Run, tmp_path: Path) -> None:
    people.agency()
    with closing(sqlite3.connect(tmp_path / "haven.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM agency").fetchone()
        result = run("erase")
        assert result.exit_code == 1
        assert "run this again" in result.stdout
    assert run("erase").exit_code == 0


def test_the_words_are_many_and_plain() -> None:
    assert len(set(words.WORDS)) == len(words.WORDS) == 256
    assert all(re.fullmatch(r"[a-z]{3,8}", word) for word in words.WORDS)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("agency", "add", " "), "the name must be 1 to 120 letters on one line"),
        (("agency", "add", "Test Program"), "there is an agency Test Program already"),
        (("staff", "add", "Rowan", "--agency", "Nowhere", "--duty", "case:read"), "there is no agency Nowhere"),
        (("staff", "add", "Rowan", "--agency", "Test Program"), "Missing option '--duty'"),
        (("staff", "add", "Rowan", "--agency", "Test Program", "--duty", "all"), "'all' is not one of"),
        (("staff", "add", "Paper-Comet", "--agency", "Test Program", "--duty", "case:read"), "Someone has that one"),
        (("staff", "duties", "paper-comet", "--set", "case:read"), "paper-comet is not staff"),
        (
            ("room", "add", "Talk!", "--band", "16-17", "--name-en", "a", "--name-es", "b"),
            "can't be part of an address",
        ),
        (("room", "add", "a", "--band", "10-12", "--name-en", "a", "--name-es", "b"), "'10-12' is not one of"),
        (("room", "close", "nowhere"), "there is no room nowhere"),
        (("organisation", "add", "Cedar", *STEPS[1:], *UNTIL), "do these first and say so: --proof-seen"),
        (("organisation", "add", "Cedar", *STEPS, "--until", "2020-01-01"), "can't be over"),
        (("organisation", "add", "Cedar", *STEPS, "--until", "2099-01-01"), "a year at most"),
        (("organisation", "add", "Cedar", *STEPS, "--until", "soon"), "write the last day as"),
        (("provider", "add", "Cedar desk", "--organisation", "Cedar"), "there is no organisation Cedar"),
        (("account", "end", "nobody-here", "--yes"), "nobody here is called nobody-here"),
        (("account", "end", "paper-comet", "--yes"), "paper-comet is a youth; say --because"),
        (("account", "start-again", "paper-comet"), "nobody else can open a youth's account"),
        (("account", "end", "paper-comet", "--because", "asked"), "stopped; nothing was changed"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_wrong_input_is_one_line_and_changes_nothing(
    people: People, run: Run, typed: tuple[str, ...], why: str
) -> None:
    people.agency()
    people.member("paper-comet")
    result = run(*typed)
    assert result.exit_code == 2
    said = [line for line in result.stderr.splitlines() if not line.startswith("This can't be undone")]
    assert len(said) == 1
    assert said[0].startswith("haven: ")
    assert why in said[0]
    assert _events(people) == []


def test_nothing_real_begins_beside_the_demo_people(people: People, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seed.demo(people.house)
    refused = run("agency", "add", "Second Program")
    assert refused.exit_code == 2
    assert "holds the demo community" in refused.stderr
    monkeypatch.setenv("HAVEN_ENV", "demo")
    assert run("agency", "add", "Second Program").exit_code == 0


def test_an_old_database_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAVEN_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    result = run("agency", "add", "Second Program")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "cli prepare" in result.stderr


def test_a_closed_room_takes_no_message_and_can_be_read(people: People, run: Run) -> None:
    people.room()
    ana = people.member()
    socket = ana.socket()
    message = {"room": "talk", "client_id": "c-1", "text": "hey"}
    assert run("room", "close", "talk").exit_code == 0
    assert socket.emit("message:send", message, callback=True)["error"] == "room-closed"
    assert ana.http.get("/rooms/talk").status_code == 200
    assert run("room", "close", "talk").exit_code == 2
    assert run("room", "open", "talk").exit_code == 0
    assert socket.emit("message:send", message, callback=True)["state"] == "published"
    assert _events(people) == ["room.closed", "room.opened"]


def test_new_duties_hold_at_once_and_everywhere(people: People, run: Run) -> None:
    rowan = people.moderator(name="Rowan")
    socket = rowan.socket()
    result = run("staff", "duties", "Rowan", "--set", "invite:create")
    assert "nobody holds yet: case:read, case:decide, listing:review" in result.stderr
    with people.house.database.reading() as session:
        held = session.scalars(select(HeldDuty.duty).where(HeldDuty.account_id == rowan.account.id)).all()
    assert held == [Duty.INVITE_CREATE.value]
    assert rowan.http.get("/desk").headers["Location"] == "/sign-in"
    standing.sweep(people.house, now=now())
    assert not socket.is_connected()
    assert people.sign_in(rowan.account).http.get("/desk").status_code == 403
    assert run("staff", "duties", "Rowan", "--set", "invite:create").exit_code == 2


def test_a_suspended_organisation_posts_nothing_until_it_is_checked_again(people: People, run: Run) -> None:
    desk = people.provider("Cedar Street", name="Cedar desk")
    other = people.provider("Harbor House", name="Harbor desk").socket()
    socket = desk.socket()
    assert "devices signed out: 1" in run("organisation", "suspend", "Cedar Street").stdout
    assert desk.http.get("/services").status_code == 303
    standing.sweep(people.house, now=now())
    assert not socket.is_connected()
    assert other.is_connected()
    assert run("organisation", "suspend", "Cedar Street").exit_code == 2
    assert run("provider", "add", "Second desk", "--organisation", "Cedar Street").exit_code == 2
    assert run("organisation", "renew", "Cedar Street", *STEPS, *UNTIL).exit_code == 0
    assert people.sign_in(desk.account).http.get("/services").status_code == 200
    with people.house.database.reading() as session:
        cedar = session.scalars(select(Organisation).where(Organisation.name == "Cedar Street")).one()
        assert cedar.is_verified(now())
        assert not cedar.is_verified(now() + timedelta(days=202))


def test_an_ended_account_is_out_everywhere_within_a_look(people: People, run: Run) -> None:
    people.room()
    ana, ben = people.member("paper-comet"), people.member("slow-tuesday")
    phone, socket, talking = people.sign_in(ana.account).socket(), ana.socket(), ben.socket()
    for one in (phone, socket, talking):
        one.emit("room:join", {"room": "talk"}, callback=True)
    assert run("account", "end", "paper-comet", "--because", "lost", "--yes").exit_code == 0
    # From the next event on nothing is answered, though the sockets are still open...
    message = {"room": "talk", "client_id": "c-1", "text": "hey"}
    assert socket.emit("message:send", message, callback=True)["error"] == "session-ended"
    assert socket.emit("room:join", {"room": "talk"}, callback=True)["error"] == "session-ended"
    # ...and the next look closes those that only listen, and no others.
    standing.sweep(people.house, now=now())
    assert not phone.is_connected()
    assert not socket.is_connected()
    assert talking.is_connected()
    assert ana.http.get("/rooms").status_code == 303
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "name": "paper-comet", "passphrase": PASSPHRASE}
    assert client.post("/sign-in", data=fields).status_code == 200
    assert run("account", "end", "paper-comet", "--because", "lost", "--yes").exit_code == 2
    assert _events(people) == ["session.ended", "session.ended", "account.ended"]


def test_codes_of_a_worker_who_left_stop_working(people: People, run: Run) -> None:
    worker = people.staff(Duty.INVITE_CREATE, name="Ms. Rivera")
    worker.post("/invites", band="16-17")
    assert run("account", "end", "Ms. Rivera", "--yes").exit_code == 0
    with people.house.database.reading() as session:
        assert session.scalars(select(Invite)).one().expires_at <= now()


def test_who_lost_their_phone_starts_again_with_a_new_passphrase_and_app(people: People, run: Run) -> None:
    rowan = people.moderator(name="Rowan")
    result = run("account", "start-again", "Rowan")
    assert rowan.http.get("/desk").status_code == 303
    answers = []
    for passphrase, secret in (
        (PASSPHRASE, rowan.account.totp_secret or ""),
        (_shown(result, "passphrase"), rowan.account.totp_secret or ""),
        (_shown(result, "passphrase"), _shown(result, "app secret")),
    ):
        client = people.visitor()
        fields = {"csrf_token": csrf(client), "name": "Rowan", "passphrase": passphrase}
        answers.append(client.post("/staff/sign-in", data={**fields, "code": totp_code(secret, now())}))
    assert [answer.headers.get("Location") for answer in answers] == [None, None, "/staff/passphrase"]
