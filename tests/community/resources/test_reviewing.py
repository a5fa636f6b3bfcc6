"""Reviewers: never the author, two where it matters, a reason for every return, the old version until the new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.actors import StaffActor
from community.errors import DomainError, Forbidden, NotFound
from community.resources import reviewing, service
from community.resources.hours import ALWAYS
from community.resources.models import ListingReview, ListingRevision
from community.resources.review_queries import due_rows, mine_rows, off_lines, waiting_rows
from community.resources.reviewing import Decision
from tests.community.resources.conftest import KITCHEN, NOW, Board

RULES: Any = SimpleNamespace(rulebook=None)
YES, NO = Decision(approve=True), Decision(approve=False, reason="Say who may be told.")


def _sent(board: Board, listing_id: int = 0, **changes: Any) -> ListingRevision:
    content = replace(KITCHEN, **changes)
    with board.database.writing() as session:
        if listing_id:
            service.save(session, board.provider, listing_id, content, now=NOW)
        else:
            listing_id = service.create(session, board.provider, content, now=NOW).listing_id
        return service.submit(session, RULES, board.provider, listing_id, now=NOW)


def _decide(
    board: Board, version: ListingRevision, decision: Decision, *, by: int = 0, later: timedelta = timedelta(0)
) -> ListingRevision:
    with board.database.writing() as session:
        return reviewing.decide(session, board.reviewers[by], version.id, decision, now=NOW + later)


def _refused(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def test_one_yes_shows_an_ordinary_post(board: Board) -> None:
    shown = _decide(board, _sent(board), YES)
    assert (shown.state, shown.published_at, shown.assured_date) == ("approved", NOW, None)


def test_a_check_is_dated_by_the_place_and_not_by_utc(board: Board) -> None:
    version = _sent(board)
    with board.database.writing() as session:
        decision = Decision(approve=True, checked=True)
        late = NOW + timedelta(hours=10)  # 4 am UTC the next day, still 10 pm in Chicago
        shown = reviewing.decide(session, board.reviewers[0], version.id, decision, now=late)
    assert shown.assured_date == NOW.date()


@pytest.mark.parametrize("kind", ["work", "housing", "shelter", "travel"])
def test_an_offer_needs_two_different_people(board: Board, kind: str) -> None:
    version = _sent(board, kind=kind, description_en="All of it.")
    assert _decide(board, version, YES).state == "waiting"
    assert _refused(lambda: _decide(board, version, YES)) == "listing-reviewed-already"
    assert _decide(board, version, YES, by=1).state == "approved"


def test_a_changed_phone_needs_two_and_the_old_version_stays_until_then(board: Board) -> None:
    listing = board.put()
    version = _sent(board, listing, phone="(555) 555-0190")
    assert _decide(board, version, YES).state == "waiting"
    with board.database.reading() as session:
        visible = select(ListingRevision.phone).where(ListingRevision.state == "approved")
        assert session.scalars(visible).all() == [KITCHEN.phone]
    _decide(board, version, YES, by=1)
    with board.database.reading() as session:
        assert session.scalars(visible).all() == ["(555) 555-0190"]


def test_taking_a_post_down_first_does_not_smuggle_a_new_phone_past_the_second_reviewer(board: Board) -> None:
    listing = board.put()
    with board.database.writing() as session:
        service.withdraw(session, board.provider, listing, now=NOW)
    version = _sent(board, listing, phone="(555) 555-0190")
    assert _decide(board, version, YES).state == "waiting"


def test_saving_again_does_not_keep_an_earlier_yes(board: Board) -> None:
    first = _sent(board, kind="work", description_en="All of it.")
    _decide(board, first, YES)
    second = _sent(board, first.listing_id, kind="work", description_en="Something else.")
    assert _decide(board, second, YES, by=1).state == "waiting"


def test_a_return_gives_its_reason_and_keeps_the_words(board: Board) -> None:
    version = _sent(board)
    assert _decide(board, version, NO).state == "returned"
    with board.database.reading() as session:
        (mine,) = mine_rows(session, board.provider.organisation_id)
        assert (mine.state, mine.reason) == ("returned", NO.reason)
        assert service.content_of(service.newest(session, version.listing_id)) == KITCHEN
    assert _decide(board, _sent(board, version.listing_id), YES).state == "approved"


def test_a_returned_version_counts_for_nothing_later(board: Board) -> None:
    listing = board.put()
    changed = _sent(board, listing, phone="(555) 555-0190")
    _decide(board, changed, YES)
    _decide(board, changed, NO, by=1)
    again = _sent(board, listing, phone="(555) 555-0190", summary_en="Soup.")
    assert _decide(board, again, YES).state == "waiting"


def test_refusals(board: Board) -> None:
    version = _sent(board)
    assert _refused(lambda: _decide(board, version, Decision(approve=False, reason="  "))) == "listing-reason"
    assert _refused(lambda: _decide(board, version, Decision(approve=False, reason="x" * 501))) == "text-long"
    _decide(board, version, YES)
    assert _refused(lambda: _decide(board, version, YES, by=1)) == "listing-not-waiting"
    with board.database.writing() as session, pytest.raises(NotFound):
        reviewing.decide(session, board.reviewers[0], 999, YES, now=NOW)


def test_the_author_never_reviews_their_own(board: Board) -> None:
    version = _sent(board)
    with board.database.writing() as session:
        session.get_one(ListingRevision, version.id).author_id = board.reviewers[0].id
    assert _refused(lambda: _decide(board, version, YES)) == "listing-own"


def test_without_the_duty_nothing_works(board: Board) -> None:
    version, listing = _sent(board), board.put(name="Other place")
    nobody: StaffActor = replace(board.reviewers[0], duties=frozenset())
    with board.database.writing() as session:
        for act in (
            lambda: reviewing.decide(session, nobody, version.id, YES, now=NOW),
            lambda: reviewing.mark_checked(session, nobody, listing, now=NOW),
            lambda: reviewing.take_down(session, nobody, listing, "wrong", now=NOW),
            lambda: reviewing.put_back(session, nobody, listing, now=NOW),
            lambda: reviewing.close_concern(session, nobody, 1, now=NOW),
        ):
            with pytest.raises(Forbidden):
                act()


def test_the_database_itself_refuses_a_second_review_by_one_person(board: Board) -> None:
    version = _sent(board)
    said = {"revision_id": version.id, "reviewer_id": board.reviewers[0].id, "decision": "approve", "at": NOW}
    with board.database.writing() as session:
        session.add(ListingReview(**said))
    with pytest.raises(IntegrityError), board.database.writing() as session:
        session.add(ListingReview(**said))


@pytest.mark.parametrize(
    ("changes", "kept"), [({"summary_en": "Soup."}, True), ({"hours": ALWAYS, "hours_known": True}, False)]
)
def test_an_earlier_check_holds_only_for_what_was_checked(board: Board, changes: dict[str, Any], kept: bool) -> None:
    listing = board.put()
    shown = _decide(board, _sent(board, listing, **changes), YES)
    assert (shown.assured_date is not None) is kept


def test_a_place_can_be_taken_down_with_a_reason_its_provider_reads(board: Board) -> None:
    listing = board.put()
    with board.database.writing() as session:
        assert (
            _refused(lambda: reviewing.take_down(session, board.reviewers[0], listing, " ", now=NOW))
            == "listing-reason"
        )
        reviewing.take_down(session, board.reviewers[0], listing, "The phone is dead.", now=NOW)
        (mine,) = mine_rows(session, board.provider.organisation_id)
        with pytest.raises(NotFound):
            reviewing.put_back(session, board.reviewers[0], listing, now=NOW)
    assert (mine.state, mine.reason, mine.on_board) == ("withdrawn", "The phone is dead.", False)


def test_a_line_taken_off_by_mistake_comes_back_unchecked(board: Board) -> None:
    line = board.put(name="A line", kind="line")
    with board.database.writing() as session:
        reviewing.take_down(session, board.reviewers[0], line, "No answer.", now=NOW)
        assert off_lines(session) == [(line, "A line")]
        reviewing.put_back(session, board.reviewers[0], line, now=NOW)
        assert off_lines(session) == []
        shown = session.scalars(select(ListingRevision).where(ListingRevision.listing_id == line)).one()
    assert (shown.state, shown.assured_date) == ("approved", None)


def test_what_is_due_for_a_call(board: Board) -> None:
    today = NOW.date()
    board.put(name="Fresh")
    board.put(name="Old place", checked=today - timedelta(days=181))
    board.put(name="Fresh line", kind="line", checked=today - timedelta(days=90))
    board.put(name="Old line", kind="line", checked=today - timedelta(days=91))
    never = board.put(name="Never", checked=None)
    with board.database.writing() as session:
        assert [row.name for row in due_rows(session, now=NOW)] == ["Old line", "Never", "Old place"]
        reviewing.mark_checked(session, board.reviewers[0], never, now=NOW)
        assert [row.name for row in due_rows(session, now=NOW)] == ["Old line", "Old place"]


def test_the_queue_is_oldest_first_and_says_who_has_approved(board: Board) -> None:
    first = _sent(board, name="First", kind="work", description_en="All of it.")
    _sent(board, name="Second")
    _decide(board, first, YES)
    with board.database.reading() as session:
        rows = waiting_rows(session)
    assert [(row.name, row.approvals, row.organisation) for row in rows] == [
        ("First", 1, "Harbor House"),
        ("Second", 0, "Harbor House"),
    ]
