"""Who a visitor is behind a proxy: as many steps back as the house trusts, and no step more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from community.factory import create_app
from community.limits import network
from community.web import edge
from config import Settings, SettingsError, from_env
from tests.factories import PASSPHRASE, People, csrf

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "h.example",
}


def _seen(settings: Settings, proxies: int) -> tuple[str, str, bool]:
    wired = create_app(replace(settings, proxies=proxies))
    seen = []

    def look() -> str:
        seen.append((edge.address(), edge.request.host, edge.request.is_secure))
        return ""

    look.access = wired.app.view_functions["pages.crisis"].access  # type: ignore[attr-defined]
    wired.app.view_functions["pages.crisis"] = look
    wired.app.test_client().get("/help", headers=FORWARDED)
    wired.house.database.close()
    return seen[0]


def test_with_no_proxy_nothing_a_client_says_is_believed(settings: Settings) -> None:
    assert _seen(settings, 0) == ("127.0.0.1", "localhost", False)


def test_with_one_proxy_its_word_counts_and_the_clients_does_not(settings: Settings) -> None:
    assert _seen(settings, 1) == ("198.51.100.7", "h.example", True)


def test_with_two_the_step_before(settings: Settings) -> None:
    assert _seen(settings, 2)[0] == "203.0.113.9"


def test_people_behind_one_proxy_do_not_share_a_limit(settings: Settings) -> None:
    wired = create_app(replace(settings, proxies=1))
    people = People(wired)
    member = people.member("paper-comet")
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "name": "nobody", "passphrase": "wrong words here"}
    for number in range(70):
        client.post("/sign-in", data={**fields, "name": f"nobody {number}"}, headers={"X-Forwarded-For": "10.0.0.1"})
    fields |= {"name": member.name, "passphrase": PASSPHRASE}
    assert client.post("/sign-in", data=fields, headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 200
    assert client.post("/sign-in", data=fields, headers={"X-Forwarded-For": "10.0.0.2"}).status_code == 303
    wired.house.database.close()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
    ],
)
def test_one_line_is_one_bucket(address: str, counted: str) -> None:
    assert network(address) == counted


def test_too_many_proxies_are_a_mistake() -> None:
    with pytest.raises(SettingsError, match="HAVEN_PROXIES"):
        from_env({"HAVEN_PROXIES": "6"})
