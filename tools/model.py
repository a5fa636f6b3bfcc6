"""The body of `make model`: installs Detoxify, brings or accepts its weights, checks them, and asks them one question.

Run as `python -m tools.model` in the environment to install into. Standard library only, until the install is done.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import config
from community import clock
from moderation.adapters.toxicity import ToxicityAdviser
from moderation.core.toxicity import CHECKPOINT, CONFIG, MANIFEST, Label

ROOT = Path(__file__).resolve().parent.parent
# Of Detoxify's models the one trained not to take identity words for insults: docs/decisions/0011.
MODEL = "unbiased"
# Minutes after which a step is ended, however it stands. PyTorch's GPU build is about 3 GB, the checkpoint 500 MB.
INSTALL_MINUTES = 60
FETCH_MINUTES = 45
PLACE_MINUTES = 10
# The hub's own patience, in seconds: one lookup, one stalled read.
HUB = {"HF_HUB_ETAG_TIMEOUT": "10", "HF_HUB_DOWNLOAD_TIMEOUT": "15", "HF_HUB_DISABLE_TELEMETRY": "1"}
# Room for the packages and the checkpoint; the CPU build needs a quarter of it.
NEEDED_GIB = 8

BY_HAND = """
The weights can be placed by hand. Either
  A. copy them from a computer where `make model` has worked: take its whole folder
       {folder}
     with everything in it, put it in the same place here, and run `make model` again;
or
  B. on a computer with internet:
     1. Download   {url}
     2. From the model page "{base}" on the Hugging Face hub, download
          config.json  tokenizer.json  tokenizer_config.json  vocab.json  merges.txt
     3. Put the first file into     {folder}
        and the others into         {config}
     4. Run `make model` again. It checks every file before anything uses it.
Until then everything else works; the desk says "toxicity adviser: not installed".
"""
ABOUT_MODEL = (
    "from detoxify.detoxify import MODEL_URLS; import sys; print(MODEL_URLS[sys.argv[1]])"  # their address, not ours
)
BASE = "FacebookAI/roberta-base"


def main() -> None:
    """All steps in order; leaves with one clear line and a non-zero status where one fails."""
    try:
        folder = config.from_env(os.environ).weights.resolve()
    except config.SettingsError as error:
        leave(str(error))
    install()
    if not (folder / MANIFEST).is_file():
        say(f"bringing the weights of Detoxify's {MODEL!r} model into {folder}")
        if step("fetch", folder, FETCH_MINUTES) != 0 or step("place", folder, PLACE_MINUTES) != 0:
            explain(folder)
            leave("the weights are not in place; the steps above say how to place them by hand")
    try_out(folder)


def install() -> None:
    """Install requirements.txt into this environment, with pip's own progress."""
    free = shutil.disk_usage(sys.prefix).free / 2**30
    if free < NEEDED_GIB and find_spec("detoxify") is None:
        leave(f"{free:.1f} GiB free, {NEEDED_GIB} are needed for PyTorch and the weights")
    say("installing requirements.txt: PyTorch is large, on most Linux machines about 3 GB")
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "on"]
    patience = ["--timeout", "15", "--retries", "2"]
    if run([*pip, *patience, "-r", str(ROOT / "requirements.txt")], INSTALL_MINUTES) != 0:
        leave("pip could not install requirements.txt; its own words are above")
    importlib.invalidate_caches()


def step(name: str, folder: Path, minutes: int) -> int:
    """One step of tools/model_weights.py, its exit status."""
    return run([sys.executable, "-m", "tools.model_weights", name, MODEL, str(folder)], minutes)


def run(command: Sequence[str], minutes: int) -> int:
    """Run a command with its output shown; 1 when it had to be ended because its time was up."""
    try:
        return subprocess.run(command, cwd=ROOT, env=os.environ | HUB, timeout=minutes * 60, check=False).returncode
    except subprocess.TimeoutExpired:
        say(f"gave up after {minutes} minutes")
        return 1


def explain(folder: Path) -> None:
    """Say in plain steps how to place the weights by hand."""
    about = [sys.executable, "-c", ABOUT_MODEL, MODEL]
    url = subprocess.run(about, capture_output=True, text=True, check=False).stdout.strip()
    print(BY_HAND.format(folder=folder, config=folder / CONFIG, url=url, base=BASE), flush=True)


def try_out(folder: Path) -> None:
    """Load the weights as the house will, and see that an insult scores higher than a thank-you."""
    say("loading the weights as the server will")
    adviser = ToxicityAdviser(folder, python=sys.executable, timeout=60, clock=clock.now)
    started = time.monotonic()
    try:
        rude, kind = adviser.advise_many(["you are a stupid idiot", "thank you, see you tomorrow"])
        fault = adviser.state().fault
    finally:
        adviser.close()
    if rude is None or kind is None:
        leave(f"the weights were refused ({fault}); remove {folder / MANIFEST} and run `make model` again")
    if rude.values[Label.TOXICITY] < kind.values[Label.TOXICITY] + 0.5:
        leave(f"the weights load but do not tell an insult from a thank-you; {folder / CHECKPOINT} is not the real one")
    say(f"toxicity adviser: ready (loaded and answered in {time.monotonic() - started:.1f} s)")


def say(line: str) -> None:
    """One line of progress."""
    print(f"model: {line}", flush=True)


def leave(line: str) -> NoReturn:
    """Say why and stop."""
    print(f"model: {line}", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
