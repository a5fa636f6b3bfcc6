"""Make or refresh a virtual environment from pinned requirements: `environment.py base|test`. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
WANTED = (3, 11)
FILES = {"base": "requirements-base.txt", "test": "requirements-dev.txt"}


def main(kind: str) -> None:
    """Bring the environment to what the requirements file says; quick when it is there already."""
    if sys.version_info[:2] < WANTED:
        leave(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}; try: make PYTHON=python3.11")
    if not os.access(ROOT, os.W_OK):
        leave(f"this folder cannot be written: {ROOT}")
    requirements = ROOT / FILES[kind]
    stamp = VENV / f".{kind}-installed"
    wanted = fingerprint(requirements)
    if not (stamp.exists() and stamp.read_text() == wanted):
        make_environment()
        install(requirements)
        stamp.write_text(wanted)
    run([python(), ROOT / "tools" / "client.py"], "the browser's Socket.IO client could not be brought")


def fingerprint(requirements: Path) -> str:
    """A digest over a requirements file, the files it includes, and this interpreter's version."""
    digest = hashlib.sha256(sys.version.encode())
    for line in requirements.read_text().splitlines():
        if line.startswith("-r "):
            digest.update((ROOT / line[3:].strip()).read_bytes())
    digest.update(requirements.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Create `.venv` if it is missing or was made by another interpreter."""
    if python().exists() and subprocess.run([python(), "-c", ""], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"making {VENV.name}")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        leave("this Python cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv")


def install(requirements: Path) -> None:
    """Install pinned packages, with pip's own progress."""
    say(f"installing {requirements.name} (a minute or two the first time)")
    command = [python(), "-m", "pip", "install", "--disable-pip-version-check", "-q", "--progress-bar", "on"]
    run([*command, "-r", requirements], f"pip could not install {requirements.name}")


def python() -> Path:
    """The environment's interpreter."""
    return VENV / "bin" / "python"


def run(command: list[str | Path], problem: str) -> None:
    """Run a step; leave with one line if it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        leave(problem)


def say(line: str) -> None:
    """One line of progress."""
    print(f"set-up: {line}", flush=True)


def leave(line: str) -> NoReturn:
    """Say why and stop."""
    print(f"set-up: {line}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in FILES:
        leave("usage: environment.py base|test")
    main(sys.argv[1])
