"""How often one person or address may try something; kept in memory only, never in the database or a log."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from community.errors import TooMany

SWEEP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit: its name, and how many tries in how many seconds."""

    name: str
    tries: int
    seconds: float


SIGN_IN_NAME = Rule("sign-in-name", 10, 900)
SIGN_IN_ADDRESS = Rule("sign-in-address", 60, 900)
JOIN_ADDRESS = Rule("join-address", 20, 900)
REPORT = Rule("report", 20, 600)
CONCERN = Rule("concern", 20, 600)
TALK = Rule("talk", 10, 600)
CHOOSE = Rule("choose", 30, 600)


def network(address: str) -> str:
    """What limits count an address by: IPv4 whole, IPv6 by its /64, of which one line has all. Pure."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


class Limiter:
    """An exact moving window for each rule and key. One per process; a try costs a few microseconds."""

    def __init__(self, send_burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.send = Rule("send", send_burst, 10)
        self.look = Rule("look", 120, 10)
        self._clock = clock
        self._tries: dict[tuple[Rule, str], deque[float]] = {}
        self._swept = clock()

    def take(self, rule: Rule, key: str) -> None:
        """Count one try. Raises TooMany with the seconds to wait when the limit is reached."""
        now = self._clock()
        if now - self._swept > SWEEP_SECONDS:
            self._sweep(now)
        tries = self._tries.setdefault((rule, key), deque())
        while tries and tries[0] <= now - rule.seconds:
            tries.popleft()
        if len(tries) >= rule.tries:
            raise TooMany(max(1, ceil(tries[0] + rule.seconds - now)))
        tries.append(now)

    def _sweep(self, now: float) -> None:
        self._swept = now
        self._tries = {k: tries for k, tries in self._tries.items() if tries and tries[-1] > now - k[0].seconds}
