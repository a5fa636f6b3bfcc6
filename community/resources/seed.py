"""What a board starts with: the national lines, always; and invented local places, for the demo only."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from community.accounts.models import Account, Organisation
from community.resources.content import Content
from community.resources.hours import ALWAYS, Opening, opening
from community.resources.kinds import LINE
from community.resources.models import Listing, ListingReview, ListingRevision
from community.resources.reviewing import reviews_needed
from community.resources.search import fold
from community.resources.service import fill, screened
from moderation import service as moderation

FOLDER = Path(__file__).parent
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = frozenset(one.name for one in fields(Content)) - {"hours", "needs", "languages", "kind"}


def seed_lines(session: Session, *, now: datetime) -> int:
    """Put in the national lines this board lacks, each "not checked here yet". Returns how many were added."""
    there = set(session.scalars(select(Listing.slug).where(Listing.organisation_id.is_(None))))
    source = tomllib.loads((FOLDER / "national_lines.toml").read_text(encoding="utf-8"))["line"]
    added = [(position, line) for position, line in enumerate(source, start=1) if line["slug"] not in there]
    for position, line in added:
        listing = Listing(slug=line["slug"], organisation_id=None, position=position, created_at=now)
        session.add(listing)
        session.flush()
        _version(session, listing, _content(line, LINE), state="approved", now=now)
    session.flush()
    return len(added)


def seed(
    session: Session,
    *,
    organisations: Mapping[str, Organisation],
    author_by_org: Mapping[str, Account],
    reviewers: Sequence[Account],
    now: datetime,
    rulebook: Any = None,
) -> None:
    """The lines and the demo's places. Organisations and authors go by organisation name; two reviewers or more.

    Places are screened with `rulebook` like any other; without one they are marked "not screened". Raises KeyError
    when an organisation of the file is not given.
    """
    seed_lines(session, now=now)
    for entry in tomllib.loads((FOLDER / "demo_listings.toml").read_text(encoding="utf-8"))["listing"]:
        organisation, author = organisations[entry["organisation"]], author_by_org[entry["organisation"]]
        content = _content(entry, entry["kind"])
        slug = fold(content.name).replace(" ", "-")
        listing = Listing(slug=slug, organisation_id=organisation.id, created_at=now)
        session.add(listing)
        session.flush()
        version = _version(session, listing, content, state=entry["state"], now=now, author=author)
        version.advice = screened(rulebook, author, listing.id, content, now=now)
        if entry["state"] == "approved":
            version.assured_date = now.date() - timedelta(days=entry["checked"])
            for reviewer in reviewers[: reviews_needed(content, None)]:
                review = {"decision": "approve", "reason": "", "at": now}
                session.add(ListingReview(revision_id=version.id, reviewer_id=reviewer.id, **review))
    session.flush()


def _version(
    session: Session, listing: Listing, content: Content, *, state: str, now: datetime, author: Account | None = None
) -> ListingRevision:
    shown = now if state == "approved" else None
    version = ListingRevision(
        listing_id=listing.id,
        number=1,
        state=state,
        author_id=author.id if author else None,
        created_at=now,
        submitted_at=now if author else None,
        decided_at=shown,
        published_at=shown,
        advice={},
    )
    fill(version, content)
    session.add(version)
    session.flush()
    actor = author.public_id if author else "system"
    event = "listing.approved" if state == "approved" else "listing.sent"
    subject, data = f"listing:{listing.id}", {"revision": version.id, "seed": 1}
    moderation.record(session, actor=actor, event=event, subject=subject, at=now, data=data)
    return version


def _content(entry: Mapping[str, Any], kind: str) -> Content:
    texts: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in entry.items() if name in _TEXTS
    }
    hours = _hours(entry)
    return Content(
        kind=kind,
        needs=tuple(entry["needs"]),
        languages=tuple(entry.get("languages", ())),
        hours=hours,
        hours_known=bool(hours),
        **texts,
    )


def _hours(entry: Mapping[str, Any]) -> tuple[Opening, ...]:
    if entry.get("always"):
        return ALWAYS
    spans = entry.get("hours", [["mon-fri", *entry["weekdays"]]] if "weekdays" in entry else [])
    found = []
    for days, opens, closes in spans:
        first, _, last = days.partition("-")
        week = range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
        found += [opening(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day in week]
    return tuple(found)
