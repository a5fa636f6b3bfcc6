"""Sockets of devices whose time is over are closed, and what people do on sockets counts as being there."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from community import clock
from community.accounts import service
from community.web.house import House

SWEEP_SECONDS = 10

log = logging.getLogger("haven.idling")


def keep(house: House) -> None:
    """Sweep every few seconds, for good. The body of one background task."""
    while True:
        try:
            sweep(house, now=clock.now())
        except Exception as error:  # noqa: BLE001 - the next round must come
            log.error("idle devices were not looked at: %s", type(error).__name__)
        time.sleep(SWEEP_SECONDS)


def sweep(house: House, *, now: datetime) -> None:
    """Write down who was active, then end every connected device whose time is over.

    Only devices with an open socket are looked at: the others meet the same rule at their next click.
    """
    active = house.hub.take_active()
    if active:
        try:
            with house.database.writing() as session:
                service.notice(session, active, every=house.lasting.noticed_every, now=now)
        except BaseException:
            house.hub.active |= active  # what they did still counts when the database is back
            raise
    devices = set(house.hub.devices.values())
    if devices:
        with house.database.reading() as session:
            over = service.over(session, devices, lasting=house.lasting, now=now)
        if over:
            with house.database.writing() as session:
                service.end_over(session, over, lasting=house.lasting, now=now)
