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
    worker.post("/invites", band="16-17")
    page = worker.http.get("/invites").get_data(as_text=True)
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
        ("p.u.t.a", "name-word"),
        ("F u c k face", "name-word"),
        ("sh1t-head", "name-word"),
        ("grape-soda", None),
        ("peacock-7", None),
        ("spicy-mango", None),
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


@pytest.mark.parametrize(
    "name",
    [
        "Staff Rowan", "5taff-owl", "ST4FF", "s-t-a-f-f", "stáff", "Moderator", "m0derador", "la moderadora", "adm1n",
        "haven help", "H4ven", "equipo 2", "mod", "M0D fox", "the-team", "personal",
        # read as one word, letters apart, digits beside
        "m.o.d", "t e a m", "m o d fox", "modteam", "ModFox", "themods", "mod2", "2mods", "m0d2", "mod2fox", "t34m 5",
        # plurals, and what else people of a team are called
        "counselors", "consejeros", "moderation", "moderación", "support", "crisis support", "5upport2", "soporte",
        "el apoyo", "case manager", "caseworker 1", "social worker", "trabajadora social", "therapist", "terapeuta",
        "outreach worker", "outreach-team", "psicóloga", "los coordinadores", "help desk", "oficiales", "managers",
        "police", "policía", "policeman",
    ],
)  # fmt: skip
def test_nobody_may_be_called_as_if_of_the_team(name: str) -> None:
    assert handles.problem(name) == "name-team"


@pytest.mark.parametrize(
    "name",
    [
        "modern-owl", "teamwork fox", "personality", "wild-lark", "steam-fox", "stea m", "model-kite", "modest 7",
        "mood-owl", "all modes on", "comodo", "moderate wind", "supportive", "supporter", "unofficial", "manage-it",
        "badminton-fox", "polite-otter", "policy wonk", "help me rhonda", "desk-lamp", "chief-otter", "case-owl",
        "outreach-owl", "social butterfly", "hard worker", "la-luna", "impersonal", "amigo 12", "Rosa M",
    ],
)  # fmt: skip
def test_words_that_only_begin_or_sound_like_the_team_are_fine(name: str) -> None:
    assert handles.problem(name) is None


def test_every_name_we_offer_is_fine() -> None:
    offered = [f"{first}-{second}" for first in handles.FIRST_WORDS for second in handles.SECOND_WORDS]
    assert [name for name in offered if handles.problem(name)] == []


def _joins(people: People, name: str) -> bool:
    """Whether someone with a code can join by this name; they say it is not their real one."""
    _, _, client = _enter(people, _code(people))
    fields = {"csrf_token": csrf(client), "name": name, "sure": name, "passphrase": PASSPHRASE}  # type: ignore[arg-type]
    answer = client.post("/join/name", data=fields)  # type: ignore[attr-defined]
    page = answer.get_data(as_text=True)
    assert answer.status_code == 303 or "Someone has that one, or one that looks like it" in page, page
    return bool(answer.status_code == 303)


@pytest.mark.parametrize("twin", ["Rowan", "r0wan", "R.OWAN", "Rówan", "R-o-w-a-n"])
def test_nobody_may_look_like_someone_of_the_team_or_a_provider(people: People, twin: str) -> None:
    people.staff(Duty.CASE_READ, name="Rowan")
    people.provider(name="Cedar Desk")
    assert not _joins(people, twin)
    assert not _joins(people, "cedar-desk")


@pytest.mark.parametrize(
    ("adult", "name"),
    [
        ("Rowan", "Rowan 2"), ("Rowan", "r0wan11"), ("Rowan", "11 Rowan"), ("Rowan", "Rowan from 3rd"),
        ("Rowan", "Rowam"), ("Rowan", "Rwoan"), ("Rowan", "Rowann"), ("Rowan", "Rowa"), ("Avery", "Avery1"),
        ("Ms. Rivera", "Ms Rivera 2"), ("Ms. Rivera", "Mr. Rivera"), ("Ms. Rivera", "Sra Rivera"),
        ("Ms. Rivera", "rivera"), ("Cedar Street desk", "Cedar Street desk 2"),
    ],
)  # fmt: skip
def test_almost_the_name_of_an_adult_here_is_refused(people: People, adult: str, name: str) -> None:
    people.provider(name=adult) if "desk" in adult else people.staff(Duty.CASE_READ, name=adult)
    assert not _joins(people, name)


def test_a_name_that_only_shares_something_with_an_adults_is_fine(people: People) -> None:
    for adult in ("Rowan", "Avery", "Ms. Rivera", "Al"):
        people.staff(Duty.CASE_READ, name=adult)
    people.provider(name="Cedar Street desk")
    for name in ("rowdy-owl", "brown-owl", "velvet-otter", "river-otter", "cedar-lark", "alba 7", "every-day"):
        assert _joins(people, name), name


def test_youth_may_be_as_alike_as_a_digit(people: People) -> None:
    people.member("paper-comet")
    assert _joins(people, "paper-comet 2")


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("Marisol Perez", True),
        ("José Luis", True),
        ("maria lopez", True),
        ("jake.smith", True),
        ("Anya Del Rio", True),
        ("Quiet Harbor", False),
        ("alex-owl", False),
        ("paper-comet", False),
        ("owl 22", False),
        ("maria", False),
        ("no thanks", False),
    ],
)
def test_what_reads_like_a_first_and_a_last_name(name: str, real: bool) -> None:
    assert handles.looks_real(name) is real


def test_a_name_that_looks_real_is_asked_about_once(people: People) -> None:
    _, _, client = _enter(people, _code(people))
    fields = {"csrf_token": csrf(client), "name": " Marisol  Perez", "passphrase": PASSPHRASE}  # type: ignore[arg-type]
    page = client.post("/join/name", data=fields).get_data(as_text=True)  # type: ignore[attr-defined]
    assert "Is this your real name?" in page
    assert 'name="sure" value="Marisol Perez"' in page
    another = client.post("/join/name", data=fields | {"sure": "Marisol Perez", "name": "Ana Torres"})  # type: ignore[attr-defined]
    assert "Is this your real name?" in another.get_data(as_text=True)
    answer = client.post("/join/name", data=fields | {"sure": "Marisol Perez"})  # type: ignore[attr-defined]
    assert answer.status_code == 303


def test_a_reload_makes_no_second_code_and_shows_the_first_no_more(people: People) -> None:
    worker = people.staff(Duty.INVITE_CREATE)
    assert worker.post("/invites", band="16-17").status_code == 303
    first, second = (worker.http.get("/invites").get_data(as_text=True) for _ in range(2))
    assert "invite-big" in first
    assert "invite-big" not in second
