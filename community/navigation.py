"""Which pages stand in the menu, for whom. Pure: an actor and the present endpoint in, rows out."""

from __future__ import annotations

from dataclasses import dataclass

from community.access import Access, Audience, Duty, allowed
from community.actors import AnyActor


@dataclass(frozen=True, slots=True)
class Item:
    """One menu row. `current` is True for the section the present page belongs to."""

    endpoint: str
    text_id: str
    icon: str
    current: bool


_PAGES = (
    ("board.index", "nav-help", "search", Access(Audience.PUBLIC)),
    ("rooms.index", "nav-rooms", "chat", Access(Audience.MEMBER)),
    ("rooms.index", "nav-rooms", "chat", Access(Audience.STAFF, frozenset({Duty.CASE_READ}))),
    ("listings.mine", "nav-services", "post", Access(Audience.PROVIDER)),
    ("desk.queue", "nav-desk", "desk", Access(Audience.STAFF, frozenset({Duty.CASE_READ}))),
    ("listings.review", "nav-review", "checked", Access(Audience.STAFF, frozenset({Duty.LISTING_REVIEW}))),
    ("invites.index", "nav-invites", "code", Access(Audience.STAFF, frozenset({Duty.INVITE_CREATE}))),
    ("you.index", "nav-you", "person", Access(Audience.SIGNED_IN)),
)

_HOMES = ("desk.queue", "listings.review", "listings.mine", "invites.index", "rooms.index", "you.index")


def items(actor: AnyActor | None, endpoint: str | None) -> list[Item]:
    """The rows this person may open, in order."""
    here = (endpoint or "").partition(".")[0]
    section = {"reports": "rooms", "safety": "you", "passphrase": "you"}.get(here, here)
    return [
        Item(page, text_id, icon, current=_is_current(page, section, endpoint))
        for page, text_id, icon, rule in _PAGES
        if allowed(actor, rule)
    ]


def home(actor: AnyActor) -> str:
    """The endpoint where this person's work or talk is: the first that is open to them."""
    return next(page for page in _HOMES for known, _, _, rule in _PAGES if known == page and allowed(actor, rule))


def _is_current(page: str, section: str, endpoint: str | None) -> bool:
    blueprint, _, name = page.partition(".")
    if blueprint != section:
        return False
    # Posts and their review share a blueprint; everything about review starts with the word.
    return (
        (name == "review") == (endpoint or "").partition(".")[2].startswith("review") if section == "listings" else True
    )
