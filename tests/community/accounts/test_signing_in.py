"""Signing in: adults with a code that works once, providers only while verified, everyone with the same refusal."""

from __future__ import annotations

from sqlalchemy import update

from community.accounts.models import Organisation
from community.accounts.passphrases import totp_code
from community.clock import now
from moderation.core.duties import Duty
from tests.factories import PASSPHRASE, People, Someone, csrf


def _sign_in(people: People, who: Someone, code: str = "", path: str = "/staff/sign-in") -> int:
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "name": who.name, "passphrase": PASSPHRASE, "code": code}
    return client.post(path, data=fields).status_code


def test_a_member_signs_in_with_name_and_passphrase(people: People) -> None:
    assert _sign_in(people, people.member("paper-comet"), path="/sign-in") == 303


def test_adults_need_a_fresh_code(people: People) -> None:
    staff = people.staff(Duty.CASE_READ)
    code = totp_code(staff.account.totp_secret or "", now())
    assert _sign_in(people, staff, "000000" if code != "000000" else "111111") == 200
    assert _sign_in(people, staff, path="/sign-in") == 200
    assert _sign_in(people, staff, code) == 303
    assert _sign_in(people, staff, code) == 200


def test_a_provider_needs_a_verified_organisation(people: People) -> None:
    provider = people.provider(verified=True)
    assert provider.http.get("/services").status_code == 200
    with people.house.database.writing() as session:
        session.execute(update(Organisation).values(trained=False))
    assert provider.http.get("/services").status_code == 303
    assert _sign_in(people, provider, totp_code(provider.account.totp_secret or "", now())) == 200


def test_tries_are_counted(people: People) -> None:
    client, wrong = people.visitor(), "wrong words entirely"
    for _ in range(10):
        client.post("/sign-in", data={"csrf_token": csrf(client), "name": "nobody", "passphrase": wrong})
    page = client.post("/sign-in", data={"csrf_token": csrf(client), "name": "nobody", "passphrase": wrong})
    assert "a lot in a short time" in page.get_data(as_text=True)


def test_a_device_signed_out_from_elsewhere_says_so_once(people: People) -> None:
    phone = people.member("paper-comet")
    computer = people.sign_in(phone.account)
    said = "This device was signed out."
    assert said not in people.visitor().get("/sign-in").get_data(as_text=True)
    session_id = phone.actor.session_id
    assert computer.post(f"/sessions/{session_id}/end").status_code == 303
    assert phone.http.get("/rooms").headers["Location"] == "/sign-in"
    page = phone.http.get("/sign-in").get_data(as_text=True)
    assert said in page
    assert said not in phone.http.get("/sign-in").get_data(as_text=True)
    fields = {"csrf_token": csrf(phone.http), "name": phone.name, "passphrase": PASSPHRASE}
    assert phone.http.post("/sign-in", data=fields).status_code == 303
    computer.post("/sign-out")
    assert said not in computer.http.get("/sign-in").get_data(as_text=True)


def test_the_language_can_be_changed_under_you(people: People) -> None:
    member = people.member()
    page = member.http.get("/you").get_data(as_text=True)
    assert 'name="language" value="es" lang="es" aria-pressed="false"' in page
    assert member.post("/language", language="es", next="/you").headers["Location"] == "/you"
    page = member.http.get("/you").get_data(as_text=True)
    assert "Idioma" in page
    assert 'name="language" value="es" lang="es" aria-pressed="true"' in page
