"""A provider's post from draft to review: what is kept, who may touch it, what is screened."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.errors import DomainError, NotFound
from community.resources import reviewing, service
from community.resources.models import Listing, ListingRevision
from moderation import rulebook
from moderation.store.audit import AuditRow
from tests.community.resources.conftest import KITCHEN, NOW, Board

RULES: Any = SimpleNamespace(rulebook=rulebook.load())
NO_RULES: Any = SimpleNamespace(rulebook=None)


def _states(board: Board, listing_id: int) -> list[str]:
    with board.database.reading() as session:
        own = select(ListingRevision.state).where(ListingRevision.listing_id == listing_id)
        return list(session.scalars(own.order_by(ListingRevision.number)))


def _draft(board: Board, **changes: Any) -> int:
    with board.database.writing() as session:
        return service.create(session, board.provider, replace(KITCHEN, **changes), now=NOW).listing_id


def _submit(board: Board, listing_id: int, runtime: Any = RULES) -> dict[str, Any]:
    with board.database.writing() as session:
        return service.submit(session, runtime, board.provider, listing_id, now=NOW).advice


def _save(board: Board, listing_id: int, **changes: Any) -> None:
    with board.database.writing() as session:
        service.save(session, board.provider, listing_id, replace(KITCHEN, **changes), now=NOW)


def test_a_draft_changes_in_place(board: Board) -> None:
    listing = _draft(board)
    _save(board, listing, summary_en="Soup.")
    assert _states(board, listing) == ["draft"]
    with board.database.reading() as session:
        assert service.content_of(service.newest(session, listing)) == replace(KITCHEN, summary_en="Soup.")


def test_an_edit_of_an_approved_post_leaves_it_visible(board: Board) -> None:
    listing = board.put()
    _save(board, listing, summary_en="Soup.")
    assert _states(board, listing) == ["approved", "draft"]


def test_an_edit_takes_a_waiting_version_out_of_review(board: Board) -> None:
    listing = _draft(board)
    _submit(board, listing)
    _save(board, listing, summary_en="Soup.")
    assert _states(board, listing) == ["replaced", "draft"]


def test_nobody_else_may_touch_it(board: Board) -> None:
    listing = _draft(board)
    with board.database.writing() as session:
        for act in (
            lambda: service.save(session, board.other_provider, listing, KITCHEN, now=NOW),
            lambda: service.submit(session, RULES, board.other_provider, listing, now=NOW),
            lambda: service.withdraw(session, board.other_provider, listing, now=NOW),
        ):
            with pytest.raises(NotFound):
                act()


def test_a_provider_cannot_touch_a_national_line_or_make_one(board: Board) -> None:
    line = board.put(name="A line", kind="line")
    with board.database.writing() as session, pytest.raises(NotFound):
        service.save(session, board.provider, line, KITCHEN, now=NOW)
    for kind in ("line", "nonsense"):
        with pytest.raises(DomainError) as refusal:
            _draft(board, kind=kind)
        assert refusal.value.code == "listing-kind"


def test_only_a_whole_draft_can_be_sent_and_only_once(board: Board) -> None:
    listing = _draft(board, who_may_be_told_en="")
    with pytest.raises(DomainError) as refusal:
        _submit(board, listing)
    assert refusal.value.code == "listing-not-ready"
    _save(board, listing)
    _submit(board, listing)
    with pytest.raises(DomainError) as refusal:
        _submit(board, listing)
    assert refusal.value.code == "listing-no-draft"
    assert _states(board, listing) == ["waiting"]


def test_what_the_check_notices_is_kept_as_ids_and_places_and_decides_nothing(board: Board) -> None:
    words = "Easy money, no experience. Keep it between us and message me on another app."
    listing = _draft(board, kind="work", description_en=words)
    advice = _submit(board, listing)
    assert not advice["unscreened"]
    assert advice["marks"]
    assert "between us" not in str(advice)
    assert _states(board, listing) == ["waiting"]


def test_a_check_that_fails_is_said_and_does_not_stop_the_post(board: Board) -> None:
    listing = _draft(board)
    assert _submit(board, listing, NO_RULES)["unscreened"] is True
    assert _states(board, listing) == ["waiting"]


def test_withdrawing_takes_every_version_away(board: Board) -> None:
    listing = board.put()
    _save(board, listing, summary_en="Soup.")
    _submit(board, listing)
    with board.database.writing() as session:
        service.withdraw(session, board.provider, listing, now=NOW)
    assert _states(board, listing) == ["withdrawn", "withdrawn"]
    with board.database.writing() as session:
        with pytest.raises(NotFound):
            service.put_back(session, board.other_provider, listing, now=NOW)
        service.put_back(session, board.provider, listing, now=NOW)
        with pytest.raises(NotFound):
            service.put_back(session, board.provider, listing, now=NOW)
    assert _states(board, listing) == ["approved", "waiting"]


def test_what_a_reviewer_took_down_its_provider_cannot_put_back(board: Board) -> None:
    listing = board.put()
    with board.database.writing() as session:
        reviewing.take_down(session, board.reviewers[0], listing, "The phone is dead.", now=NOW)
        with pytest.raises(NotFound):
            service.put_back(session, board.provider, listing, now=NOW)
    _save(board, listing, summary_en="Soup.")
    with board.database.writing() as session:
        service.withdraw(session, board.provider, listing, now=NOW)
        service.put_back(session, board.provider, listing, now=NOW)
    assert _states(board, listing) == ["withdrawn", "draft"], "not by way of a newer draft either"


def test_same_names_get_different_addresses(board: Board) -> None:
    listings = {_draft(board), _draft(board), _draft(board, name="ñ&¡!")}
    with board.database.reading() as session:
        slugs = list(session.scalars(select(Listing.slug)))
    assert len(set(slugs)) == len(listings) == 3
    assert all(slug and slug.replace("-", "").isalnum() and slug.isascii() for slug in slugs)


def test_the_audit_says_what_happened_without_words(board: Board) -> None:
    listing = _draft(board)
    _submit(board, listing)
    with board.database.reading() as session:
        rows = session.execute(select(AuditRow.event, AuditRow.subject, AuditRow.data)).all()
    assert [row.event for row in rows] == ["listing.drafted", "listing.sent"]
    assert {row.subject for row in rows} == {f"listing:{listing}"}
    assert not any("Harbor" in row.data or "dinner" in row.data for row in rows)


@pytest.mark.parametrize("state", ["approved", "waiting"])
def test_the_database_itself_refuses_two_visible_or_two_in_work(board: Board, state: str) -> None:
    listing = board.put()
    moments = {"submitted_at": NOW, "decided_at": NOW, "published_at": NOW}
    rows = {"listing_id": listing, "state": state, "created_at": NOW, "advice": {}, **moments}
    versions = [ListingRevision(number=number, **rows) for number in (2, 3)]
    for version in versions:
        service.fill(version, KITCHEN)
    with pytest.raises(IntegrityError), board.database.writing() as session:
        session.add_all(versions)
