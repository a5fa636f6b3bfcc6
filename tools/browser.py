"""Make sure Chromium is here for the browser tests: Debian's package where we may, one clear line where not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Exit status 0 when a Chromium is on the PATH."""
    if any(shutil.which(name) for name in NAMES):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("test: installing Chromium from the system's packages", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
        if any(shutil.which(name) for name in NAMES):
            return 0
    print("test: the browser tests need Chromium; install it with: apt-get install chromium", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
