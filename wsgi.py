"""The server: `python wsgi.py`, or `gunicorn wsgi:app` (gunicorn.conf.py). The only place that patches for gevent."""

from gevent import monkey, signal_handler

monkey.patch_all()

import logging  # noqa: E402 - everything below must see the patched standard library
import os  # noqa: E402
import signal  # noqa: E402

from community import advising, quiet, retention, standing, starting  # noqa: E402
from community.factory import create_app  # noqa: E402

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
settings = starting.settings_or_exit(os.environ)
wired = create_app(settings, async_mode="gevent")
app, socketio = wired.app, wired.socketio


def begin() -> None:
    """Start what runs beside requests: once, in the process that serves, for greenlets do not survive a fork."""
    starting.check_people_or_exit(wired.house)
    quiet.hush_loop()
    socketio.start_background_task(wired.house.runtime.adviser.run, advising.on_scores(wired.house))
    socketio.start_background_task(retention.keep, wired.house)
    socketio.start_background_task(standing.keep, wired.house)


def serve() -> None:
    """Serve until told to stop."""
    starting.check_files_or_exit()
    starting.check_port_or_exit(settings)
    begin()
    # A greenlet of its own stops the server. An exception raised by the signal would land in whatever runs just then,
    # and the socket libraries catch everything an event's handler raises.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal_handler(number, socketio.stop)
    socketio.run(app, host=settings.host, port=settings.port, log_output=False, error_log=quiet.logger("haven.server"))


if __name__ == "__main__":
    serve()
