"""Group commit: whoever gets the lock posts for everyone who is waiting, so one commit serves many messages."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Parcel = TypeVar("Parcel")
Outcome = TypeVar("Outcome")

LARGEST = 64


@dataclass(slots=True)
class _Ticket(Generic[Parcel, Outcome]):
    sender: int
    parcel: Parcel = field(repr=False)
    outcome: Outcome | None = field(default=None, repr=False)
    error: Exception | None = None
    done: bool = False


class Postbox(Generic[Parcel, Outcome]):
    """Collects parcels of concurrent callers and hands them to `post` in batches.

    `post` gets one parcel a sender at most, so that a sender's second message is screened knowing the first. It
    returns one outcome a parcel, in order. If a batch of several raises, each parcel is tried by itself, so that one
    person's trouble is not everybody's.
    """

    def __init__(self, post: Callable[[Sequence[Parcel]], Sequence[Outcome]]) -> None:
        self._post = post
        self._waiting: deque[_Ticket[Parcel, Outcome]] = deque()
        self._lock = threading.Lock()

    def submit(self, sender: int, parcel: Parcel) -> Outcome:
        """Post one parcel of account `sender` and wait for its outcome. Raises what `post` raised for it."""
        ticket: _Ticket[Parcel, Outcome] = _Ticket(sender, parcel)
        self._waiting.append(ticket)
        with self._lock:
            if not ticket.done:
                time.sleep(0)  # under gevent: let other sockets that have something to say join this batch
            while not ticket.done:
                self._serve(self._collect())
        if ticket.error is not None:
            raise ticket.error
        return ticket.outcome  # type: ignore[return-value]  # done without error means there is one

    def _collect(self) -> list[_Ticket[Parcel, Outcome]]:
        batch: list[_Ticket[Parcel, Outcome]] = []
        later: list[_Ticket[Parcel, Outcome]] = []
        senders: set[int] = set()
        while self._waiting and len(batch) < LARGEST:
            ticket = self._waiting.popleft()
            if ticket.sender in senders:
                later.append(ticket)
            else:
                senders.add(ticket.sender)
                batch.append(ticket)
        self._waiting.extendleft(reversed(later))
        return batch

    def _serve(self, batch: list[_Ticket[Parcel, Outcome]]) -> None:
        try:
            outcomes = self._post([ticket.parcel for ticket in batch])
        except Exception as error:  # noqa: BLE001 - handed to the caller whose parcel it is
            if len(batch) > 1:
                for ticket in batch:
                    self._serve([ticket])
                return
            batch[0].error, batch[0].done = error, True
            return
        for ticket, outcome in zip(batch, outcomes, strict=True):
            ticket.outcome, ticket.done = outcome, True
