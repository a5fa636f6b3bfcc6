"""Names that cannot be guessed: public ids, invite codes, session tokens, and how their secrets are kept."""

from __future__ import annotations

import hashlib
import secrets

# No 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V: read aloud over a bad line, typed on a cracked screen.
CODE_ALPHABET = "ACDEFGHJKMNPQRTWXY3479"
CODE_LENGTH = 10


def public_id(prefix: str) -> str:
    """A random name for something people or moderation refer to, such as `p_4f…` (80 bits)."""
    return f"{prefix}_{secrets.token_hex(10)}"


def token() -> str:
    """A secret for one device session (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def invite_code() -> str:
    """A code for one person to join with: ten letters from an alphabet without look-alikes (44 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def normal_code(typed: str) -> str:
    """What a person typed, without spaces, dashes and case."""
    return "".join(c for c in typed.upper() if c.isalnum())


def digest(secret: str) -> str:
    """How a token or code is kept: SHA-256, enough because both are random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()
