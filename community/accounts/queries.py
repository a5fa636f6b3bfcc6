"""Questions about people; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from community.accounts.lasting import Lasting
from community.accounts.models import RIGHTS_VERSION, Account, DeviceSession, HeldDuty, Invite, Organisation
from community.actors import AnyActor, MemberActor, ProviderActor, StaffActor
from community.ids import digest
from moderation.core.duties import Duty


def actor_by_token(session: Session, token: str, *, now: datetime, lasting: Lasting) -> AnyActor | None:
    """Who holds this cookie token. None when unknown, ended, idle too long on a shared device, or too old."""
    return _standing(session, DeviceSession.token_digest == digest(token), now, lasting)


def actor_by_session(session: Session, session_id: int, *, now: datetime, lasting: Lasting) -> AnyActor | None:
    """Who is signed in on this device session; None as for a token."""
    return _standing(session, DeviceSession.id == session_id, now, lasting)


def ended_elsewhere(session: Session, session_ids: Collection[int], *, now: datetime) -> frozenset[int]:
    """Those of these device sessions that do not stand: signed out, account ended, organisation not verified."""
    in_force = or_(Account.organisation_id.is_(None), Organisation.verified_at(now))
    standing = (
        _signed_in()
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(DeviceSession.id.in_(session_ids), in_force)
        .with_only_columns(DeviceSession.id)
    )
    return frozenset(session_ids) - frozenset(session.scalars(standing))


def was_ended(session: Session, token: str) -> bool:
    """True if this cookie's device was signed out, here or from another device, and the account still stands."""
    device = select(DeviceSession.id).join(Account, Account.id == DeviceSession.account_id)
    ended = (DeviceSession.token_digest == digest(token), DeviceSession.ended_at.is_not(None))
    return session.scalar(device.where(*ended, Account.ended_at.is_(None))) is not None


def accounts_by_public_id(session: Session, ids: Collection[str]) -> dict[str, Account]:
    """Accounts by the id others know; unknown ids are left out."""
    found = session.scalars(select(Account).where(Account.public_id.in_(list(ids))))
    return {account.public_id: account for account in found}


def open_invites(session: Session, agency_id: int, *, now: datetime) -> Sequence[Invite]:
    """Codes of an agency that still work, newest first."""
    still_good = (Invite.agency_id == agency_id, Invite.used_at.is_(None), Invite.expires_at > now)
    return session.scalars(select(Invite).where(*still_good).order_by(Invite.id.desc()).limit(50)).all()


def devices(session: Session, account_id: int) -> Sequence[DeviceSession]:
    """Devices signed in now, newest first."""
    signed_in = (DeviceSession.account_id == account_id, DeviceSession.ended_at.is_(None))
    return session.scalars(select(DeviceSession).where(*signed_in).order_by(DeviceSession.id.desc()).limit(20)).all()


def _signed_in() -> Select[DeviceSession, Account]:
    return (
        select(DeviceSession, Account)
        .join(Account, Account.id == DeviceSession.account_id)
        .where(DeviceSession.ended_at.is_(None), Account.ended_at.is_(None))
    )


def _standing(session: Session, which: ColumnElement[bool], now: datetime, lasting: Lasting) -> AnyActor | None:
    row = session.execute(_signed_in().where(which)).first()
    if row is None:
        return None
    device, account = row
    if lasting.is_over(started_at=device.started_at, seen_at=device.seen_at, shared=device.shared_device, now=now):
        return None
    return _actor(session, device, account, now)


def _actor(session: Session, device: DeviceSession, account: Account, now: datetime) -> AnyActor | None:
    shared: dict[str, Any] = {
        "id": account.id,
        "public_id": account.public_id,
        "name": account.handle,
        "language": account.language,
        "theme": account.theme,
        "session_id": device.id,
        "shared_device": device.shared_device,
        "seen_at": device.seen_at,
        "agency_id": account.agency_id,
    }
    if account.kind == "member":
        return MemberActor(**shared, band=account.band or "", has_read_rights=account.rights_version == RIGHTS_VERSION)
    if account.kind == "staff":
        held = session.scalars(select(HeldDuty.duty).where(HeldDuty.account_id == account.id))
        return StaffActor(**shared, duties=frozenset(Duty(duty) for duty in held))
    # A provider whose verification lapses is signed out by the same check that signs people in.
    organisation = session.get_one(Organisation, account.organisation_id)
    if not organisation.is_verified(now):
        return None
    del shared["agency_id"]
    return ProviderActor(**shared, organisation_id=organisation.id)
