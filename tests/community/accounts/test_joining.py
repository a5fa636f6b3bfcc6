"""Joining: a code works once and says nothing when it fails; names that hurt or pose are refused with a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from community.accounts import handles
from community.accounts.models import Invite
from community.accounts.passphrases import problem
from community.clock import now
from moderation.core.duties import Duty
from tests.factories import PASSPHRASE, People, csrf


def _code(people: People) -> str:
    worker = people.staff(Duty.INVITE_CREATE)
    page = worker.post("/invites", band="16-17").get_data(as_text=True)
    found = re.search(r"([A-Z0-9]{5})-([A-Z0-9]{5})", page)
    assert found is not None
    return found.group(0)


def _enter(people: People, code: str) -> tuple[int, str, object]:
    client = people.visitor()
    answer = client.post("/join", data={"csrf_token": csrf(client), "code": code})
    return answer.status_code, answer.get_data(as_text=True), client


def test_a_code_makes_one_member_who_reads_the_rights_first(people: People) -> None:
    code = _code(people)
    status, _, client = _enter(people, code.lower())
    assert status == 303
    fields = {"csrf_token": csrf(client), "name": "kite-mango", "passphrase": PASSPHRASE}  # type: ignore[arg-type]
    answer = client.post("/join/name", data=fields)  # type: ignore[attr-defined]
    assert answer.headers["Location"].endswith("/rights")
    assert _enter(people, code)[0] == 200


def test_wrong_used_and_old_codes_look_the_same(people: People) -> None:
    used, old = _code(people), _code(people)
    with people.house.database.writing() as session:
        session.execute(update(Invite).where(Invite.id == 1).values(used_at=now()))
        session.execute(update(Invite).where(Invite.id == 2).values(expires_at=now() - timedelta(minutes=1)))
    pages = [_enter(people, code)[1] for code in ("NOSUCHCODE", used, old)]
    said = [re.search(r'class="field-error".*?</p>', page, re.DOTALL) for page in pages]
    assert all(said)
    assert len({found.group(0) for found in said if found}) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("kid2009", "name-digits"),
        ("me@mail.com", "name-contact"),
        ("maria-bronx", "name-place"),
        ("p4ut4 puta", "name-word"),
        ("раper-comet", "name-shape"),
        ("a", "name-shape"),
        ("Staff Rowan", "name-team"),
        ("st4ff-rowan", "name-team"),
        ("el equipo", "name-team"),
        ("paper-comet", None),
        ("niño-cometa", None),
        ("owl 22", None),
    ],
)
def test_names(name: str, why: str | None) -> None:
    assert handles.problem(name) == why


@pytest.mark.parametrize("twin", ["Paper-Comet", "papercomet", "pap3r-c0met", "páper comet", "PAPER_COMET"])
def test_two_names_that_look_alike_cannot_both_exist(twin: str) -> None:
    assert handles.key(twin) == handles.key("paper-comet")


def test_a_taken_name_is_refused_in_words_and_the_code_stays_good(people: People) -> None:
    people.member("paper-comet")
    code = _code(people)
    _, _, client = _enter(people, code)
    fields = {"csrf_token": csrf(client), "name": "Paper-Comet", "passphrase": PASSPHRASE}  # type: ignore[arg-type]
    page = client.post("/join/name", data=fields).get_data(as_text=True)  # type: ignore[attr-defined]
    assert "Someone has that one" in page
    assert _enter(people, code)[0] == 303


def test_passphrases() -> None:
    assert problem("short", "x") == "pass-short"
    assert problem("aaaaaaaaaaaaaaa", "x") == "pass-easy"
    assert problem("x" * 201, "x") == "pass-long"
    assert problem(PASSPHRASE, "x") is None


def test_a_code_that_was_lost_can_be_cancelled_by_its_agency_only(people: People) -> None:
    code = _code(people)
    stranger = people.staff(Duty.LISTING_REVIEW)
    assert stranger.post("/invites/1/cancel").status_code == 403
    assert _enter(people, code)[0] == 303
    worker = people.staff(Duty.INVITE_CREATE)
    assert worker.post("/invites/1/cancel").status_code == 303
    assert _enter(people, code)[0] == 200
    assert worker.post("/invites/1/cancel").status_code == 404
