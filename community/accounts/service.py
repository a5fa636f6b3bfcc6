"""What people do with accounts: invite, join, sign in, sign out, change a passphrase, read the rights summary."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from community import realtime
from community.accounts import handles, passphrases, posing
from community.accounts.lasting import Lasting
from community.accounts.models import BANDS, RIGHTS_VERSION, Account, DeviceSession, Invite, Organisation
from community.actors import AnyActor, MemberActor, StaffActor
from community.errors import DomainError, NotFound
from community.ids import digest, invite_code, normal_code, public_id, token
from moderation import service as moderation


@dataclass(frozen=True, slots=True)
class Join:
    """What a youth types to join. Nothing that says who they are outside."""

    code: str = field(repr=False)
    handle: str = field(repr=False)
    passphrase: str = field(repr=False)
    language: str
    shared_device: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """What anyone types to sign in; `code` is empty for youth."""

    handle: str = field(repr=False)
    passphrase: str = field(repr=False)
    code: str = field(repr=False, default="")
    shared_device: bool = False


def make_invite(session: Session, actor: StaffActor, *, band: str, hours: int, now: datetime) -> str:
    """A new single-use code for the actor's agency. The code itself is returned once and never stored."""
    if band not in BANDS:
        raise DomainError("band-unknown")
    code = invite_code()
    invite = Invite(
        code_digest=digest(code),
        agency_id=actor.agency_id,
        band=band,
        created_by=actor.id,
        created_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    session.add(invite)
    session.flush()
    moderation.record(
        session, actor=actor.public_id, event="invite.made", subject=f"invite:{invite.id}", at=now, data={"band": band}
    )
    return code


def cancel_invite(session: Session, actor: StaffActor, invite_id: int, *, now: datetime) -> None:
    """End a code of the actor's agency that was not used: lost, or given by mistake. Raises NotFound for any other."""
    invite = session.get(Invite, invite_id)
    if invite is None or invite.agency_id != actor.agency_id or invite.used_at is not None or invite.expires_at <= now:
        raise NotFound
    invite.expires_at = now
    moderation.record(session, actor=actor.public_id, event="invite.cancelled", subject=f"invite:{invite.id}", at=now)


def open_invite(session: Session, code: str, *, now: datetime) -> Invite:
    """The invite behind a code. Wrong, used and expired raise the same refusal."""
    found = session.scalar(select(Invite).where(Invite.code_digest == digest(normal_code(code))))
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise DomainError("code-no")
    return found


def join(session: Session, command: Join, *, hashed: str, now: datetime) -> Account:
    """Spend the invite and make the member. `hashed` is the passphrase's hash, made outside the transaction.

    Raises DomainError with the text id of what to change: code, name or passphrase. The code stays good until then.
    """
    invite = open_invite(session, command.code, now=now)
    refusal = handles.problem(command.handle) or passphrases.problem(command.passphrase, command.handle)
    if refusal:
        raise DomainError(refusal)
    # Those who left too: youth remember them. There are tens of adults, so their names are compared one by one.
    adults = session.scalars(select(Account.handle).where(Account.kind != "member"))
    if any(posing.looks_like(command.handle, adult) for adult in adults):
        raise DomainError("name-taken")
    # One statement decides who spends the code, whatever else runs at the same moment.
    spent = session.execute(
        update(Invite).where(Invite.id == invite.id, Invite.used_at.is_(None)).values(used_at=now).returning(Invite.id)
    ).first()
    if spent is None:
        raise DomainError("code-no")
    member = Account(
        public_id=public_id("p"),
        kind="member",
        handle=command.handle,
        handle_key=handles.key(command.handle),
        passphrase_hash=hashed,
        language=command.language,
        created_at=now,
        agency_id=invite.agency_id,
        band=invite.band,
    )
    session.add(member)
    try:
        session.flush()
    except IntegrityError as error:
        raise DomainError("name-taken") from error
    moderation.record(session, actor=member.public_id, event="member.joined", subject=member.public_id, at=now)
    return member


def account_named(session: Session, handle: str) -> Account | None:
    """The account people would take this name for, whoever it is."""
    return session.scalar(select(Account).where(Account.handle_key == handles.key(handle), Account.ended_at.is_(None)))


def unchanged(session: Session, found: Account) -> Account:
    """The account as it is now, in this transaction. Raises DomainError("sign-in-no") if its passphrase changed or it
    ended since it was found.
    """
    account = session.get(Account, found.id)
    if account is None or account.ended_at is not None or account.passphrase_hash != found.passphrase_hash:
        raise DomainError("sign-in-no")
    return account


def check_second_factor(session: Session, account: Account, code: str, *, now: datetime) -> None:
    """Adults need a fresh six-digit code; each code works once. Raises DomainError("sign-in-no")."""
    if account.kind == "member":
        return
    step = passphrases.totp_step(account.totp_secret or "", code, now, account.totp_step)
    if step is None:
        raise DomainError("sign-in-no")
    # One statement decides who uses the code up, whatever else runs at the same moment.
    unused = or_(Account.totp_step.is_(None), Account.totp_step < step)
    used = update(Account).where(Account.id == account.id, unused).values(totp_step=step).returning(Account.id)
    if session.execute(used).first() is None:
        raise DomainError("sign-in-no")


def check_may_sign_in(session: Session, account: Account, *, now: datetime) -> None:
    """Refuse what the right passphrase alone does not open.

    Providers need an organisation whose verification is whole and in date: DomainError("not-verified"). A one-time
    passphrase works for some days only: DomainError("pass-late").
    """
    if account.passphrase_until is not None and account.passphrase_until <= now:
        raise DomainError("pass-late")
    if account.kind == "provider":
        organisation = session.get_one(Organisation, account.organisation_id)
        if not organisation.is_verified(now):
            raise DomainError("not-verified")


def start_session(session: Session, account: Account, *, shared_device: bool, now: datetime) -> str:
    """Sign a device in. Returns the token for its cookie."""
    secret = token()
    row = DeviceSession(
        account_id=account.id, token_digest=digest(secret), shared_device=shared_device, started_at=now, seen_at=now
    )
    session.add(row)
    session.flush()
    moderation.record(
        session, actor=account.public_id, event="session.started", subject=f"session:{row.id}", at=now, data={}
    )
    return secret


def end_session(session: Session, actor: AnyActor, session_id: int, *, now: datetime) -> None:
    """Sign one of the actor's devices out; its sockets close at once. Raises NotFound for anyone else's."""
    row = session.get(DeviceSession, session_id)
    if row is None or row.account_id != actor.id:
        raise NotFound
    if row.ended_at is None:
        _end(session, [row], by=actor.public_id, now=now)


def notice(session: Session, session_ids: Collection[int], *, every: timedelta, now: datetime) -> None:
    """Remember that these devices were used just now, where the last time is longer ago than `every`."""
    used = (DeviceSession.id.in_(list(session_ids)), DeviceSession.ended_at.is_(None))
    session.execute(update(DeviceSession).where(*used, DeviceSession.seen_at < now - every).values(seen_at=now))


def over(session: Session, session_ids: Collection[int], *, lasting: Lasting, now: datetime) -> list[int]:
    """Which of these devices are signed in although their time is over."""
    return [row.id for row in _over(session, session_ids, lasting, now)]


def end_over(session: Session, session_ids: Collection[int], *, lasting: Lasting, now: datetime) -> None:
    """Sign out those of these devices whose time is over; their sockets close at once."""
    _end(session, _over(session, session_ids, lasting, now), by="system", now=now)


def end_sessions(session: Session, account_id: int, *, by: str, now: datetime, but: int | None = None) -> int:
    """Sign every device of an account out, all but one if asked; returns how many. `by` goes into the audit."""
    signed_in = (DeviceSession.account_id == account_id, DeviceSession.ended_at.is_(None))
    ended = [row for row in session.scalars(select(DeviceSession).where(*signed_in)) if row.id != but]
    _end(session, ended, by=by, now=now)
    return len(ended)


def waiting_to_choose(session: Session, account_id: int, proof: str, *, now: datetime) -> Account:
    """The account whose one-time passphrase was given a moment ago; `proof` is the digest of that passphrase's hash.

    Raises DomainError("pass-late") once it was used, replaced, or is too old.
    """
    account = session.get(Account, account_id)
    if account is None or account.ended_at is not None or account.passphrase_until is None:
        raise DomainError("pass-late")
    if digest(account.passphrase_hash) != proof:
        raise DomainError("pass-late")
    check_may_sign_in(session, account, now=now)
    return account


def change_passphrase(session: Session, account: Account, *, hashed: str, keep: int | None, now: datetime) -> None:
    """Put a new passphrase in place of the one in `account`; every device but `keep` is signed out.

    `hashed` is the new one's hash, made outside the transaction. Raises DomainError("pass-wrong") if the old one was
    replaced meanwhile.
    """
    known = (Account.id == account.id, Account.passphrase_hash == account.passphrase_hash, Account.ended_at.is_(None))
    new = {"passphrase_hash": hashed, "passphrase_until": None}
    if session.execute(update(Account).where(*known).values(**new).returning(Account.id)).first() is None:
        raise DomainError("pass-wrong")
    ended = end_sessions(session, account.id, by=account.public_id, now=now, but=keep)
    moderation.record(
        session,
        actor=account.public_id,
        event="passphrase.changed",
        subject=account.public_id,
        at=now,
        data={"sessions_ended": ended},
    )


def acknowledge_rights(session: Session, actor: MemberActor, *, now: datetime) -> None:
    """The member has read the one-screen summary in its present version."""
    session.execute(update(Account).where(Account.id == actor.id).values(rights_version=RIGHTS_VERSION))
    moderation.record(
        session,
        actor=actor.public_id,
        event="rights.read",
        subject=actor.public_id,
        at=now,
        data={"version": RIGHTS_VERSION},
    )


def set_preference(session: Session, actor: AnyActor, *, language: str | None = None, theme: str | None = None) -> None:
    """Keep a language or theme with the account, so that every device has it."""
    values = {name: value for name, value in (("language", language), ("theme", theme)) if value is not None}
    session.execute(update(Account).where(Account.id == actor.id).values(**values))


def _over(session: Session, session_ids: Collection[int], lasting: Lasting, now: datetime) -> list[DeviceSession]:
    signed_in = (DeviceSession.id.in_(list(session_ids)), DeviceSession.ended_at.is_(None))
    return [
        row
        for row in session.scalars(select(DeviceSession).where(*signed_in))
        if lasting.is_over(started_at=row.started_at, seen_at=row.seen_at, shared=row.shared_device, now=now)
    ]


def _end(session: Session, devices: Collection[DeviceSession], *, by: str, now: datetime) -> None:
    """The one way a device session ends: marked, its sockets closed, one audit row each."""
    for row in devices:
        row.ended_at = now
        realtime.end_sockets(session, row.id)
    moderation.record_many(
        session, [moderation.Entry(by, "session.ended", f"session:{row.id}", now, {}) for row in devices]
    )
