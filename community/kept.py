"""An answer kept for a moment, so that a flood of the same question costs one look."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """One answer. Whoever asks while another looks waits for that look; a look that raises is not kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: tuple[float, Answer] | None = None

    def get(self, look: Callable[[], Answer], *, seconds: float) -> Answer:
        """The answer of the last look if it is younger than so many seconds, else of a new one."""
        with self._lock:
            if self._kept is None or self._clock() - self._kept[0] >= seconds:
                answer = look()
                # Counted from the end of the look: one that was slow must not be looked for again at once.
                self._kept = self._clock(), answer
            return self._kept[1]
