"""Closes the sockets of devices that another process signed out, such as a command: it asks the database every while.

Requests and socket events ask for themselves. This is for a socket that only listens: it hears its room until then.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from community import clock
from community.accounts.queries import ended_elsewhere
from community.web.house import House

SECONDS = 10  # one short query; a suspension must be felt within a minute (youth-community.md, statement 22)
PAGE = 500  # ids in one query

log = logging.getLogger("haven.standing")


def keep(house: House) -> None:
    """Look now and every ten seconds, for good. The body of one background task."""
    while True:
        try:
            look(house, now=clock.now())
        except Exception as error:  # noqa: BLE001 - the next round must come; until then events still ask for themselves
            log.error("looking at standing failed: %s", type(error).__name__)
        time.sleep(SECONDS)


def look(house: House, *, now: datetime) -> None:
    """Close the sockets of every connected device whose session no longer stands."""
    devices = sorted(set(house.hub.devices.values()))
    for first in range(0, len(devices), PAGE):
        page = devices[first : first + PAGE]
        with house.database.reading() as session:
            ended = ended_elsewhere(session, page, now=now)
        house.hub.end_devices(sorted(ended))
