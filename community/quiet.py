"""What libraries may write to the log: that something failed and of what type, never what a client sent, never a flood.

Their own lines quote frames, request lines and headers, and a bad client can make one of them for every two bytes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

MOST = 20  # lines of one library in one minute
MINUTE = 60.0


class Quiet(logging.Filter):
    """Lets warnings and errors through as the type of their exception, so many a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since = clock()
        self._lines = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """True to write the record, of which nothing but its level and a type is left."""
        if record.levelno < logging.WARNING:
            return False
        now = self._clock()
        if now - self._since >= MINUTE:
            self._since, self._lines = now, 0
        self._lines += 1
        kind = record.exc_info[0] if record.exc_info else None
        record.msg = f"refused or failed: {kind.__name__ if kind else 'no exception'}"
        if self._lines == MOST:
            record.msg += "; more of this minute is left out"
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return self._lines <= MOST


class QuietRequests(Quiet):
    """For gunicorn, whose other lines are for whoever runs the house: those about requests become types."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True to write the record; what is not about a request is left as it is."""
        about = str(record.msg).lower()
        if not any(word in about for word in ("request", "socket", "header", "http", "ssl", "epipe")):
            return True
        return super().filter(record)


def logger(name: str) -> logging.Logger:
    """A library's logger, made quiet."""
    found = logging.getLogger(name)
    found.setLevel(logging.WARNING)
    if not any(isinstance(each, Quiet) for each in found.filters):
        found.addFilter(Quiet())
    return found


def hush_loop() -> None:
    """Make gevent's own report of a greenlet that died quiet too. Call it in the process that serves."""
    from gevent import get_hub  # noqa: PLC0415 - only a server that runs on gevent needs it

    log = logger("haven.loop")

    def report(
        _context: object, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        exc_info: Any = (kind, error, trace)
        log.error("a greenlet failed", exc_info=exc_info)

    get_hub().print_exception = report
