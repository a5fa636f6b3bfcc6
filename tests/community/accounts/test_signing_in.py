"""Signing in: adults with a code that works once, providers only while verified, everyone with the same refusal."""

from __future__ import annotations

import re
import threading

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from community.accounts.models import Account, Organisation
from community.accounts.passphrases import Passphrases, totp_code
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


def _try(people: People, name: str, passphrase: str, *, client: FlaskClient | None = None, address: str = "") -> int:
    client = client or people.visitor()
    fields = {"csrf_token": csrf(client), "name": name, "passphrase": passphrase}
    origin = {"REMOTE_ADDR": address or "127.0.0.1"}
    return client.post("/sign-in", data=fields, environ_base=origin).status_code


def _strangers(people: People, name: str, tries: int, *, addresses: int) -> None:
    for number in range(tries):
        _try(people, name, "wrong words entirely", address=f"198.51.100.{number % addresses}")


def test_a_code_works_once_even_when_two_use_it_at_the_same_moment(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = people.staff(Duty.CASE_READ)
    code = totp_code(staff.account.totp_secret or "", now())
    both, real, answers = threading.Barrier(2), Passphrases.matches, []

    def together(self: Passphrases, stored: str | None, passphrase: str) -> bool:
        both.wait(10)
        return real(self, stored, passphrase)

    monkeypatch.setattr(Passphrases, "matches", together)
    tries = [threading.Thread(target=lambda: answers.append(_sign_in(people, staff, code))) for _ in range(2)]
    for one in tries:
        one.start()
    for one in tries:
        one.join()
    assert sorted(answers) == [200, 303]


def test_an_organisation_is_spoken_of_only_after_the_code(people: People) -> None:
    provider = people.provider(verified=False)
    said = []
    for code in ("", "000000", totp_code(provider.account.totp_secret or "", now())):
        client = people.visitor()
        fields = {"csrf_token": csrf(client), "name": provider.name, "passphrase": PASSPHRASE, "code": code}
        page = client.post("/staff/sign-in", data=fields).get_data(as_text=True)
        said.append("check is not complete" in page)
    assert said == [False, False, True]


def test_only_what_fails_is_counted(people: People) -> None:
    member = people.member("paper-comet")
    assert {_try(people, member.name, PASSPHRASE) for _ in range(70)} == {303}


def test_strangers_cannot_lock_a_person_out_of_their_own_device(people: People) -> None:
    member, own = people.member("paper-comet"), people.visitor()
    assert _try(people, member.name, PASSPHRASE, client=own) == 303
    own.post("/sign-out", data={"csrf_token": csrf(own)})
    _strangers(people, member.name, 70, addresses=20)
    assert _try(people, member.name, PASSPHRASE, address="203.0.113.1") == 200, "from anywhere else it is closed"
    assert _try(people, member.name, PASSPHRASE, client=own) == 303
    other = people.member("slow-tuesday")
    _strangers(people, other.name, 70, addresses=20)
    assert _try(people, other.name, PASSPHRASE, client=own) == 200, "the device is known for one name only"


def test_a_stranger_at_one_address_locks_out_only_that_address(people: People) -> None:
    member = people.member("paper-comet")
    _strangers(people, member.name, 12, addresses=1)
    assert _try(people, member.name, PASSPHRASE, address="198.51.100.0") == 200
    assert _try(people, member.name, PASSPHRASE, address="203.0.113.1") == 303


def test_a_known_device_has_few_tries_too(people: People) -> None:
    member, own = people.member("paper-comet"), people.visitor()
    _try(people, member.name, PASSPHRASE, client=own)
    for _ in range(10):
        _try(people, member.name, "wrong words entirely", client=own)
    assert _try(people, member.name, PASSPHRASE, client=own) == 200


def test_a_known_device_says_nothing_and_a_shared_or_left_one_is_not_known(people: People) -> None:
    member, own, shared = people.member("paper-comet"), people.visitor(), people.visitor()
    _try(people, member.name, PASSPHRASE, client=own)
    fields = {"csrf_token": csrf(shared), "name": member.name, "passphrase": PASSPHRASE, "shared": "y"}
    shared.post("/sign-in", data=fields)
    mark = own.get_cookie("device")
    assert mark is not None
    assert re.fullmatch(r"[0-9a-f]{24}\.[0-9a-f]{64}", mark.value)
    assert mark.http_only
    assert shared.get_cookie("device") is None
    own.post("/exit")
    assert own.get_cookie("device") is None


def test_tries_from_one_address_are_counted_whatever_the_names(people: People) -> None:
    member = people.member("paper-comet")
    for number in range(60):
        _try(people, f"nobody {number}", "wrong words entirely")
    assert _try(people, member.name, PASSPHRASE) == 200
    assert _try(people, member.name, PASSPHRASE, address="203.0.113.1") == 303


def test_codes_cannot_be_guessed_by_who_has_the_passphrase(people: People) -> None:
    staff = people.staff(Duty.CASE_READ)
    for number in range(10):
        client = people.visitor()
        fields = {"csrf_token": csrf(client), "name": staff.name, "passphrase": PASSPHRASE, "code": "12345"}
        client.post("/staff/sign-in", data=fields, environ_base={"REMOTE_ADDR": f"198.51.100.{number}"})
    assert _sign_in(people, staff, totp_code(staff.account.totp_secret or "", now())) == 200


def test_a_passphrase_that_changed_meanwhile_does_not_sign_in(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    member, real = people.member("paper-comet"), Passphrases.matches

    def slow(self: Passphrases, stored: str | None, passphrase: str) -> bool:
        with people.house.database.writing() as session:
            session.execute(update(Account).values(passphrase_hash="changed"))
        return real(self, stored, passphrase)

    monkeypatch.setattr(Passphrases, "matches", slow)
    assert _try(people, member.name, PASSPHRASE) == 200
