"""A database of the board's own, people who post and review, and a short way to put a place on the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from community import ids
from community.accounts.models import Account, Agency, HeldDuty, Organisation
from community.actors import ProviderActor, StaffActor
from community.db import Database
from community.resources import service
from community.resources.content import Content
from community.resources.models import Listing, ListingRevision
from community.resources.search import fold
from moderation.core.duties import Duty

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # a Tuesday, noon in Chicago
TODAY = NOW.date()

KITCHEN = Content(
    name="Harbor Kitchen",
    kind="food",
    needs=("food",),
    summary_en="Hot dinner at 6.",
    summary_es="Cena caliente a las 6.",
    who_may_be_told_en="No one.",
    phone="(555) 555-0119",
    city="Riverton",
    postal_code="60699",
)


@dataclass
class Board:
    """What these tests speak with."""

    database: Database
    provider: ProviderActor
    other_provider: ProviderActor
    reviewers: tuple[StaffActor, StaffActor]

    def put(self, content: Content = KITCHEN, *, checked: date | None = TODAY, **changes: Any) -> int:
        """A place on the board, as if it had been reviewed. Returns its listing id."""
        wanted = replace(content, **changes)
        line = wanted.kind == "line"
        with self.database.writing() as session:
            listing = Listing(
                slug=fold(wanted.name).replace(" ", "-"),
                organisation_id=None if line else self.provider.organisation_id,
                created_at=NOW,
            )
            session.add(listing)
            session.flush()
            version = ListingRevision(
                listing_id=listing.id,
                number=1,
                state="approved",
                author_id=None if line else self.provider.id,
                created_at=NOW,
                submitted_at=NOW,
                decided_at=NOW,
                published_at=NOW,
                assured_date=checked,
                advice={},
            )
            service.fill(version, wanted)
            session.add(version)
            return listing.id


@pytest.fixture
def board(database_url: str) -> Iterator[Board]:
    """A fresh board with two organisations and two reviewers."""
    database = Database(database_url, lambda _queued: None)
    with database.writing() as session:
        agency = Agency(name="Program")
        session.add(agency)
        session.flush()
        providers = [_provider(session, name) for name in ("Harbor House", "Somewhere Else")]
        first, second = (_reviewer(session, agency, name) for name in ("Ortiz", "Avery"))
    yield Board(database, providers[0], providers[1], (first, second))
    database.close()


def _provider(session: Session, name: str) -> ProviderActor:
    proofs = ("proof_seen", "supervisor_called", "background_attested", "code_signed", "trained")
    organisation = Organisation(name=name, verified_until=NOW + timedelta(days=300), **dict.fromkeys(proofs, True))
    session.add(organisation)
    session.flush()
    account = _account(session, "provider", f"{name} desk", organisation_id=organisation.id)
    return ProviderActor(**_actor(account), organisation_id=organisation.id)


def _reviewer(session: Session, agency: Agency, name: str) -> StaffActor:
    account = _account(session, "staff", name, agency_id=agency.id)
    session.add(HeldDuty(account_id=account.id, duty=Duty.LISTING_REVIEW.value))
    return StaffActor(**_actor(account), agency_id=agency.id, duties=frozenset({Duty.LISTING_REVIEW}))


def _account(session: Session, kind: str, name: str, **more: Any) -> Account:
    account = Account(
        public_id=ids.public_id("p"),
        kind=kind,
        handle=name,
        handle_key=name.casefold(),
        passphrase_hash="-",
        language="en",
        created_at=NOW - timedelta(days=100),
        totp_secret="-",
        **more,
    )
    session.add(account)
    session.flush()
    return account


def _actor(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "public_id": account.public_id,
        "name": account.handle,
        "language": "en",
        "theme": "",
        "session_id": 0,
        "shared_device": False,
        "seen_at": account.created_at,
    }
