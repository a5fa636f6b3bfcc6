"""What staff may do, and how a view says who may open it. Deny by default: a view without `Access` is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar


class Duty(StrEnum):
    """One duty a staff member holds; `noun:verb`. People hold several; nobody holds all by default."""

    AUDIT_READ = "audit:read"
    CASE_DECIDE = "case:decide"
    CASE_LIMIT = "case:limit"
    CASE_READ = "case:read"
    INVITE_CREATE = "invite:create"
    LISTING_REVIEW = "listing:review"
    PROVIDER_VERIFY = "provider:verify"


class Audience(StrEnum):
    """Who a page or socket event is for."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    MEMBER = "member"
    PROVIDER = "provider"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open one endpoint: an audience, and for staff every duty listed."""

    audience: Audience
    duties: frozenset[Duty] = frozenset()


View = TypeVar("View", bound=Callable[..., Any])


def access(audience: Audience, *duties: Duty) -> Callable[[View], View]:
    """Mark a view with who may open it; the web edge enforces it and a house test lists every endpoint."""

    def mark(view: View) -> View:
        view.access = Access(audience, frozenset(duties))  # type: ignore[attr-defined]
        return view

    return mark
