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


def test_a_flood_stops_being_stored(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        for _ in range(25):
            concerns.raise_concern(session, "harbor-kitchen", "hours", "", now=NOW)
        assert session.scalars(select(ListingConcern.id)).all() == list(range(1, 21))


def test_the_table_has_no_room_for_who_said_it() -> None:
    assert set(ListingConcern.__table__.columns.keys()) == {
        "id", "public_id", "listing_id", "what", "note", "created_at", "closed_at", "closed_by",
    }  # fmt: skip
