"""How often one person or address may try something; kept in memory only, never in the database or a log."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable, Sequence
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


# Of signing in and joining only what fails stays counted (`give_back`): forty people of one house are no attack.
SIGN_IN_PAIR = Rule("sign-in-pair", 10, 900)  # one name from one address
SIGN_IN_NAME = Rule("sign-in-name", 60, 900)  # one name from anywhere: loose, or strangers could lock a person out
SIGN_IN_ADDRESS = Rule("sign-in-address", 60, 900)
SIGN_IN_KNOWN = Rule("sign-in-known", 10, 900)  # a device that signed in as that person before, whatever others do
SECOND_FACTOR = Rule("second-factor", 10, 900)  # reached with the right passphrase only
JOIN_ADDRESS = Rule("join-address", 20, 900)
REPORT = Rule("report", 20, 600)
# What is wrong with a place, from one address: of all places, of one of them, and that one is not safe. The last counts
# by itself, for a whole shelter shares an address: what others say there must not keep it from being said.
CONCERN = Rule("concern", 20, 600)
CONCERN_PLACE = Rule("concern-place", 5, 3600)
CONCERN_UNSAFE = Rule("concern-unsafe", 20, 600)
TALK = Rule("talk", 10, 600)
PASSPHRASE = Rule("passphrase", 10, 900)
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
        self.take_all([(rule, key)])

    def take_all(self, counted: Sequence[tuple[Rule, str]]) -> None:
        """Count one try under several limits, or under none: raises TooMany when any of them is reached."""
        now = self._clock()
        if now - self._swept > SWEEP_SECONDS:
            self._sweep(now)
        for rule, key in counted:
            tries = self._tries.setdefault((rule, key), deque())
            while tries and tries[0] <= now - rule.seconds:
                tries.popleft()
            if len(tries) >= rule.tries:
                raise TooMany(max(1, ceil(tries[0] + rule.seconds - now)))
        for each in counted:
            self._tries[each].append(now)

    def give_back(self, counted: Sequence[tuple[Rule, str]]) -> None:
        """Forget the newest try under each of these limits: it went well. Counted first, so that none slips by."""
        for each in counted:
            if tries := self._tries.get(each):
                tries.pop()

    def _sweep(self, now: float) -> None:
        self._swept = now
        self._tries = {k: tries for k, tries in self._tries.items() if tries and tries[-1] > now - k[0].seconds}
