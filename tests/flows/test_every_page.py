"""Every page anyone may open works in both languages, with Help now and Quick exit in their places."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from community import seed
from community.accounts import demo
from community.accounts.models import Account
from tests.factories import People


def _check(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"Accept-Language": language})
    html = answer.get_data(as_text=True)
    if answer.status_code == 303 or answer.mimetype != "text/html" or "<html" not in html:
        return
    assert answer.status_code in {200, 403, 404}, (path, answer.status_code)
    assert f'lang="{language}"' in html, path
    assert html.index('action="/exit"') < html.index('href="/help"'), path
    assert re.search(r"<title>\s*\S", html), path
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_and_exit_are_on_every_page(people: People, language: str) -> None:
    seed.demo(people.house)
    app = people.wired.app
    paths = [
        re.sub(
            r"<(?:[^:>]+:)?(\w+)>", lambda m: "cedar-street-youth-center" if m.group(1) == "slug" else "1", rule.rule
        )
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    ]
    paths += ["/no-such-page", "/rooms/talk-16-17", "/desk/cases/2", "/desk/cases/3", "/desk/listings/19"]
    with people.house.database.reading() as session:
        accounts = {account.handle: account for account in session.scalars(select(Account))}
    clients = [people.visitor(), *(people.sign_in(accounts[person.name]).http for person in demo.PEOPLE)]
    for client in clients:
        client.set_cookie("lang", language)
        if client is not clients[0]:
            client.post("/language", data={"language": language, "csrf_token": _token(client)})
        for path in paths:
            _check(client, path, language)


def _token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/help").get_data(as_text=True))
    assert found is not None
    return found.group(1)
