"""Going back leads to a page of ours, and nobody ends a device that is not theirs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from community.accounts.models import DeviceSession
from tests.factories import People, csrf


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/rights", "/rights"),
        ("/help?x=1#top", "/help"),
        ("", "/"),
        ("rights", "/"),
        ("https://evil.example/help", "/"),
        ("//evil.example/help", "/"),
        ("///evil.example/help", "/evil.example/help"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https:/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_back_is_a_page_of_ours(people: People, wanted: str, leads: str) -> None:
    client = people.visitor()
    fields = {"csrf_token": csrf(client), "language": "es", "next": wanted}
    assert client.post("/language", data=fields).headers["Location"] == leads


def test_a_device_of_someone_else_cannot_be_ended(people: People) -> None:
    ana, ben = people.member(), people.member()
    with people.house.database.reading() as session:
        theirs = session.scalars(select(DeviceSession.id).where(DeviceSession.account_id == ben.account.id)).one()
    nobodys = ana.post("/sessions/999999/end")
    answer = ana.post(f"/sessions/{theirs}/end")
    assert answer.status_code == nobodys.status_code == 404
    assert ben.http.get("/rooms").status_code == 200
    assert ben.post(f"/sessions/{theirs}/end").status_code == 303
    assert ben.http.get("/rooms").status_code == 303
