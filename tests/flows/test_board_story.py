"""A provider posts, a reviewer who is not its author approves, and any visitor finds it."""

from __future__ import annotations

import re

from moderation.core.duties import Duty
from tests.factories import People, csrf

POST = {
    "name": "Harbor Kitchen",
    "kind": "food",
    "needs": "food",
    "summary_en": "Hot dinner at 6, no questions.",
    "who_may_be_told_en": "Nobody.",
    "phone": "(555) 555-0119",
    "send": "yes",
}


def _board(people: People) -> str:
    return people.visitor().get("/").get_data(as_text=True)


def test_a_post_is_invisible_until_a_reviewer_approves(people: People) -> None:
    provider, reviewer = people.provider(), people.staff(Duty.LISTING_REVIEW)
    assert provider.post("/services/new", **POST).status_code == 303
    assert "Harbor Kitchen" not in _board(people)
    assert people.visitor().get("/places/harbor-kitchen").status_code == 404
    queue = reviewer.http.get("/desk/listings").get_data(as_text=True)
    found = re.search(r"/desk/listings/(\d+)", queue)
    assert found is not None
    assert reviewer.post(found.group(0), decision="approve").status_code == 303
    assert "Harbor Kitchen" in _board(people)
    client = people.visitor()
    answer = client.post("/search", data={"csrf_token": csrf(client), "words": "comida", "place": "", "age": "16"})
    assert "Harbor Kitchen" in answer.get_data(as_text=True)
    assert answer.status_code == 200


def test_a_job_needs_two_reviewers_and_a_return_needs_a_reason(people: People) -> None:
    provider = people.provider()
    first, second = people.staff(Duty.LISTING_REVIEW), people.staff(Duty.LISTING_REVIEW)
    job = {**POST, "kind": "work", "needs": "work", "description_en": "Front desk, 16 an hour, apply at the desk."}
    assert provider.post("/services/new", **job).status_code == 303
    assert first.post("/desk/listings/1", decision="return").status_code == 422
    assert first.post("/desk/listings/1", decision="approve").status_code == 303
    assert "Harbor Kitchen" not in _board(people)
    assert first.post("/desk/listings/1", decision="approve").status_code == 422
    assert second.post("/desk/listings/1", decision="approve").status_code == 303
    assert "Harbor Kitchen" in _board(people)


def test_another_organisation_cannot_touch_it(people: People) -> None:
    people.provider().post("/services/new", **POST)
    other = people.provider("Somewhere Else")
    assert other.http.get("/services/1").status_code == 404
    assert other.post("/services/1", **POST).status_code == 404
    assert other.post("/services/1/withdraw").status_code == 404
