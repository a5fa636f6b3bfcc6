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
