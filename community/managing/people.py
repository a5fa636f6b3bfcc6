"""Staff, providers and endings: who gets an account from the command line, with which duties, and how one ends."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

import pyotp
from sqlalchemy import delete, select, update

from community import i18n, ids
from community.accounts import handles, passphrases
from community.accounts.models import Account, HeldDuty, Invite
from community.accounts.service import end_sessions
from community.managing import places, words
from community.managing.change import OPERATOR, Change, Refused
from config import Settings
from moderation.core.duties import Duty

START_DAYS = 3
APP = "Haven"  # what an authenticator app shows beside the name

# Why a youth's account may be ended. None of these is about what they did: a worry goes to the desk, where a break
# ends by itself, and no single person removes a youth (youth-community.md, statement 10 and L16).
YOUTH_REASONS = ("asked", "lost", "aged-out")

# Without anyone for these, something waits for ever.
_NEEDED = (Duty.CASE_READ, Duty.CASE_DECIDE, Duty.INVITE_CREATE, Duty.LISTING_REVIEW)


@dataclass(frozen=True, slots=True)
class Start:
    """What an adult gets once: a passphrase that works once, and the secret for their authenticator app."""

    passphrase: str = field(repr=False)
    hashed: str = field(repr=False)
    totp_secret: str = field(repr=False)

    def app_address(self, name: str) -> str:
        """What an authenticator app takes."""
        return pyotp.TOTP(self.totp_secret).provisioning_uri(name=name, issuer_name=APP)


def new_start(settings: Settings) -> Start:
    """Made before the transaction: hashing is slow on purpose."""
    passphrase = words.passphrase(secrets.choice)
    hashed = passphrases.Passphrases(settings.argon2_memory_kib, settings.argon2_passes).hash(passphrase)
    return Start(passphrase, hashed, passphrases.new_totp_secret())


def add_staff(change: Change, name: str, *, agency: str, duties: Collection[str], start: Start) -> Account:
    """An adult on an agency's team, with these duties and no others."""
    home = places.agency_named(change, agency)
    account = _adult(change, name, start, kind="staff", agency_id=home.id)
    change.session.add_all(HeldDuty(account_id=account.id, duty=duty) for duty in set(duties))
    change.record("staff.added", account.public_id, agency=home.id, duties=sorted(set(duties)))
    return account


def add_provider(change: Change, name: str, *, organisation: str, start: Start) -> Account:
    """Someone who speaks for a verified organisation."""
    home = places.organisation_named(change, organisation)
    if not home.is_verified(change.now):
        raise Refused(f"{organisation} is not verified now; check it first: organisation renew")
    account = _adult(change, name, start, kind="provider", organisation_id=home.id)
    change.record("provider.added", account.public_id, organisation=home.id)
    return account


def set_duties(change: Change, name: str, duties: Collection[str]) -> Account:
    """These duties in place of those held. They sign in again, so that no open page or socket keeps the old ones."""
    account = account_named(change, name)
    if account.kind != "staff":
        raise Refused(f"{account.handle} is not staff; only staff hold duties")
    held = set(change.session.scalars(select(HeldDuty.duty).where(HeldDuty.account_id == account.id)))
    wanted = set(duties)
    if held == wanted:
        raise Refused(f"{account.handle} holds exactly these already")
    change.session.execute(delete(HeldDuty).where(HeldDuty.account_id == account.id))
    change.session.add_all(HeldDuty(account_id=account.id, duty=duty) for duty in wanted)
    ended = end_sessions(change.session, account.id, by=OPERATOR, now=change.now)
    given, taken = sorted(wanted - held), sorted(held - wanted)
    change.record("staff.duties", account.public_id, given=given, taken=taken, sessions_ended=ended)
    return account


def start_again(change: Change, name: str, start: Start) -> Account:
    """A new one-time passphrase and app secret for an adult who lost theirs; every device is signed out."""
    account = account_named(change, name)
    if account.kind == "member":
        raise Refused(
            f"{account.handle} is a youth, and nobody else can open a youth's account: give them a new code "
            "(docs/decisions/0015-lost-passphrase.md)"
        )
    account.passphrase_hash, account.totp_secret, account.totp_step = start.hashed, start.totp_secret, None
    account.passphrase_until = change.now + timedelta(days=START_DAYS)
    ended = end_sessions(change.session, account.id, by=OPERATOR, now=change.now)
    change.record("account.started-again", account.public_id, sessions_ended=ended)
    return account


def end_account(change: Change, name: str, because: str | None) -> Account:
    """End an account for good: its devices are signed out, and codes it made stop working.

    What it wrote and its audit stay. So does its name, so that nobody can pose as someone who left.
    """
    account = account_named(change, name)
    if account.kind == "member" and because is None:
        raise Refused(
            f"{account.handle} is a youth; say --because {', '.join(YOUTH_REASONS)}. A worry about what they wrote "
            "goes to the desk: a break ends by itself, and nobody alone removes a youth"
        )
    account.ended_at = change.now
    ended = end_sessions(change.session, account.id, by=OPERATOR, now=change.now)
    open_codes = (Invite.created_by == account.id, Invite.used_at.is_(None), Invite.expires_at > change.now)
    codes = change.session.execute(update(Invite).where(*open_codes).values(expires_at=change.now).returning(Invite.id))
    cancelled = len(codes.all())
    change.record(
        "account.ended", account.public_id, because=because or "", sessions_ended=ended, codes_cancelled=cancelled
    )
    return account


def account_named(change: Change, name: str) -> Account:
    """The account people would take this name for, if it has not ended."""
    found = change.session.scalar(select(Account).where(Account.handle_key == handles.key(name)))
    if found is None:
        raise Refused(f"nobody here is called {name}")
    if found.ended_at is not None:
        raise Refused(f"the account of {found.handle} has ended already")
    return found


def held_by_nobody(change: Change) -> list[str]:
    """Duties that no one holds, of those without which something would wait for ever."""
    active = select(HeldDuty.duty).join(Account, Account.id == HeldDuty.account_id).where(Account.ended_at.is_(None))
    held = set(change.session.scalars(active.distinct()))
    return [duty.value for duty in _NEEDED if duty.value not in held]


def _adult(change: Change, name: str, start: Start, *, kind: str, **home: int) -> Account:
    name = " ".join(name.split())
    problem = handles.problem(name)
    if problem is None and change.session.scalar(select(Account.id).where(Account.handle_key == handles.key(name))):
        problem = "name-taken"
    if problem is not None:
        raise Refused(f"{name}: {i18n.translate(i18n.DEFAULT, f'problem-{problem}')}")
    account = Account(
        public_id=ids.public_id("p"),
        kind=kind,
        handle=name,
        handle_key=handles.key(name),
        passphrase_hash=start.hashed,
        passphrase_until=change.now + timedelta(days=START_DAYS),
        language=i18n.DEFAULT,
        created_at=change.now,
        totp_secret=start.totp_secret,
        **home,
    )
    change.session.add(account)
    change.session.flush()
    return account
