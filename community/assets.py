"""Static files: addresses that change when the file does, so that browsers keep them for good; small on the wire."""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Request, Response, url_for

STATIC = Path(__file__).parent.parent / "static"
CLIENT = "vendor/socket.io.esm.min.js"  # brought by tools/client.py, not in git
TEXTS = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def fingerprinted(folder: Path = STATIC) -> Callable[[str], str]:
    """`asset('css/base.css')` for templates. Raises FileNotFoundError for a file that is not there."""
    known: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in known:
            known[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:10]
        return url_for("static", filename=name, v=known[name])

    return asset


def pack(request: Request, response: Response) -> None:
    """Compress a whole static text for a browser that takes gzip.

    Only what is the same for everyone: the length of a compressed page tells a listener about the words on it.
    """
    if response.mimetype not in TEXTS or response.status_code != 200:
        return
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return
    response.direct_passthrough = False
    response.set_data(_gzipped(response.get_data()))
    response.content_encoding = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same file, not the same bytes


@functools.lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
