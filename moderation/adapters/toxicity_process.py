"""One child process that answers one line of JSON with one line of JSON, each within a time given."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from moderation.core.toxicity import Fault

ROOT = Path(__file__).resolve().parents[2]
WORKER = "moderation.adapters.toxicity_worker"
# Without these the worker refuses to start: no lookups, and a checkpoint may hold tensors but no code to run.
# Detoxify asks torch for weights_only=False; the environment is the one thing that overrules it.
SAFE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TORCH_FORCE_WEIGHTS_ONLY_LOAD": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
# Everything else stays out of the worker: it needs none of our secrets.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH")
# 16 answers are about 4 KB; more than this is not an answer.
LONGEST_LINE = 1024 * 1024
SECONDS_TO_DIE = 5


class WorkerError(Exception):
    """The worker gave no usable answer; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class WorkerProcess:
    """A running worker. Its standard input is a socket: both directions, and time-outs with threads or with gevent."""

    def __init__(self, python: str, weights: Path) -> None:
        """Start it; does not wait until it is ready. Raises WorkerError(START_FAILED)."""
        ours, theirs = socket.socketpair()
        os.set_blocking(theirs.fileno(), True)  # gevent makes every socket non-blocking, the child wants the usual kind
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, run by our own interpreter
                [python, "-m", WORKER, str(weights.resolve())],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a library's message may quote what it was given to read
                cwd=ROOT,
                env={name: os.environ[name] for name in KEPT if name in os.environ} | SAFE,
            )
        except OSError as error:
            ours.close()
            raise WorkerError(Fault.START_FAILED) from error
        finally:
            theirs.close()
        self._socket = ours
        self._rest = b""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once it has ended, by itself or otherwise."""
        return self._process.poll() is None

    def ready(self, *, seconds: float) -> None:
        """Wait until the model is loaded. Raises WorkerError."""
        try:
            answer = self._line(time.monotonic() + seconds)
        except WorkerError as error:
            raise WorkerError(Fault.START_FAILED if error.fault is Fault.CRASHED else error.fault) from error
        if answer.get("ready") is not True:
            raise WorkerError(Fault.BAD_ANSWER)

    def ask(self, texts: Sequence[str], *, seconds: float) -> list[Any]:
        """Send texts, return what the worker says of each, unread. Raises WorkerError."""
        deadline = time.monotonic() + seconds
        line = json.dumps({"texts": list(texts)}).encode() + b"\n"
        try:
            self._socket.settimeout(seconds)
            self._socket.sendall(line)
        except OSError as error:
            raise WorkerError(Fault.TIME_OUT if isinstance(error, TimeoutError) else Fault.CRASHED) from error
        answers = self._line(deadline).get("scores")
        if not isinstance(answers, list) or len(answers) != len(texts):
            raise WorkerError(Fault.BAD_ANSWER)
        return answers

    def stop(self) -> None:
        """End it now and wait until it is gone."""
        self._socket.close()
        self._process.kill()
        self._process.wait(SECONDS_TO_DIE)

    def _line(self, deadline: float) -> Mapping[str, Any]:
        while b"\n" not in self._rest:
            left = deadline - time.monotonic()
            if left <= 0:
                raise WorkerError(Fault.TIME_OUT)
            try:
                self._socket.settimeout(left)
                received = self._socket.recv(65536)
            except OSError as error:
                raise WorkerError(Fault.TIME_OUT if isinstance(error, TimeoutError) else Fault.CRASHED) from error
            if not received:
                raise WorkerError(Fault.CRASHED)
            self._rest += received
            if len(self._rest) > LONGEST_LINE:
                raise WorkerError(Fault.BAD_ANSWER)
        line, _, self._rest = self._rest.partition(b"\n")
        return _message(line)


def _message(line: bytes) -> Mapping[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise WorkerError(Fault.BAD_ANSWER) from error
    if not isinstance(message, dict):
        raise WorkerError(Fault.BAD_ANSWER)
    if "fault" in message:
        known = message["fault"] in set(Fault)
        raise WorkerError(Fault(message["fault"]) if known else Fault.BAD_ANSWER)
    return message


def same_interpreter(python: str) -> bool:
    """True when the worker would run in the interpreter we run in, so that our own packages answer for its."""
    return Path(python) == Path(sys.executable)
