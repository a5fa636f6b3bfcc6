"""How `gunicorn wsgi:app` serves Haven: gunicorn reads this file by itself from the folder it is started in."""

from __future__ import annotations

import logging
import os
from typing import Any

from community import quiet, starting

logging.getLogger("gunicorn.error").addFilter(quiet.QuietRequests())
_settings = starting.settings_or_exit(os.environ)

bind = f"{_settings.host}:{_settings.port}"
worker_class = "gevent"
workers = 1
preload_app = False  # greenlets, database connections and the adviser's process must be made in the worker
graceful_timeout = 10
# gunicorn believes no client; werkzeug's ProxyFix does, for as many proxies as HAVEN_PROXIES says, and it alone.
forwarded_allow_ips = ""


def on_starting(server: Any) -> None:
    """Refuse what would lose messages: rooms, limits and the postbox live in one process."""
    starting.check_files_or_exit()
    if server.cfg.workers != 1 or server.cfg.preload_app:
        raise SystemExit("haven: one worker and no preload, or rooms would not hear each other; see docs/operations.md")


def post_worker_init(_worker: Any) -> None:
    """The worker has loaded the application and is about to serve."""
    import wsgi  # noqa: PLC0415 - only the worker may load it, and by now it has

    wsgi.begin()
