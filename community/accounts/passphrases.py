"""Passphrases and codes: how they are kept and checked. Argon2id, and TOTP for adults."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from community.errors import TooMany

SHORTEST = 12  # NIST SP 800-63B asks for 8; four short words easily give 12
LONGEST = 200
TOTP_SECONDS = 30
AT_ONCE = 2  # hashes computed at the same time: each takes a core and the memory the settings give it
WAIT_SECONDS = 10

Answer = TypeVar("Answer")
# Runs a task to its end somewhere and returns what it returns. The task must not raise.
Runner = Callable[[Callable[[], Answer]], Answer]


def at_once(task: Callable[[], Answer]) -> Answer:
    """A `Runner`: here and now, while everyone waits."""
    return task()


def in_a_thread(task: Callable[[], Answer]) -> Answer:
    """A `Runner` under gevent: in a native thread, so that the loop serves others meanwhile (argon2 frees the GIL)."""
    from gevent import get_hub  # noqa: PLC0415 - only a server that runs on gevent needs it

    return get_hub().threadpool.apply(task)  # type: ignore[no-any-return]


class Passphrases:
    """Hashes and checks passphrases with the cost the settings ask for, a few at a time."""

    def __init__(self, memory_kib: int, passes: int, run: Runner[bool | str] = at_once) -> None:
        self._run = run
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        # Checked when no such name exists, so that a wrong name takes as long as a wrong passphrase.
        self._decoy = self._hasher.hash("no such person here")

    def hash(self, passphrase: str) -> str:
        """The string to store. Raises TooMany when too many people wait."""
        return str(self._work(lambda: self._hasher.hash(passphrase)))

    def matches(self, stored: str | None, passphrase: str) -> bool:
        """True if the passphrase is the stored one; with None it does the same work and says False.

        Raises TooMany when too many people wait.
        """
        return bool(self._work(lambda: self._verify(stored or self._decoy, passphrase))) and stored is not None

    def _verify(self, stored: str, passphrase: str) -> bool:
        try:
            self._hasher.verify(stored, passphrase)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return True

    def _work(self, task: Callable[[], bool | str]) -> bool | str:
        if not self._places.acquire(timeout=WAIT_SECONDS):
            raise TooMany(WAIT_SECONDS)
        try:
            return self._run(task)
        finally:
            self._places.release()


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
