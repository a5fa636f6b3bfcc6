"""Two houses on one database, as a server and a command line are: writers take turns, readers see one moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from community import clock
from community.factory import Wired, create_app
from community.rooms.models import Message
from config import Settings
from moderation import service as moderation
from moderation.core.model import Kind, Ref
from moderation.ports import Staff
from moderation.service import acting, intake, opening
from moderation.store.audit import AuditRow
from moderation.store.cases import Case
from tests.factories import People, Someone

RISKY = "send the money by tonight or i show everyone your picture"


@pytest.fixture
def other(settings: Settings) -> Iterator[Wired]:
    """The second house."""
    made = create_app(settings)
    yield made
    made.house.database.close()


def _at_once(*acts: Callable[[], Any]) -> None:
    """Do all of them at the same moment, and raise what any of them raises."""
    start = Barrier(len(acts))

    def go(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(go, act) for act in acts]:
            done.result(timeout=60)


def _slow(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    """Make whoever has just looked, or locked, wait before going on: where two could meet, they do."""
    original = getattr(module, name)

    def slowly(*args: Any, **options: Any) -> Any:
        found = original(*args, **options)
        time.sleep(0.2)
        return found

    monkeypatch.setattr(module, name, slowly)


def _said(who: Someone, text: str, name: str) -> int:
    answer = who.socket().emit("message:send", {"room": "talk", "client_id": name, "text": text}, callback=True)
    assert answer["ok"], answer
    return int(answer["message"]["id"])


def _report(wired: Wired, reporter: Someone, message_id: int) -> None:
    ref = Ref(Kind.MESSAGE, str(message_id))
    with wired.house.database.writing() as session:
        moderation.report(
            session, wired.house.runtime, ref=ref, reporter_id=reporter.id, topic="mean", note="", at=clock.now()
        )


def _whole(people: People) -> bool:
    with people.house.database.reading() as session:
        return moderation.verify_audit(session) is None


def test_two_arrivals_about_one_person_share_a_case(
    people: People, other: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.room()
    message_id = _said(people.member(), "hello", "c")
    reporters = [people.member(), people.member()]
    _slow(monkeypatch, intake, "_joinable")
    houses = (people.wired, other)
    _at_once(*(lambda h=h, r=r: _report(h, r, message_id) for h, r in zip(houses, reporters, strict=True)))
    with people.house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
    assert _whole(people)


def test_posting_and_moderating_never_wait_for_each_other_for_ever(
    people: People, other: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.room()
    author, moderator = people.member(), people.moderator()
    _said(author, RISKY, "c1")
    with people.house.database.reading() as session:
        case_id = session.scalars(select(Case.id)).one()
    _slow(monkeypatch, opening, "_around")  # posting holds the room and the audit's head, and goes for the case
    _slow(monkeypatch, acting, "locked_case")  # the moderator holds the case, and goes for the audit's head

    def note() -> None:
        staff = Staff(moderator.id, moderator.name, moderator.actor.duties, "en")  # type: ignore[union-attr, attr-defined]
        with other.house.database.writing() as session:
            moderation.note(session, other.house.runtime, staff, case_id, "seen")

    _at_once(lambda: _said(author, RISKY, "c2"), note)
    with people.house.database.reading() as session:
        assert session.scalars(select(Case.version)).one() == 3
    assert _whole(people)


def test_first_links_of_the_audit_do_not_fork(wired: Wired, other: Wired) -> None:
    def write(house: Wired) -> None:
        with house.house.database.writing() as session:
            moderation.record(session, actor="system", event="test", subject="test", at=clock.now())

    _at_once(*(lambda h=h: write(h) for h in (wired, other) * 3))
    with wired.house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 6
        assert moderation.verify_audit(session) is None


def test_what_reads_sees_one_moment(people: People) -> None:
    people.room()
    author = people.member()
    _said(author, "before", "c1")
    count = select(func.count()).select_from(Message)
    with people.house.database.reading() as session:
        before = session.scalar(count)
        _said(author, "meanwhile", "c2")
        assert session.scalar(count) == before
