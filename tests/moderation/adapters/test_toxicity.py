"""The adviser's own behaviour, with a stand-in worker: states, time-outs, waits, queue. The real one: tests/model."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.adapters.toxicity import QUEUE, ToxicityAdviser
from moderation.core.toxicity import AdviserState, Fault, Label, Scores, Status

Make = Callable[..., ToxicityAdviser]
SECRET = "words nobody may log"

HEAD = """#!{python} -S
import json, os, socket, sys, time
link = socket.socket(fileno=os.dup(0)).makefile("rwb")
def say(message):
    link.write((message if isinstance(message, bytes) else json.dumps(message).encode()) + b"\\n")
    link.flush()
def scores(texts): return {{"scores": [{{"values": {{"toxicity": len(t) / 100}}, "whole": True}} for t in texts]}}
def texts(): return json.loads(link.readline())["texts"]
"""
WORKS = "say({'ready': True})\nwhile True: say(scores(texts()))"


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        """Let this much time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """One clock for the test and the adviser."""
    return Clock()


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder that looks like weights from outside."""
    folder = tmp_path / "weights"
    (folder / "config").mkdir(parents=True)
    for name in ("detoxify.ckpt", "manifest.json", "config/config.json"):
        (folder / name).write_text("{}", "utf-8")
    return folder


@pytest.fixture
def adviser(weights: Path, clock: Clock, tmp_path: Path) -> Iterator[Make]:
    """Makes an adviser whose interpreter is a script that plays the worker."""
    with ExitStack() as stack:

        def make(script: str = WORKS, *, timeout: float = 20.0) -> ToxicityAdviser:
            python = tmp_path / "python"
            python.write_text(HEAD.format(python=sys.executable) + script, "utf-8")
            python.chmod(0o755)
            return stack.enter_context(
                closing(ToxicityAdviser(weights, python=str(python), timeout=timeout, clock=clock, load_timeout=20.0))
            )

        yield make


def test_not_installed_without_weights_and_installed_once_they_lie_there(
    adviser: Make, weights: Path, clock: Clock
) -> None:
    manifest = (weights / "manifest.json").rename(weights / "away")
    asked = adviser()
    assert asked.state() == AdviserState(Status.NOT_INSTALLED, Fault.NO_WEIGHTS)
    assert asked.advise("hello") is None
    assert not asked.submit("m1", "hello")
    assert asked.unscored == 0  # nothing was promised
    assert asked.worker_pid is None
    manifest.rename(weights / "manifest.json")
    clock.forward(5)
    assert asked.state() == AdviserState(Status.IDLE)
    assert asked.advise("hello") is not None


def test_not_installed_without_the_package(weights: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.adapters.toxicity.find_spec", lambda _: None)
    asked = ToxicityAdviser(weights, python=sys.executable, timeout=1, clock=clock)
    assert asked.state() == AdviserState(Status.NOT_INSTALLED, Fault.NO_PACKAGE)
    assert asked.advise("hello") is None


def test_the_first_text_starts_the_worker_and_the_next_finds_it(adviser: Make) -> None:
    asked = adviser()
    assert asked.state() == AdviserState(Status.IDLE)
    assert asked.advise("hello") == Scores({Label.TOXICITY: 0.05})
    assert asked.state() == AdviserState(Status.READY)
    pid = asked.worker_pid
    assert asked.advise_many(["a", "bb"]) == [Scores({Label.TOXICITY: 0.01}), Scores({Label.TOXICITY: 0.02})]
    assert asked.worker_pid == pid


def test_more_texts_than_a_batch_holds_is_a_mistake(adviser: Make) -> None:
    with pytest.raises(ValueError, match="at most 16"):
        adviser().advise_many(["a"] * 17)


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("say({'fault': 'hash-mismatch'})", Fault.HASH_MISMATCH),
        ("say({'fault': 'what is this'})", Fault.BAD_ANSWER),
        ("sys.exit(3)", Fault.START_FAILED),
        ("say({'ready': False})", Fault.BAD_ANSWER),
        ("say({'ready': True}); texts(); sys.exit()", Fault.CRASHED),
        ("say({'ready': True}); texts(); say({'fault': 'failed'})", Fault.FAILED),
        ("say({'ready': True}); texts(); say(b'not json')", Fault.BAD_ANSWER),
        ("say({'ready': True}); texts(); say([1])", Fault.BAD_ANSWER),
        ("say({'ready': True}); texts(); say({'scores': []})", Fault.BAD_ANSWER),
        (
            'say({\'ready\': True}); texts(); say(b\'{"scores": [{"values": {"toxicity": NaN}, "whole": true}]}\')',
            Fault.BAD_ANSWER,
        ),
        ("say({'ready': True}); texts(); say(b'x' * 2_000_000); time.sleep(60)", Fault.BAD_ANSWER),
    ],
)
def test_every_failure_is_none_and_a_state_that_says_why(
    adviser: Make, clock: Clock, script: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    asked = adviser(script)
    with caplog.at_level(logging.DEBUG):
        assert asked.advise(SECRET) is None
    assert asked.state() == AdviserState(Status.DOWN, fault, clock.now)
    assert asked.unscored == 1
    assert asked.worker_pid is None
    assert fault.value in caplog.text
    assert SECRET not in caplog.text


def test_a_silent_worker_is_given_up_in_time(adviser: Make) -> None:
    asked = adviser("say({'ready': True}); time.sleep(600)", timeout=0.05)
    assert asked.advise("hello") is None
    assert asked.state().fault is Fault.TIME_OUT
    assert asked.worker_pid is None


def test_an_interpreter_that_is_not_there(weights: Path, clock: Clock, tmp_path: Path) -> None:
    asked = ToxicityAdviser(weights, python=str(tmp_path / "none"), timeout=1, clock=clock)
    assert asked.advise("hello") is None
    assert asked.state().fault is Fault.START_FAILED


def test_after_a_failure_it_waits_twice_as_long_each_time_and_starts_anew(adviser: Make, clock: Clock) -> None:
    asked = adviser("open('tries', 'a').write('x'); sys.exit(1)".replace("'tries'", "sys.argv[3] + '/tries'"))
    tries = Path(asked._weights) / "tries"
    began = clock.now
    for number, wait in enumerate([2, 4, 8, 16, 32, 64, 128, 256, 300, 300], start=1):
        assert asked.advise("hello") is None
        assert len(tries.read_text()) == number
        clock.forward(wait - 0.5)
        assert asked.advise("hello") is None
        assert len(tries.read_text()) == number
        clock.forward(0.5)
    assert asked.state() == AdviserState(Status.DOWN, Fault.START_FAILED, began)
    assert asked.unscored == 20


def test_one_good_answer_ends_the_trouble(adviser: Make, clock: Clock, tmp_path: Path) -> None:
    asked = adviser("sys.exit(1)")
    assert asked.advise("hello") is None
    adviser()  # the same interpreter path now works
    clock.forward(2)
    assert asked.advise("hello") is not None
    assert asked.state() == AdviserState(Status.READY)


def test_a_full_queue_drops_counts_and_never_waits(adviser: Make) -> None:
    asked = adviser()
    taken = [asked.submit(f"m{number}", "hello") for number in range(QUEUE + 3)]
    assert taken == [True] * QUEUE + [False] * 3
    assert asked.unscored == 3


def test_run_hands_on_scores_by_reference_survives_a_bad_row_and_logs_no_text(
    adviser: Make, caplog: pytest.LogCaptureFixture
) -> None:
    asked, kept, done = adviser(), dict[str, Scores](), threading.Event()

    def keep(ref_id: str, scores: Scores) -> None:
        if ref_id == "m3":
            raise RuntimeError(SECRET)
        kept[ref_id] = scores
        if ref_id == "m29":
            done.set()

    for number in range(30):
        asked.submit(f"m{number}", "x" * number)
    task = threading.Thread(target=asked.run, args=(keep,))
    with caplog.at_level(logging.DEBUG):
        task.start()
        assert done.wait(30)
        asked.close()
        task.join(10)
    assert not task.is_alive()
    assert {ref: scores.values[Label.TOXICITY] for ref, scores in kept.items()} == {
        f"m{number}": number / 100 for number in range(30) if number != 3
    }
    assert asked.unscored == 1
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text


def test_waiting_texts_keep_their_place_while_the_worker_is_away(adviser: Make, clock: Clock) -> None:
    asked, kept, done = adviser("sys.exit(1)"), list[str](), threading.Event()
    assert asked.advise("hello") is None
    adviser()
    asked.submit("m1", "hello")

    def keep(ref_id: str, scores: Scores) -> None:
        kept.append(ref_id)
        done.set()

    task = threading.Thread(target=asked.run, args=(keep,))
    task.start()
    assert not done.wait(0.1)
    clock.forward(2)
    assert done.wait(30)
    asked.close()
    task.join(10)
    assert kept == ["m1"]
    assert asked.unscored == 1


def test_closing_ends_an_idle_run_the_worker_and_every_later_question(adviser: Make) -> None:
    asked = adviser()
    assert asked.advise("hello") is not None
    task = threading.Thread(target=asked.run, args=(lambda *_: None,))
    task.start()
    asked.close()
    task.join(10)
    assert not task.is_alive()
    assert asked.worker_pid is None
    assert asked.advise("hello") is None
    assert not asked.submit("m1", "hello")
