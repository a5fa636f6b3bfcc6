"""What no page of ours sends is refused in words, never answered with a fault: SQLite would let much of it through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from moderation.core.duties import Duty
from tests.factories import People, csrf

# Beyond 32 bits, beyond 64, and beyond what Python reads from digits.
NUMBERS = ("3000000000", str(2**70), "9" * 5000)
ENDINGS = {"pages.quick_exit", "accounts.sign_out"}


def _everyone(people: People) -> list[FlaskClient]:
    reviewer = people.staff(Duty.LISTING_REVIEW)
    someone = (people.member(), people.moderator(), reviewer, people.provider())
    return [people.visitor(), *(one.http for one in someone)]


def _paths(rules: Iterator[Rule], number: str) -> list[tuple[str, str]]:
    """Method and path of every page with something to fill in, numbers with `number`, words with a NUL in them."""
    found = []
    for rule in rules:
        if "<" in rule.rule and rule.endpoint != "static":
            fill = re.sub(r"<[^<>]+:\w+>", number, rule.rule)
            path = re.sub(r"<\w+>", "a%00b", fill)
            found += [(method, path) for method in ("GET", "POST") if method in (rule.methods or ())]
    return found


@pytest.mark.parametrize("number", NUMBERS, ids=("over-32-bits", "over-64-bits", "5000-digits"))
def test_an_address_no_row_can_have_is_not_found(people: People, number: str) -> None:
    people.room()
    paths = _paths(people.wired.app.url_map.iter_rules(), number)
    assert len(paths) > 30
    for client in _everyone(people):
        token = csrf(client)
        for method, path in paths:
            data = {"csrf_token": token} if method == "POST" else None
            status = client.open(path, method=method, data=data).status_code
            assert status in {303, 403, 404, 405}, (method, path[:60], status)


def test_a_form_with_a_nul_is_turned_away_everywhere(people: People) -> None:
    people.room()
    posts = [
        rule.rule
        for rule in people.wired.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and "<" not in rule.rule and rule.endpoint not in ENDINGS
    ]
    assert len(posts) > 8
    for client in _everyone(people):
        token = csrf(client)
        for path in [*posts, "/rooms/talk"]:
            answer = client.post(path, data={"csrf_token": token, "text": "a\0b", "name": "a\0b", "code": "\0"})
            assert answer.status_code in {303, 400, 403, 404}, (path, answer.status_code)
        assert client.get("/?need=a%00b").status_code == 400


def test_numbers_of_no_version_and_no_break_are_refused(people: People) -> None:
    people.room()
    member, moderator = people.member(), people.moderator()
    sent = {"room": "talk", "client_id": "c", "text": "hello", "review": True}
    assert member.socket().emit("message:send", sent, callback=True)["state"] == "held"
    decision = {"guideline": "care", "confidence": "low", "reason": "x", "told": "x", "line-message:1": "release"}
    for version in NUMBERS:
        assert moderator.post("/desk/cases/1/decide", version=version, **decision).status_code == 409
    for hours in NUMBERS:
        fields = {**decision, f"break-{member.id}": hours}
        assert moderator.post("/desk/cases/1/decide", version="1", **fields).status_code == 422
