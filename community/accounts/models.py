"""Tables of people, programs and organisations. No legal name, e-mail, phone, birth date or photo of any youth."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from community.db import Base
from moderation.store.base import UtcDateTime

BANDS = ("13-15", "16-17", "18-21")
RIGHTS_VERSION = 1  # raise it when the rights summary changes in meaning: everyone reads it again


class Agency(Base):
    """A program that invites youth and answers for its staff."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Organisation(Base):
    """A provider's organisation. Its people can sign in only while its verification is complete and in date."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    proof_seen: Mapped[bool] = mapped_column(default=False)
    supervisor_called: Mapped[bool] = mapped_column(default=False)
    background_attested: Mapped[bool] = mapped_column(default=False)
    code_signed: Mapped[bool] = mapped_column(default=False)
    trained: Mapped[bool] = mapped_column(default=False)
    verified_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_verified(self, now: datetime) -> bool:
        """True while every proof is recorded and the year has not run out."""
        proofs = (self.proof_seen, self.supervisor_called, self.background_attested, self.code_signed, self.trained)
        return all(proofs) and self.verified_until is not None and now < self.verified_until

    @classmethod
    def verified_at(cls, now: datetime) -> ColumnElement[bool]:
        """The same question for the database."""
        proofs = (cls.proof_seen, cls.supervisor_called, cls.background_attested, cls.code_signed, cls.trained)
        return and_(*proofs, cls.verified_until > now)


class Account(Base):
    """One person here. Which columns are filled depends on `kind`; the checks say how."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    handle: Mapped[str] = mapped_column(String(40))
    handle_key: Mapped[str] = mapped_column(String(40), unique=True)
    passphrase_hash: Mapped[str] = mapped_column(String(200))
    # Set while the passphrase is a one-time one that somebody else has seen: it only lets them choose their own.
    passphrase_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(2))
    theme: Mapped[str] = mapped_column(String(5), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    band: Mapped[str | None] = mapped_column(String(5))
    rights_version: Mapped[int | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("kind IN ('member', 'staff', 'provider')", name="kind_known"),
        CheckConstraint("(kind = 'member') = (band IS NOT NULL)", name="band_iff_member"),
        CheckConstraint("band IS NULL OR band IN ('13-15', '16-17', '18-21')", name="band_known"),
        CheckConstraint("(kind = 'provider') = (organisation_id IS NOT NULL)", name="organisation_iff_provider"),
        CheckConstraint("(kind = 'provider') = (agency_id IS NULL)", name="agency_unless_provider"),
        CheckConstraint("(kind = 'member') = (totp_secret IS NULL)", name="second_factor_unless_member"),
    )


class HeldDuty(Base):
    """One duty one staff member holds."""

    __tablename__ = "held_duty"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    duty: Mapped[str] = mapped_column(String(30), primary_key=True)


class DeviceSession(Base):
    """One sign-in on one device. The cookie carries a token; only its digest is kept."""

    __tablename__ = "device_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    shared_device: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_device_session_account", "account_id", "ended_at"),)


class Invite(Base):
    """A single-use code from a program: agency and age band, nothing else. Only its digest is kept."""

    __tablename__ = "invite"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    band: Mapped[str] = mapped_column(String(5))
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("code_digest"),
        CheckConstraint("band IN ('13-15', '16-17', '18-21')", name="band_known"),
        Index("ix_invite_agency", "agency_id", "id"),
    )
