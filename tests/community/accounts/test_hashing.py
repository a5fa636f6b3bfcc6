"""Passphrases are slow on purpose: nobody else waits for them, few are computed at once, and a queue has an end."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from community.accounts import passphrases
from community.accounts.passphrases import AT_ONCE, Passphrases
from community.errors import TooMany

ROOT = Path(__file__).parents[3]

UNDER_GEVENT = """
from gevent import monkey
monkey.patch_all()
import gevent
from pathlib import Path
from community.factory import create_app
from config import Settings
settings = Settings(data=Path({data!r}), secret_key="x" * 40, argon2_memory_kib=32768, argon2_passes=12)
hasher = create_app(settings, async_mode="gevent").house.passphrases
stored = hasher.hash("four plain words here")
turns = []
def others():
    while True:
        turns.append(1)
        gevent.sleep(0.001)
gevent.spawn(others)
gevent.sleep(0)
jobs = [gevent.spawn(hasher.matches, stored, words) for words in ("four plain words here", "no")]
found = [job.get() for job in jobs]
assert found == [True, False], found
print(len(turns))
"""


def test_the_loop_serves_others_while_a_passphrase_is_checked(tmp_path: Path) -> None:
    script = UNDER_GEVENT.format(data=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) > 20, "the loop stood still"


def test_no_more_than_a_few_at_once_and_the_queue_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "WAIT_SECONDS", 0.05)
    inside, most, go = [], [], threading.Event()

    def run(task: Callable[[], bool | str]) -> bool | str:
        inside.append(1)
        most.append(len(inside))
        go.wait(5)
        inside.pop()
        return task()

    hasher = Passphrases(64, 1, run)
    stored = passphrases.Passphrases(64, 1).hash("four plain words here")
    working = [threading.Thread(target=hasher.matches, args=(stored, "no")) for _ in range(AT_ONCE)]
    for thread in working:
        thread.start()
    while len(inside) < AT_ONCE:
        time.sleep(0.001)
    with pytest.raises(TooMany):
        hasher.matches(stored, "no")
    go.set()
    for thread in working:
        thread.join()
    assert hasher.matches(stored, "four plain words here")
    assert max(most) == AT_ONCE
