"""A mark on a device that signed in as someone before: strangers' wrong tries must not lock that person out. Pure.

The mark is random, with a proof made by the house's key that binds it to one Haven name; it names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets


def mark(secret_key: str, handle_key: str) -> str:
    """A new mark for a device on which the person with this name just signed in."""
    device = secrets.token_hex(12)
    return f"{device}.{_proof(secret_key, device, handle_key)}"


def device(secret_key: str, handle_key: str, said: str) -> str | None:
    """Which device this is, if its mark was made for this name; None for any other name and for what we never made."""
    device, _, proof = said.partition(".")
    good = hmac.compare_digest(proof.encode(), _proof(secret_key, device, handle_key).encode())
    return device if good else None


def _proof(secret_key: str, device: str, handle_key: str) -> str:
    return hmac.new(secret_key.encode(), f"known-device:{device}:{handle_key}".encode(), hashlib.sha256).hexdigest()
