"""A one-time passphrase opens nothing but choosing another; anyone can change theirs, which signs other devices out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from community.accounts.models import Account, DeviceSession
from community.accounts.passphrases import totp_code
from community.clock import now
from moderation.core.duties import Duty
from tests.factories import PASSPHRASE, People, Someone, csrf

NEW = "kettle moon paper boat"


def _begin(people: People, days: int = 3) -> tuple[FlaskClient, Someone]:
    """A staff person with a one-time passphrase, who has just given it and a fresh code."""
    staff = people.staff(Duty.CASE_READ, name="Rowan")
    with people.house.database.writing() as session:
        until = now() + timedelta(days=days)
        session.execute(update(Account).where(Account.id == staff.account.id).values(passphrase_until=until))
        session.execute(update(DeviceSession).values(ended_at=now()))
    client = people.visitor()
    _sign_in(client, staff, PASSPHRASE)
    return client, staff


def _sign_in(client: FlaskClient, who: Someone, passphrase: str) -> str | None:
    code = totp_code(who.account.totp_secret or "", now())
    fields = {"csrf_token": csrf(client), "name": who.name, "passphrase": passphrase, "code": code}
    return client.post("/staff/sign-in", data=fields).headers.get("Location")


def _choose(client: FlaskClient, new: str) -> tuple[str | None, str]:
    answer = client.post("/staff/passphrase", data={"csrf_token": csrf(client), "new": new})
    return answer.headers.get("Location"), answer.get_data(as_text=True)


def _sessions(people: People, who: Someone) -> int:
    alive = (DeviceSession.account_id == who.account.id, DeviceSession.ended_at.is_(None))
    with people.house.database.reading() as session:
        return len(session.scalars(select(DeviceSession).where(*alive)).all())


def test_a_one_time_passphrase_opens_nothing_but_choosing_another(people: People) -> None:
    client, rowan = _begin(people)
    assert client.get("/desk").headers["Location"] == "/sign-in"
    assert not people.wired.socketio.test_client(people.wired.app, flask_test_client=client).is_connected()
    assert _sessions(people, rowan) == 0
    page = client.get("/staff/passphrase").get_data(as_text=True)
    assert "Hello Rowan" in page
    assert "12 letters or more" in _choose(client, "short")[1]
    assert "You have that one now" in _choose(client, PASSPHRASE)[1]
    assert _choose(client, NEW)[0] == "/desk"
    assert client.get("/desk").status_code == 200
    assert people.wired.socketio.test_client(people.wired.app, flask_test_client=client).is_connected()


def test_it_works_once(people: People) -> None:
    client, rowan = _begin(people)
    old_cookie = client.get_cookie("haven")
    _choose(client, NEW)
    assert old_cookie is not None
    client.set_cookie("haven", old_cookie.value)
    assert client.get("/staff/passphrase").status_code == 422
    with people.house.database.writing() as session:
        session.execute(update(Account).where(Account.id == rowan.account.id).values(totp_step=None))
    assert _sign_in(people.visitor(), rowan, PASSPHRASE) is None
    assert _sign_in(people.visitor(), rowan, NEW) == "/desk"


def test_who_gave_one_that_was_replaced_since_cannot_choose(people: People) -> None:
    """Somebody else saw the first one-time passphrase, so the team gave another: the page the first opened is shut."""
    client, rowan = _begin(people)
    with people.house.database.writing() as session:
        another = people.house.passphrases.hash("another one time passphrase")
        session.execute(update(Account).where(Account.id == rowan.account.id).values(passphrase_hash=another))
    assert "Hello Rowan" not in client.get("/staff/passphrase").get_data(as_text=True)
    assert _choose(client, NEW)[0] is None
    assert _sessions(people, rowan) == 0
    with people.house.database.reading() as session:
        assert session.get_one(Account, rowan.account.id).passphrase_hash == another


def test_it_runs_out(people: People) -> None:
    client, _ = _begin(people, days=-1)
    assert client.get("/staff/passphrase").headers["Location"] == "/staff/sign-in"


def test_the_page_to_choose_closes_after_a_quarter_of_an_hour(people: People) -> None:
    client, _ = _begin(people)
    with client.session_transaction() as cookie:
        cookie["first-passphrase"][2] -= 901
        cookie.modified = True
    assert _choose(client, NEW)[0] == "/staff/sign-in"
    assert client.get("/staff/passphrase").headers["Location"] == "/staff/sign-in"


def test_nobody_chooses_who_did_not_sign_in(people: People) -> None:
    _begin(people)
    assert _choose(people.visitor(), NEW)[0] == "/staff/sign-in"


def test_changing_signs_other_devices_out_and_is_in_the_audit(people: People) -> None:
    ana = people.member("paper-comet")
    phone = people.sign_in(ana.account)
    socket, own = phone.socket(), ana.socket()
    page = ana.post("/you/passphrase", current=PASSPHRASE, new=NEW).get_data(as_text=True)
    assert "Your passphrase is changed" in page
    assert ana.http.get("/you").status_code == 200
    assert own.is_connected()
    assert not socket.is_connected()
    assert phone.http.get("/you").status_code == 303
    with people.house.database.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT actor, data FROM mod_audit WHERE event='passphrase.changed'"
        )
        assert [tuple(row) for row in rows] == [(ana.id, '{"sessions_ended":1}')]
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "name": "paper-comet", "passphrase": NEW}
    assert client.post("/sign-in", data=fields).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("not the right one", NEW, "That is not your passphrase now"),
        (PASSPHRASE, PASSPHRASE, "You have that one now"),
        (PASSPHRASE, "short", "12 letters or more"),
        (PASSPHRASE, "", "This one is needed"),
    ],
)
def test_a_refused_change_changes_nothing(people: People, current: str, new: str, said: str) -> None:
    ana = people.member()
    phone = people.sign_in(ana.account)
    page = ana.post("/you/passphrase", current=current, new=new).get_data(as_text=True)
    assert said in page
    for typed in (current, new):
        assert not typed or f'value="{typed}"' not in page
    assert phone.http.get("/you").status_code == 200


def test_guesses_at_an_open_phone_are_counted(people: People) -> None:
    ana = people.member()
    for _ in range(10):
        ana.post("/you/passphrase", current="not the right one", new=NEW)
    assert "a lot in a short time" in ana.post("/you/passphrase", current=PASSPHRASE, new=NEW).get_data(as_text=True)


def test_who_ended_while_signing_in_stays_out(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = people.member("paper-comet")
    real = people.house.passphrases.matches

    def slow(stored: str | None, passphrase: str) -> bool:
        with people.house.database.writing() as session:
            session.execute(update(Account).where(Account.id == ana.account.id).values(ended_at=now()))
        return real(stored, passphrase)

    monkeypatch.setattr(people.house.passphrases, "matches", slow)
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "name": "paper-comet", "passphrase": PASSPHRASE}
    assert client.post("/sign-in", data=fields).status_code == 200
    with people.house.database.reading() as session:
        assert session.get_one(Account, ana.account.id).ended_at is not None
