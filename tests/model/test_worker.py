"""The worker as a process: started late, kept within its time, replaced when it dies, offline, alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.adapters.toxicity import ToxicityAdviser
from moderation.adapters.toxicity_process import ROOT, SAFE
from moderation.core.toxicity import Fault, Label, Scores, Status

pytestmark = pytest.mark.model
Make = Callable[..., ToxicityAdviser]

# Python runs this file in every interpreter that finds it: it writes down each look-up and each connection.
WATCH = """
import os, sys
def watch(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        with open(os.path.join(os.path.dirname(__file__), "seen"), "a") as file:
            print(event, file=file)
sys.addaudithook(watch)
"""
ORPHAN = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from moderation.adapters.toxicity import ToxicityAdviser
adviser = ToxicityAdviser(Path(sys.argv[1]), python=sys.executable, timeout=20, clock=lambda: datetime.now(UTC))
assert adviser.advise("sun")
print(adviser.worker_pid, flush=True)
os.kill(os.getpid(), 9)
"""
GREEN = """
from gevent import monkey
monkey.patch_all()
import sys
from datetime import UTC, datetime
from pathlib import Path
import gevent
from moderation.adapters.toxicity import ToxicityAdviser
adviser = ToxicityAdviser(Path(sys.argv[1]), python=sys.executable, timeout=20, clock=lambda: datetime.now(UTC))
found, ticks = {}, 0
task = gevent.spawn(adviser.run, found.__setitem__)
for number in range(20):
    assert adviser.submit(f"m{number}", "sun grumble" if number == 7 else "sun")
while len(found) < 20:
    gevent.sleep(0.01)
    ticks += 1
toxic = [ref for ref, scores in found.items() if scores.notable()]
adviser.close()
task.join(5)
print(toxic == ["m7"], ticks > 10, task.dead, adviser.worker_pid, "torch" in sys.modules)
"""


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait for something that is about to happen; False when it does not."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def gone(pid: int) -> bool:
    """True when no process of this id runs (a dead one nobody has collected counts as gone)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] in "ZX"
    except FileNotFoundError:
        return True


def test_nothing_starts_before_the_first_text_and_torch_never_enters_this_process(
    bert_once: Path, adviser: Make
) -> None:
    asked = adviser(bert_once)
    assert asked.state().status is Status.IDLE
    assert asked.worker_pid is None
    assert asked.advise("sun") is not None
    assert asked.state().status is Status.READY
    assert {"torch", "transformers", "detoxify"}.isdisjoint(sys.modules)


def test_a_worker_that_hangs_is_ended_and_replaced(bert_once: Path, adviser: Make) -> None:
    asked = adviser(bert_once, timeout=1.0, first_wait=0.0)
    assert asked.advise("sun") is not None
    hung = asked.worker_pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    assert asked.advise("sun") is None
    assert (asked.state().status, asked.state().fault) == (Status.DOWN, Fault.TIME_OUT)
    assert gone(hung)
    assert asked.unscored == 1
    assert asked.advise("sun grumble") is not None
    assert asked.worker_pid not in {None, hung}
    assert asked.state().status is Status.READY


def test_a_worker_that_died_in_between_is_replaced_and_no_text_is_lost(bert_once: Path, adviser: Make) -> None:
    asked = adviser(bert_once)
    assert asked.advise("sun") is not None
    first = asked.worker_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert until(lambda: asked.worker_pid is None)
    assert asked.state().status is Status.IDLE
    assert asked.advise("sun") is not None
    assert asked.unscored == 0


def test_a_worker_that_dies_at_work_costs_that_text_only(bert_once: Path, adviser: Make) -> None:
    asked = adviser(bert_once, first_wait=0.0)
    assert asked.advise("sun") is not None
    pid = asked.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    answers: list[Scores | None] = []
    asking = threading.Thread(target=lambda: answers.append(asked.advise("sun")))
    asking.start()
    os.kill(pid, signal.SIGKILL)
    asking.join(30)
    # Killed before or after the question got to it: either way an answer or an honest none, and it goes on.
    assert len(answers) == 1
    assert asked.unscored == answers.count(None)
    assert asked.advise("sun") is not None


def test_the_worker_does_not_outlive_its_parent(bert_once: Path) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", ORPHAN, bert_once], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    assert parent.returncode == -signal.SIGKILL, parent.stderr
    assert until(lambda: gone(int(parent.stdout)))


def test_no_look_up_and_no_connection_ever(
    bert_once: Path, adviser: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert adviser(bert_once).advise("sun") is not None
    assert not (tmp_path / "seen").exists()
    ask = "import socket, contextlib\nwith contextlib.suppress(OSError): socket.getaddrinfo('localhost', 80)"
    subprocess.run([sys.executable, "-c", ask], check=True, timeout=30)
    assert (tmp_path / "seen").read_text("utf-8") == "socket.getaddrinfo\n"  # so the watch does watch


def test_detoxify_still_needs_our_way_round_its_offline_option(bert_once: Path) -> None:
    """When this fails, Detoxify was mended and `local_name` in the worker can go."""
    plain = (
        "import sys; from detoxify import Detoxify\n"
        "Detoxify(checkpoint=sys.argv[1] + '/detoxify.ckpt', huggingface_config_path=sys.argv[1] + '/config')"
    )
    command = [sys.executable, "-c", plain, bert_once]
    done = subprocess.run(command, env=dict(os.environ) | SAFE, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 1
    assert "OSError" in done.stderr


def test_no_secret_reaches_the_worker(bert_once: Path, adviser: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAVEN_SECRET_KEY", "not for a worker")
    asked = adviser(bert_once)
    assert asked.advise("sun") is not None
    environment = Path(f"/proc/{asked.worker_pid}/environ").read_bytes()
    assert b"TORCH_FORCE_WEIGHTS_ONLY_LOAD=1" in environment
    assert b"HAVEN" not in environment


def test_the_queue_with_threads(bert_once: Path, adviser: Make) -> None:
    asked, found = adviser(bert_once), dict[str, Scores]()
    task = threading.Thread(target=asked.run, args=(found.__setitem__,))
    task.start()
    for number in range(40):
        assert asked.submit(f"m{number}", "grumble sun" if number == 33 else "sun tree")
    assert until(lambda: len(found) == 40, seconds=60)
    asked.close()
    task.join(5)
    assert not task.is_alive()
    assert [ref for ref, scores in found.items() if Label.TOXICITY in scores.notable()] == ["m33"]


def test_the_queue_under_gevent_lets_others_run(bert_once: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GREEN, bert_once], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.stdout.split() == ["True", "True", "True", "None", "False"], done.stderr
