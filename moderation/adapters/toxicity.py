"""The toxicity adviser as the house sees it: a queue, an answer or none, and a state that tells the truth."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from moderation.adapters.toxicity_process import WorkerError, WorkerProcess, same_interpreter
from moderation.core.toxicity import (
    BATCH,
    CHECKPOINT,
    CONFIG,
    MANIFEST,
    AdviserState,
    Fault,
    Scores,
    Status,
    scores_from,
)

# Loading reads about 500 MB from disk; on a slow one that is most of a minute.
LOAD_SECONDS = 120.0
# (proposed) Texts that may wait. At a message a second that is four minutes of a worker that is away.
QUEUE = 256
# (proposed) Wait after the first failure, doubled after each one that follows, up to five minutes.
FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0
# How long one look at the disk counts: `submit` is on the chat path, and a look costs about 0.35 ms.
LOOK_AGAIN = timedelta(seconds=5)

log = logging.getLogger(__name__)

OnScores = Callable[[str, Scores], None]


class ToxicityAdviser:
    """Asks Detoxify, in a process of its own, what it makes of a text. Advice only: nobody may wait for it.

    Made at start, costs nothing until the first text. Safe to use from several threads or greenlets.
    """

    def __init__(
        self,
        weights: Path,
        *,
        python: str,
        timeout: float,
        clock: Callable[[], datetime],
        load_timeout: float = LOAD_SECONDS,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        """`timeout` is seconds for a text, `python` the interpreter that has Detoxify, `clock` gives aware UTC."""
        self._weights = weights
        self._python = python
        self._timeout = timeout
        self._load_timeout = load_timeout
        self._clock = clock
        self._first_wait = first_wait
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting: queue.Queue[tuple[str, str] | None] = queue.Queue(QUEUE)
        self._closed = threading.Event()
        self._worker: WorkerProcess | None = None
        self._down: AdviserState | None = None
        self._failures = 0
        self._retry_at: datetime | None = None
        self._unscored = 0
        self._looked: tuple[datetime, Fault | None] | None = None

    def state(self) -> AdviserState:
        """Where the adviser stands now. Never waits, never imports torch."""
        worker, down = self._worker, self._down
        if down is None and worker is not None and worker.alive:
            return AdviserState(Status.READY)
        missing = self._missing()
        return AdviserState(Status.NOT_INSTALLED, missing) if missing else down or AdviserState(Status.IDLE)

    @property
    def unscored(self) -> int:
        """Texts that were to be scored and were not, since the start: dropped, timed out, or the worker was down."""
        return self._unscored

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id while there is one."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def advise(self, text: str) -> Scores | None:
        """Scores of one text, or None when there is no advice; `state()` says why. Blocks: off the chat path only."""
        return self.advise_many([text])[0]

    def advise_many(self, texts: Sequence[str]) -> list[Scores | None]:
        """Scores of up to 16 texts in their order; all None when there is no advice. Blocks."""
        if len(texts) > BATCH:
            raise ValueError(f"at most {BATCH} texts at once")
        with self._turn:
            if self._worker is None and self._missing():
                return [None] * len(texts)
            scores = self._ask(texts)
        if scores is None:
            self._add_unscored(len(texts))
            return [None] * len(texts)
        return list(scores)

    def submit(self, ref_id: str, text: str) -> bool:
        """Queue a text for `run`, without waiting. False when it was not taken: not installed, or the queue is full."""
        if self._closed.is_set() or self.state().status is Status.NOT_INSTALLED:
            return False
        try:
            self._waiting.put_nowait((ref_id, text))
        except queue.Full:
            self._add_unscored(1)
            return False
        return True

    def run(self, on_scores: OnScores) -> None:
        """Score what is submitted and hand each result on, until `close()`. The body of one background task."""
        while not self._closed.is_set():
            batch = self._gather()
            # Texts keep their place while the worker is away; only a full queue drops them.
            while batch and not self._closed.is_set() and self._wait_left() > 0:
                self._closed.wait(min(self._wait_left(), 1.0))
            if not batch or self._closed.is_set():
                continue
            for (ref_id, _), scores in zip(batch, self.advise_many([text for _, text in batch]), strict=True):
                if scores is not None:
                    self._hand_on(on_scores, ref_id, scores)

    def close(self) -> None:
        """End the worker and `run`. Waits for a question under way."""
        self._closed.set()
        with contextlib.suppress(queue.Full):  # when full, `run` is not asleep in it and sees the flag
            self._waiting.put_nowait(None)
        with self._turn:
            self._stop()

    def _missing(self) -> Fault | None:
        now, looked = self._clock(), self._looked
        if looked is None or not timedelta(0) <= now - looked[0] < LOOK_AGAIN:
            self._looked = looked = (now, self._look())
        return looked[1]

    def _look(self) -> Fault | None:
        # Another interpreter answers for its own packages, by starting or not.
        if same_interpreter(self._python) and not (find_spec("detoxify") and find_spec("torch")):
            return Fault.NO_PACKAGE
        needed = (self._weights / MANIFEST, self._weights / CHECKPOINT, self._weights / CONFIG / "config.json")
        return None if all(path.is_file() for path in needed) else Fault.NO_WEIGHTS

    def _ask(self, texts: Sequence[str]) -> list[Scores] | None:
        if self._closed.is_set() or self._wait_left() > 0:
            return None
        try:
            worker = self._running()
            answers = worker.ask(texts, seconds=self._timeout * len(texts))
            scores = [scores_from(answer) for answer in answers]
        except WorkerError as error:
            self._failed(error.fault)
            return None
        except ValueError:
            self._failed(Fault.BAD_ANSWER)
            return None
        if self._down is not None:
            log.warning("toxicity adviser is back")
        self._down, self._failures, self._retry_at = None, 0, None
        return scores

    def _running(self) -> WorkerProcess:
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._stop()
        worker = WorkerProcess(self._python, self._weights)
        try:
            worker.ready(seconds=self._load_timeout)
        except WorkerError:
            worker.stop()
            raise
        self._worker = worker
        return worker

    def _failed(self, fault: Fault) -> None:
        self._stop()
        now = self._clock()
        self._failures += 1
        wait = min(self._first_wait * 2 ** min(self._failures - 1, 16), LONGEST_WAIT)
        self._retry_at = now + timedelta(seconds=wait)
        since = self._down.since if self._down else now
        self._down = AdviserState(Status.DOWN, fault, since)
        log.warning("toxicity adviser is down: %s; next try in %.0f s", fault.value, wait)

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _wait_left(self) -> float:
        return (self._retry_at - self._clock()).total_seconds() if self._retry_at else 0.0

    def _gather(self) -> list[tuple[str, str]]:
        batch = []
        item = self._waiting.get()
        while item is not None:
            batch.append(item)
            if len(batch) == BATCH:
                break
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                break
        return batch

    def _hand_on(self, on_scores: OnScores, ref_id: str, scores: Scores) -> None:
        try:
            on_scores(ref_id, scores)
        except Exception as error:  # noqa: BLE001 - one bad row must not end the advice for everyone
            # The class name only: a database error quotes its parameters.
            log.error("toxicity advice for %s was not kept: %s", ref_id, type(error).__name__)
            self._add_unscored(1)

    def _add_unscored(self, number: int) -> None:
        with self._count:
            self._unscored += number
