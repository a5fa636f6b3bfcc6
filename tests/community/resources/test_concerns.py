"""Something wrong: said in a tap or words, never empty, no flood, nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.errors import DomainError, NotFound
from community.resources import concerns, reviewing
from community.resources.models import ListingConcern
from community.resources.review_queries import concern_rows
from tests.community.resources.conftest import NOW, Board


def test_what_is_wrong_is_kept_for_the_reviewer(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        concerns.raise_concern(session, "harbor-kitchen", "reach", " Nobody answers. ", now=NOW)
        concerns.raise_concern(session, "harbor-kitchen", "hours", "", now=NOW)
        concerns.raise_concern(session, "harbor-kitchen", "rubbish", "Rude", now=NOW)
        first, second, third = concern_rows(session)
        assert (first.name, first.what, first.note) == ("Harbor Kitchen", "reach", "Nobody answers.")
        assert (second.what, second.note, third.what) == ("hours", "", "other")
        reviewing.close_concern(session, board.reviewers[0], first.id, now=NOW)
        reviewing.close_concern(session, board.reviewers[1], first.id, now=NOW)
        assert [row.id for row in concern_rows(session)] == [second.id, third.id]
        assert session.get_one(ListingConcern, first.id).closed_by == board.reviewers[0].id


def test_nothing_said_is_nothing_kept_and_words_are_short(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        with pytest.raises(DomainError, match="concern-empty"):
            concerns.raise_concern(session, "harbor-kitchen", "", "  ", now=NOW)
        with pytest.raises(DomainError, match="text-long"):
            concerns.raise_concern(session, "harbor-kitchen", "other", "x" * 501, now=NOW)
        assert concern_rows(session) == []


def test_only_what_is_on_the_board_can_be_wrong(board: Board) -> None:
    listing = board.put()
    with board.database.writing() as session:
        reviewing.take_down(session, board.reviewers[0], listing, "gone", now=NOW)
        for slug in ("harbor-kitchen", "nothing"):
            with pytest.raises(NotFound):
                concerns.raise_concern(session, slug, "hours", "", now=NOW)


def test_a_place_that_is_hidden_is_not_there_for_concerns_either(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        assert concerns.findable(session, "harbor-kitchen", now=NOW) == "Harbor Kitchen"
        late = NOW + timedelta(days=301)  # its organisation's verification ran out the day before
        with pytest.raises(NotFound):
            concerns.findable(session, "harbor-kitchen", now=late)
        with pytest.raises(NotFound):
            concerns.raise_concern(session, "harbor-kitchen", "unsafe", "", now=late)


def test_a_flood_of_one_kind_is_refused_and_no_other_kind_with_it(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        for _ in range(20):
            concerns.raise_concern(session, "harbor-kitchen", "hours", "", now=NOW)
        with pytest.raises(DomainError, match="concern-many"):
            concerns.raise_concern(session, "harbor-kitchen", "hours", "They close at 5.", now=NOW)
        concerns.raise_concern(session, "harbor-kitchen", "told", "", now=NOW)
        assert len(concern_rows(session)) == 21


def test_nothing_silences_a_place_that_is_not_safe(board: Board) -> None:
    """Not what strangers say of it, and not how often it was said before."""
    board.put()
    with board.database.writing() as session:
        for what in concerns.WHATS:
            for _ in range(20):
                concerns.raise_concern(session, "harbor-kitchen", what, "x", now=NOW)
        concerns.raise_concern(session, "harbor-kitchen", "unsafe", "A man there follows people.", now=NOW)
        notes = session.scalars(select(ListingConcern.note).where(ListingConcern.what == "unsafe")).all()
        assert (len(notes), notes[-1]) == (21, "A man there follows people.")


def test_what_is_not_safe_comes_first_and_a_jammed_place_hides_no_other(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.resources.review_queries.PAGE", 6)
    board.put()
    board.put(name="Second Place")
    board.put(name="Third Place")
    with board.database.writing() as session:
        for slug, what, times in (
            ("harbor-kitchen", "hours", 9),
            ("harbor-kitchen", "unsafe", 9),
            ("second-place", "reach", 1),
            ("third-place", "unsafe", 1),
        ):
            for _ in range(times):
                concerns.raise_concern(session, slug, what, "", now=NOW)
        rows = concern_rows(session)
        assert [row.what for row in rows] == ["unsafe"] * 6
        assert [row.name for row in rows[:3]] == ["Harbor Kitchen", "Third Place", "Harbor Kitchen"]
        for row in rows:
            reviewing.close_concern(session, board.reviewers[0], row.id, now=NOW)
        rows = concern_rows(session)
        assert [row.what for row in rows] == ["unsafe"] * 4 + ["hours", "reach"]
        assert [row.name for row in rows[4:]] == ["Harbor Kitchen", "Second Place"]


def test_the_table_has_no_room_for_who_said_it() -> None:
    assert set(ListingConcern.__table__.columns.keys()) == {
        "id", "public_id", "listing_id", "what", "note", "created_at", "closed_at", "closed_by",
    }  # fmt: skip
