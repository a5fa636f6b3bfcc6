"""Something wrong: one tap, words once and soon after, no flood, nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.errors import DomainError, NotFound
from community.resources import concerns, reviewing
from community.resources.models import ListingConcern
from community.resources.review_queries import concern_rows
from tests.community.resources.conftest import NOW, Board


def test_one_tap_is_enough_and_words_may_follow_once(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        name = concerns.raise_concern(session, "harbor-kitchen", now=NOW)
        concerns.add_words(session, name, " Nobody answers. ", now=NOW)
        with pytest.raises(NotFound):
            concerns.add_words(session, name, "Other words", now=NOW)
        (row,) = concern_rows(session)
    assert (row.name, row.note) == ("Harbor Kitchen", "Nobody answers.")


def test_words_come_within_the_hour_to_an_open_concern_and_are_short(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        name = concerns.raise_concern(session, "harbor-kitchen", now=NOW)
        with pytest.raises(NotFound):
            concerns.add_words(session, name, "late", now=NOW + timedelta(minutes=61))
        with pytest.raises(NotFound):
            concerns.add_words(session, "w_guess", "x", now=NOW)
        with pytest.raises(DomainError, match="text-long"):
            concerns.add_words(session, name, "x" * 501, now=NOW)
        (row,) = concern_rows(session)
        reviewing.close_concern(session, board.reviewers[0], row.id, now=NOW)
        reviewing.close_concern(session, board.reviewers[1], row.id, now=NOW)
        with pytest.raises(NotFound):
            concerns.add_words(session, name, "closed", now=NOW)
        assert concern_rows(session) == []
        assert session.scalars(select(ListingConcern.closed_by)).one() == board.reviewers[0].id


def test_only_what_is_on_the_board_can_be_wrong(board: Board) -> None:
    listing = board.put()
    with board.database.writing() as session:
        reviewing.take_down(session, board.reviewers[0], listing, "gone", now=NOW)
        for slug in ("harbor-kitchen", "nothing"):
            with pytest.raises(NotFound):
                concerns.raise_concern(session, slug, now=NOW)


def test_a_flood_stops_being_stored(board: Board) -> None:
    board.put()
    with board.database.writing() as session:
        names = [concerns.raise_concern(session, "harbor-kitchen", now=NOW) for _ in range(25)]
        assert session.scalars(select(ListingConcern.id)).all() == list(range(1, 21))
    assert names[20:] == [""] * 5


def test_the_table_has_no_room_for_who_said_it() -> None:
    assert set(ListingConcern.__table__.columns.keys()) == {
        "id", "public_id", "listing_id", "what", "note", "created_at", "closed_at", "closed_by",
    }  # fmt: skip
