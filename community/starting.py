"""What must be true before serving, each with one clear line and a non-zero exit when it is not."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from typing import NoReturn

from community.assets import CLIENT, STATIC
from community.secret_key import with_secret_key
from config import Settings, SettingsError, from_env


def settings_or_exit(environ: Mapping[str, str]) -> Settings:
    """Settings ready to use, secrets included; every problem is printed before leaving."""
    try:
        settings = from_env(environ)
    except SettingsError as error:
        leave(*(f"setting {problem}" for problem in error.problems))
    os.umask(0o077)  # what people wrote is for this user of the machine alone
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        if not os.access(settings.data, os.W_OK):
            raise PermissionError
        settings, made = with_secret_key(settings)
    except OSError:
        leave(f"the data folder {settings.data} cannot be written; set HAVEN_DATA to one that can")
    if made is not None:
        say(f"made a secret key in {made} (only you can read it; keep it out of git)")
    return settings


def check_files_or_exit() -> None:
    """Leave with one line if set-up did not bring the browser's Socket.IO client: rooms would not be live."""
    if not (STATIC / CLIENT).is_file():
        leave(f"static/{CLIENT} is missing; `make run` brings it, or: python tools/client.py")


def check_port_or_exit(settings: Settings) -> None:
    """Leave with one line if something else already listens there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            leave(f"port {settings.port} on {settings.host} is taken or not allowed; set HAVEN_PORT to another")


def say(line: str) -> None:
    """One line for whoever starts the house."""
    sys.stderr.write(f"haven: {line}\n")


def leave(*lines: str) -> NoReturn:
    """Say why, one line each, and stop."""
    for line in lines:
        say(line)
    raise SystemExit(2)
