"""Passphrases and codes: how they are kept and checked. Argon2id, and TOTP for adults."""

from __future__ import annotations

from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST = 12  # NIST SP 800-63B asks for 8; four short words easily give 12
LONGEST = 200
TOTP_SECONDS = 30


class Passphrases:
    """Hashes and checks passphrases with the cost the settings ask for."""

    def __init__(self, memory_kib: int, passes: int) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        # Checked when no such name exists, so that a wrong name takes as long as a wrong passphrase.
        self._decoy = self._hasher.hash("no such person here")

    def hash(self, passphrase: str) -> str:
        """The string to store."""
        return self._hasher.hash(passphrase)

    def matches(self, stored: str | None, passphrase: str) -> bool:
        """True if the passphrase is the stored one; with None it does the same work and says False."""
        try:
            self._hasher.verify(stored or self._decoy, passphrase)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return stored is not None


def problem(passphrase: str, handle: str) -> str | None:
    """Why a passphrase can't be used, as a text id of the join page; None when it is fine."""
    if len(passphrase) < SHORTEST:
        return "pass-short"
    if len(passphrase) > LONGEST:
        return "pass-long"
    if len(set(passphrase)) < 5 or passphrase.casefold().strip() == handle.casefold().strip():
        return "pass-easy"
    return None


def new_totp_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def totp_code(secret: str, now: datetime) -> str:
    """The six digits valid at `now`."""
    return pyotp.TOTP(secret).at(now)


def totp_step(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The time step a code belongs to, one step of clock drift allowed; None if it is wrong or was used already."""
    step = int(now.timestamp()) // TOTP_SECONDS
    for candidate in (step, step - 1, step + 1):
        if last_step is not None and candidate <= last_step:
            continue
        expected = pyotp.TOTP(secret).at(candidate * TOTP_SECONDS)
        if pyotp.utils.strings_equal(expected, "".join(c for c in code if c.isdigit())):
            return candidate
    return None
