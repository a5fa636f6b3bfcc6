"""Systems that live outside this repository, each in an environment of its own, asked over a pipe in JSON.

COMPARE_ELSEWHERE names the folder (docs/comparison.md says what lies in it). What is absent is NotRun, never skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.compare.system import NotRun

VARIABLE = "COMPARE_ELSEWHERE"


def folder() -> Path:
    """Where other systems lie. Raises NotRun when nobody said, or it is not there."""
    said = os.environ.get(VARIABLE)
    if not said:
        raise NotRun(f"{VARIABLE} is not set")
    if not Path(said).is_dir():
        raise NotRun(f"{said} is not there")
    return Path(said)


class Worker:
    """A process that answers questions. Started at the first one; ends with this process."""

    def __init__(self, python: str, script: str, *arguments: str) -> None:
        self._python, self._script, self._arguments = python, Path(__file__).parent / script, arguments
        self._process: subprocess.Popen[str] | None = None

    def ask(self, **question: Any) -> Any:
        """The answer to one question. Raises NotRun when the process is not there, or fails: with its own words."""
        if self._process is None:
            self._process = self._start()
        try:
            self._process.stdin.write(json.dumps(question) + "\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
            answer = self._process.stdout.readline()  # type: ignore[union-attr]
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise NotRun(f"it ended: {self._last_words()}")
        return json.loads(answer)

    def close(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(BrokenPipeError):
                process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        base = folder()
        python = base / self._python
        if not python.exists():
            raise NotRun(f"{python} is not there")
        self._errors = base / f"{'-'.join([self._script.stem, *self._arguments])}.errors"
        with self._errors.open("w", encoding="utf-8") as errors:
            return subprocess.Popen(
                [str(python), str(self._script), str(base), *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def _last_words(self) -> str:
        self.close()
        lines = [line for line in self._errors.read_text(encoding="utf-8").splitlines() if line.strip()]
        return lines[-1][:300] if lines else "without a word"
