"""Who is connected must still stand: activity is noted, and sockets of devices whose sign-in is over are closed.

Requests and socket events ask for themselves. This is for a socket that only listens, and for what another process did
(a command that ends an account): it asks the database every few seconds.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from community import clock
from community.accounts import queries, service
from community.web.house import House

SECONDS = 10  # a suspension must be felt within a minute (youth-community.md, statement 22)
PAGE = 500  # devices in one query

log = logging.getLogger("haven.standing")


def keep(house: House) -> None:
    """Sweep every few seconds, for good. The body of one background task."""
    while True:
        try:
            sweep(house, now=clock.now())
        except Exception as error:  # noqa: BLE001 - the next round must come; until then events still ask for themselves
            log.error("looking at standing failed: %s", type(error).__name__)
        time.sleep(SECONDS)


def sweep(house: House, *, now: datetime) -> None:
    """Write down who was active, then close the sockets of every connected device whose sign-in is over.

    Only devices with an open socket are looked at: the others meet the same rules at their next click.
    """
    _note_activity(house, now)
    devices = sorted(set(house.hub.devices.values()))
    for page in (devices[first : first + PAGE] for first in range(0, len(devices), PAGE)):
        with house.database.reading() as session:
            over = service.over(session, page, lasting=house.lasting, now=now)
            gone = queries.ended_elsewhere(session, page, now=now)
        if over:
            with house.database.writing() as session:
                service.end_over(session, over, lasting=house.lasting, now=now)
        house.hub.end_devices(gone)


def _note_activity(house: House, now: datetime) -> None:
    active = house.hub.take_active()
    if not active:
        return
    try:
        with house.database.writing() as session:
            service.notice(session, active, every=house.lasting.noticed_every, now=now)
    except BaseException:
        house.hub.active |= active  # what they did still counts when the database is back
        raise
