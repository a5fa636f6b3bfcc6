"""Forms behind https: no referrer is asked for, and a form from another site is refused."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from community.factory import Wired
from community.web.origin import is_foreign, is_ours
from tests.factories import People

HTTPS = "https://haven.example"


def _post(client: FlaskClient, **headers: str) -> int:
    page = client.get("/help", base_url=HTTPS).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    fields = {"csrf_token": found.group(1), "language": "es"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/language", data=fields, base_url=HTTPS, headers=named).status_code


@pytest.mark.parametrize("said", [{}, {"Origin": HTTPS}, {"Origin": "null"}, {"Sec_Fetch_Site": "same-origin"}])
def test_a_form_works_over_https_without_a_referrer(people: People, said: dict[str, str]) -> None:
    assert _post(people.visitor(), **said) == 303


@pytest.mark.parametrize(
    "said",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://haven.example.evil.example"},
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_a_token(people: People, said: dict[str, str]) -> None:
    assert _post(people.visitor(), **said) == 403


def test_leaving_works_from_anywhere(people: People) -> None:
    assert people.visitor().post("/exit", headers={"Origin": "https://evil.example"}).status_code == 303


def test_the_address_people_type_counts_even_where_a_proxy_hides_it() -> None:
    assert not is_foreign(HTTPS, None, host="127.0.0.1:8000", public_url=HTTPS + "/")
    assert is_foreign("http://haven.example", None, host="127.0.0.1:8000", public_url=HTTPS)
    assert not is_ours("null", host="null", public_url="")
    assert not is_ours("file://", host="", public_url="")


def test_a_socket_of_another_site_is_refused(wired: Wired) -> None:
    path = "/socket.io/?EIO=4&transport=polling"
    client = wired.app.test_client()
    assert client.get(path, base_url=HTTPS, headers={"Origin": "https://evil.example"}).status_code == 400
    assert client.get(path, base_url=HTTPS, headers={"Origin": "null"}).status_code == 400
