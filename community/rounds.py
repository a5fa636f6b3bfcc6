"""What runs beside requests, again and again, for as long as the process lives: one round that fails ends nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import NoReturn


def keep(work: Callable[[], None], *, seconds: float, log: logging.Logger) -> NoReturn:
    """Do `work` now and then every so many seconds. What it raises is logged by its type, and the next round comes."""
    while True:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever broke this round, the next one must come
            log.error("a round failed: %s", type(error).__name__)
        time.sleep(seconds)
