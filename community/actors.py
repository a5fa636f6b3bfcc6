"""Who is asking: a frozen value the edges build once and everything below takes as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from moderation.core.duties import Duty
from moderation.core.model import Author, Role

# How each kind of account takes part, as moderation and browsers call it.
ROLE = {"member": Role.YOUTH, "staff": Role.STAFF, "provider": Role.PROVIDER}


def screening_author(public_id: str, kind: str, band: str | None, joined_at: datetime) -> Author:
    """What screening may know of an account: never its name. `kind` is one of the keys of `ROLE`."""
    return Author(public_id, ROLE[kind], band or "", joined_at)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone signed in on one device. `id` is the account row, `public_id` what others may know."""

    id: int
    public_id: str
    name: str
    language: str
    theme: str
    session_id: int
    shared_device: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class MemberActor(Actor):
    """A youth. `has_read_rights` is False until the one-screen summary was acknowledged."""

    agency_id: int
    band: str
    has_read_rights: bool
    kind: str = "member"
    duties: frozenset[Duty] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffActor(Actor):
    """An adult on the agency's team, with the duties they hold."""

    agency_id: int
    duties: frozenset[Duty]
    kind: str = "staff"


@dataclass(frozen=True, slots=True)
class ProviderActor(Actor):
    """Someone who speaks for a verified organisation."""

    organisation_id: int
    kind: str = "provider"
    duties: frozenset[Duty] = frozenset()


AnyActor = MemberActor | StaffActor | ProviderActor
