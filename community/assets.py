"""Addresses of static files that change when the file does, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).parent.parent / "static"


def fingerprinted(folder: Path = STATIC) -> Callable[[str], str]:
    """`asset('css/base.css')` for templates. Raises FileNotFoundError for a file that is not there."""
    known: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in known:
            known[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:10]
        return url_for("static", filename=name, v=known[name])

    return asset
