"""Does cost stay flat as history grows? Fills one room to a thousand, a hundred thousand and a million messages and
times what people do most: post, join, catch up, page back, load a pair's history, open the desk's queue.

`python -m tests.bench.history [--url postgresql+psycopg://…]`; the database must be empty. Times are medians.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from community import clock, ids, migrating
from community.accounts.lasting import Lasting
from community.accounts.models import RIGHTS_VERSION, Account, Agency, DeviceSession
from community.actors import MemberActor
from community.db import Database
from community.host import CommunityHost
from community.rooms import queries
from community.rooms.admission import Parcel, SendMessage
from community.rooms.models import Message, Room
from community.rooms.posting import post
from moderation import rulebook
from moderation import service as moderation
from moderation.core.duties import Duty
from moderation.core.model import Tier
from moderation.desk.queue import queue
from moderation.ports import Staff
from moderation.runtime import Runtime
from moderation.store.cases import Case, CaseKind, CaseState
from moderation.store.observations import ObservationRow
from tests.bench.texts import LINES

LEVELS = (1_000, 100_000, 1_000_000)
CHUNK = 10_000
MEMBERS = 200
REPEATS = 40
DAYS = 90  # how long a chat message is kept (config.py, chat_days)
SIGNALS_EACH = 50  # remembered signals of one author: a busy month
STAFF = Staff("p_staff", "staff", frozenset({Duty.CASE_READ}), "en")


class Filled:
    """A database with one busy room that grows on demand."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, lambda _queued: None)
        self.start = clock.now() - timedelta(days=DAYS)
        migrating.upgrade(self.database.engine)
        with self.database.writing() as session:
            self.room_id, self.account_ids, self.device_id = _people(session)
            self.actor = _actor(session, self.account_ids[0], self.device_id)
        self.rows = self.signals = self.cases = 0
        self.numbers = count(1)

    def grow(self, rows: int) -> None:
        """Add messages up to `rows`, a signal for every tenth, a case for every hundredth."""
        while self.rows < rows:
            size = min(CHUNK, rows - self.rows)
            with self.database.writing() as session:
                session.execute(insert(Message), list(self._messages(size)))
                session.execute(insert(ObservationRow), list(self._signals(self.rows // 10)))
                session.execute(insert(Case), list(self._cases(min(10_000, self.rows // 100))))
                session.execute(update(Room).where(Room.id == self.room_id).values(revision=self.rows))

    def _messages(self, size: int) -> Iterator[dict[str, Any]]:
        for _ in range(size):
            self.rows += 1
            held = self.rows % 50 == 0
            yield {
                "room_id": self.room_id,
                "author_id": self.account_ids[self.rows % MEMBERS],
                "client_id": f"fill-{self.rows}",
                "text": LINES[self.rows % len(LINES)],
                "state": "held" if held else "published",
                "revision": self.rows,
                "sent_at": self.start + timedelta(days=DAYS) * (self.rows / LEVELS[-1]),
                "was_published": not held,
            }

    def _signals(self, total: int) -> Iterator[dict[str, Any]]:
        for number in range(self.signals, max(total, SIGNALS_EACH * 2)):
            yield {
                "author_ref": f"p_{number // SIGNALS_EACH}",
                "target_ref": "p_other",
                "signal": "offer",
                "confidence": 0.5,
                "at": clock.now(),
                "ref_kind": "message",
                "ref_id": str(number),
            }
            self.signals = number + 1

    def _cases(self, total: int) -> Iterator[dict[str, Any]]:
        for number in range(self.cases, max(total, 1)):
            at = self.start + timedelta(minutes=number)
            yield {
                "kind": CaseKind.CONDUCT,
                "state": CaseState.OPEN,
                "tier": (Tier.P0, Tier.P1, Tier.P2)[number % 3],
                "deadline": at + timedelta(hours=4),
                "subject_ref": f"p_{number}",
                "place": f"room:{self.room_id}",
                "title": "benchmark",
                "version": 1,
                "opened_at": at,
                "flagged_at": at,
            }
            self.cases = number + 1


def operations(filled: Filled) -> dict[str, Callable[[], object]]:
    """What is timed: its name, and a call that does it once."""
    runtime = _runtime(filled.database)

    def write() -> object:
        command = SendMessage(room="history", client_id=f"bench-{next(filled.numbers)}", text=LINES[3])
        with filled.database.writing() as session:
            outcomes = post(session, runtime, [Parcel(filled.device_id, command)], now=clock.now(), lasting=Lasting())
            if outcomes[0].state != "published":
                raise SystemExit(f"the benchmark's message was not published: {outcomes[0]}")
        return outcomes

    def read(ask: Callable[[Session, Room], object]) -> Callable[[], object]:
        def once() -> object:
            with filled.database.reading() as session:
                return ask(session, queries.access_room(session, filled.actor, "history"))

        return once

    me, half = filled.actor, filled.rows // 2
    pair = {"p_0": ["p_1"]}
    return {
        "post one message": write,
        "join: newest 50": read(lambda s, r: queries.newest(s, r, me, hidden=())),
        "catch up: last 100 changes": read(lambda s, r: queries.changes(s, r, me, r.revision - 100, hidden=())),
        "page back from the middle": read(lambda s, r: queries.older(s, r, me, half, hidden=())),
        "history of two people": read(lambda s, _: moderation.load_history(s, pair, clock.now())),
        "desk: first page of the queue": read(lambda s, _: queue(s, runtime, STAFF)),
    }


def timed(call: Callable[[], object]) -> float:
    """Median milliseconds of one call, after one that does not count."""
    call()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return round(median(times) * 1000, 2)


def _people(session: Session) -> tuple[int, list[int], int]:
    now = clock.now()
    agency = Agency(name="History")
    room = Room(slug="history", band="16-17", name_en="-", name_es="-", about_en="", about_es="", revision=0)
    session.add_all([agency, room])
    session.flush()
    people = [
        Account(
            public_id=ids.public_id("p"),
            kind="member",
            handle=f"history {number}",
            handle_key=f"history{number}",
            passphrase_hash="-",
            language="en",
            created_at=now - timedelta(days=DAYS),
            agency_id=agency.id,
            band=room.band,
            rights_version=RIGHTS_VERSION,
        )
        for number in range(MEMBERS)
    ]
    session.add_all(people)
    session.flush()
    device = DeviceSession(
        account_id=people[0].id, token_digest=ids.digest(ids.token()), shared_device=False, started_at=now, seen_at=now
    )
    session.add(device)
    session.flush()
    return room.id, [person.id for person in people], device.id


def _actor(session: Session, account_id: int, device_id: int) -> MemberActor:
    account = session.get_one(Account, account_id)
    return MemberActor(
        id=account.id,
        public_id=account.public_id,
        name=account.handle,
        language="en",
        theme="",
        session_id=device_id,
        shared_device=False,
        seen_at=account.created_at,
        agency_id=account.agency_id or 0,
        band="16-17",
        has_read_rights=True,
    )


def _runtime(database: Database) -> Runtime:
    adviser = SimpleNamespace(state=lambda: None, submit=lambda _ref, _text: False)
    return Runtime(
        host=CommunityHost(clock.now),
        rulebook=rulebook.load(),
        adviser=cast(Any, adviser),
        reading=database.reading,
        writing=database.writing,
        current_staff=cast(Any, None),
        clock=clock.now,
        lease=timedelta(minutes=15),
        deadlines={tier: timedelta(hours=4) for tier in (Tier.P0, Tier.P1, Tier.P2)},
    )


def main() -> None:
    """Fill, time, print a table: one row an operation, one column a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="an empty database; without it a SQLite file in a temporary folder")
    parser.add_argument("--rows", type=int, default=LEVELS[-1], help="stop at this many messages")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="haven-history-"))
    filled = Filled(options.url or f"sqlite:///{folder / 'history.db'}")
    levels = [level for level in LEVELS if level <= options.rows]
    results: dict[str, list[float]] = {}
    try:
        for level in levels:
            filled.grow(level)
            for name, call in operations(filled).items():
                results.setdefault(name, []).append(timed(call))
    finally:
        filled.database.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{'milliseconds, messages in the room:':36}" + "".join(f"{level:>12,}" for level in levels))
    for name, times in results.items():
        print(f"{name:36}" + "".join(f"{value:>12}" for value in times))
    print(f"cases in the queue at the end: {filled.cases:,}")


if __name__ == "__main__":
    main()
