"""How often one person or address may try something; kept in memory only, never in the database or a log."""

from __future__ import annotations

import time
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from community.errors import TooMany


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit: its name and how many tries in how long, such as "10/15 minutes"."""

    name: str
    item: RateLimitItem


SIGN_IN_NAME = Rule("sign-in-name", parse("10/15 minutes"))
SIGN_IN_ADDRESS = Rule("sign-in-address", parse("60/15 minutes"))
JOIN_ADDRESS = Rule("join-address", parse("20/15 minutes"))
REPORT = Rule("report", parse("20/10 minutes"))
CONCERN = Rule("concern", parse("20/10 minutes"))
TALK = Rule("talk", parse("10/10 minutes"))


class Limiter:
    """Counts tries. One per process."""

    def __init__(self, send_burst: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self.send = Rule("send", parse(f"{send_burst}/10 seconds"))
        self.look = Rule("look", parse("120/10 seconds"))

    def take(self, rule: Rule, key: str) -> None:
        """Count one try. Raises TooMany with the seconds to wait when the limit is reached."""
        if not self._limiter.hit(rule.item, rule.name, key):
            reset = self._limiter.get_window_stats(rule.item, rule.name, key).reset_time
            raise TooMany(max(1, round(reset - time.time())))
