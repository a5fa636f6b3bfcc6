"""The key that signs cookies: made once for a demo, kept outside git where only its owner can read it."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path

from config import Settings


def with_secret_key(settings: Settings) -> tuple[Settings, Path | None]:
    """Settings that have a key, and the file it was just written to (None if nothing was made).

    Only a demo makes one up; production without a key never gets here (`config.from_env` refuses).
    """
    if settings.secret_key:
        return settings, None
    path = settings.data / "secret_key"
    made = None
    if not path.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        made = path
    return replace(settings, secret_key=path.read_text().strip()), made
