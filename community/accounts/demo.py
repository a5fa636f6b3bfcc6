"""The people of the demo, and what the sign-in pages show of them. Nothing here exists outside a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.accounts import handles
from community.accounts.models import Account
from community.accounts.passphrases import totp_code
from community.web.house import House
from moderation.core.duties import Duty

PASSPHRASE = "maple kettle river lamp"  # noqa: S105 - printed on purpose, and only a demo knows it


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person to sign in as. `role_id` names the text that says what they are for."""

    name: str
    kind: str
    role_id: str
    band: str = ""
    duties: tuple[Duty, ...] = ()
    organisation: str = ""


PEOPLE = (
    DemoPerson("paper-comet", "member", "demo-youth", "16-17"),
    DemoPerson("slow-tuesday", "member", "demo-youth", "16-17"),
    DemoPerson("kite-mango", "member", "demo-youth", "13-15"),
    DemoPerson("fern-signal", "member", "demo-youth", "13-15"),
    DemoPerson("copper-lark", "member", "demo-youth", "18-21"),
    DemoPerson("quiet-harbor", "member", "demo-youth", "18-21"),
    DemoPerson("Ms. Rivera", "staff", "demo-worker", duties=(Duty.INVITE_CREATE,)),
    DemoPerson("Rowan", "staff", "demo-moderator-full", duties=(Duty.CASE_READ, Duty.CASE_DECIDE, Duty.CASE_LIMIT)),
    DemoPerson(
        "Sr. Ortiz", "staff", "demo-moderator-board", duties=(Duty.CASE_READ, Duty.CASE_DECIDE, Duty.LISTING_REVIEW)
    ),
    DemoPerson(
        "Avery", "staff", "demo-admin", duties=(Duty.LISTING_REVIEW, Duty.PROVIDER_VERIFY, Duty.AUDIT_READ)
    ),
    DemoPerson("Cedar Street desk", "provider", "demo-provider", organisation="Cedar Street Youth Center"),
    DemoPerson("Harbor House desk", "provider", "demo-provider", organisation="Harbor House"),
)  # fmt: skip


def is_filled_in(session: Session) -> bool:
    """True if this database holds the demo people: nothing real may begin beside a passphrase that is public."""
    keys = [handles.key(person.name) for person in PEOPLE]
    found = session.scalar(select(func.count()).select_from(Account).where(Account.handle_key.in_(keys)))
    return found == len(keys)


def people(house: House, now: datetime, *, adults: bool) -> list[dict[str, str]]:
    """Demo people for a sign-in page, with the code valid now; empty outside a demo or before it is seeded."""
    if not house.settings.is_demo:
        return []
    wanted = {handles.key(p.name): p for p in PEOPLE if (p.kind != "member") == adults}
    with house.database.reading() as session:
        found = session.execute(
            select(Account.handle_key, Account.totp_secret).where(Account.handle_key.in_(list(wanted)))
        )
        secrets = {row.handle_key: row.totp_secret for row in found}
    return [
        {
            "name": person.name,
            "passphrase": PASSPHRASE,
            "code": totp_code(secrets[key], now) if secrets[key] else "",
            "role_id": person.role_id,
            "band": person.band,
        }
        for key, person in wanted.items()
        if key in secrets
    ]
