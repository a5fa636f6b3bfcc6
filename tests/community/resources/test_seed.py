"""What a board starts with: every national line, not checked here yet, no retired fact; and the demo's places."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sqlalchemy import select

from community.accounts.models import Account, Organisation
from community.resources import queries, reviewing, seed
from community.resources.content import missing, second_reasons
from community.resources.freshness import Freshness
from community.resources.kinds import LINE_NEEDS
from community.resources.models import ListingReview, ListingRevision
from community.resources.search import Search
from community.resources.service import content_of
from moderation import rulebook
from tests.community.resources.conftest import NOW, Board

LINES = (Path(seed.__file__).parent / "national_lines.toml").read_text(encoding="utf-8")


def _without_comments(source: str) -> str:
    return "\n".join(line for line in source.splitlines() if not line.startswith("#"))


def _seed(board: Board) -> None:
    with board.database.writing() as session:
        first, second = session.scalars(select(Organisation).order_by(Organisation.id))
        names = {"Cedar Street Youth Center": first, "Harbor House": second}
        first.name = "Cedar Street Youth Center"
        session.flush()
        authors = {
            name: session.scalars(select(Account).where(Account.organisation_id == row.id)).one()
            for name, row in names.items()
        }
        second.name = "Harbor House"
        reviewers = session.scalars(select(Account).where(Account.kind == "staff")).all()
        rules = rulebook.load()
        seed.seed(session, organisations=names, author_by_org=authors, reviewers=reviewers, now=NOW, rulebook=rules)


def test_lines_come_once_and_unchecked(board: Board) -> None:
    with board.database.writing() as session:
        assert seed.seed_lines(session, now=NOW) == LINES.count("[[line]]") == 18
        assert seed.seed_lines(session, now=NOW) == 0
        lines = queries.lines(session, now=NOW)
        assert {one.freshness for one in lines} == {Freshness.NEVER}
        assert [one.slug for one in lines[:2]] == ["national-runaway-safeline", "txt-4-help"]
        assert queries.board(session, Search(), now=NOW).total == 0


def test_every_line_is_whole_in_both_languages(board: Board) -> None:
    with board.database.writing() as session:
        seed.seed_lines(session, now=NOW)
        for found in queries.lines(session, now=NOW):
            content = content_of(found.revision)
            assert content.summary_en, found.slug
            assert content.summary_es, found.slug
            assert bool(content.who_may_be_told_en) == bool(content.who_may_be_told_es), found.slug
            assert bool(content.hours_note_en) == bool(content.hours_note_es), found.slug
            assert content.phone or content.text_line or content.web, found.slug
            assert set(content.needs) <= set(LINE_NEEDS), found.slug


def test_a_spanish_word_for_a_text_line_names_its_source() -> None:
    lines = [line for line in tomllib.loads(LINES)["line"] if "text_word_es" in line]
    assert {line["slug"]: line["text_word_es"] for line in lines} == {"988": "AYUDA", "crisis-text-line": "AYUDA"}
    for line in lines:
        host = re.sub(r"https://(www\.)?", "", line["web"])
        assert host in line["text_word_es_source"], "only from the line's own page"


def test_retired_facts_do_not_come_back() -> None:
    said = _without_comments(LINES).casefold()
    assert not re.search(r"273.?8255|press 3|oprime 3|polaris|484.?3731|696.?1996", said)


def test_the_demo_shows_approved_places_and_leaves_two_waiting(board: Board) -> None:
    _seed(board)
    with board.database.reading() as session:
        result = queries.board(session, Search(), now=NOW)
        assert result.total == 5
        versions = session.scalars(select(ListingRevision).where(ListingRevision.author_id.is_not(None))).all()
    assert sorted(version.name for version in versions if version.state == "waiting") == [
        "Bakery summer jobs",
        "Saturday art room",
    ]
    for version in versions:
        content = content_of(version)
        assert set(missing(content)) <= {"who_may_be_told"}, version.name
        assert version.advice["unscreened"] is False
        assert re.sub(r"\D", "", content.phone)[3:8] == "55501", "numbers kept free for fiction"


def test_what_is_on_the_demo_board_was_approved_by_as_many_as_it_needs(board: Board) -> None:
    _seed(board)
    with board.database.reading() as session:
        for version in session.scalars(select(ListingRevision).where(ListingRevision.author_id.is_not(None))):
            given = session.scalars(
                select(ListingReview.reviewer_id).where(ListingReview.revision_id == version.id)
            ).all()
            content = content_of(version)
            needed = reviewing.reviews_needed(content, None) if version.state == "approved" else 0
            assert len(set(given)) == needed, (version.name, second_reasons(content, None))
