"""The real store on a SQLite file: a house that remembers many pairs, and people of whom very much is remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from community import migrating
from community.db import Database
from moderation import service as moderation
from moderation.core.direction import within_earshot
from moderation.core.model import Author, Context, Draft, Kind, Observation, Ref, Role, Utterance
from moderation.core.rules import Rulebook
from moderation.fail_closed import screen
from tests.bench.texts import LINES

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
EACH = 3  # observations of a pair: what pairs of the authored cases have on average (`make bench-screen` prints it)
PAIRS_OF_ONE = 5  # people one person shows signals to
CHUNK = 20_000
ROOM = 8  # people whose lines are the last twenty
SIGNALS = ("love_bombing", "secrecy_request", "platform_migration", "age_probe", "supervision_probe")
RISKY = "keep it between us ok, dont tell your mom"


@dataclass(frozen=True, slots=True)
class Step:
    """Processor milliseconds of one message: history loaded, text screened, what it showed remembered."""

    load: float
    screen: float
    remember: float

    @property
    def whole(self) -> float:
        """All three."""
        return self.load + self.screen + self.remember


class Remembering:
    """A database whose house remembers `pairs` pairs, growing on demand."""

    def __init__(self, folder: Path, rulebook: Rulebook) -> None:
        self.file = folder / "house.db"
        self.rulebook = rulebook
        self.database = Database(f"sqlite:///{self.file}", lambda _queued: None)
        migrating.upgrade(self.database.engine)
        self.pairs = 0
        self.empty_bytes = self._size()

    def grow(self, pairs: int) -> None:
        """Remember EACH observations of every pair up to `pairs`, spread over the last thirty days."""
        while self.pairs < pairs:
            until = min(self.pairs + CHUNK, pairs)
            with self.database.writing() as session:
                moderation.remember(session, list(self._observations(self.pairs, until)))
            self.pairs = until

    def bytes_a_pair(self) -> float:
        """Bytes of the database file, indexes included, for each pair."""
        return (self._size() - self.empty_bytes) / self.pairs

    def messages(self, number: int) -> list[Step]:
        """Time that many messages of ordinary people, everyday and risky lines in turn, in one transaction."""
        people = max(self.pairs // PAIRS_OF_ONE, 1)
        return self._timed(number, lambda index: [f"p_{(index * 7919 + one) % people}" for one in range(ROOM)])

    def of_one(self, observations: int, number: int) -> list[Step]:
        """Time messages of a person of whom that many observations of the last thirty days are remembered."""
        name = f"p_much_{observations}"
        seen = (
            replace(one, author_id=name, target_id=f"p_{index % 7}")
            for index, one in enumerate(self._observations(0, observations))
        )
        with self.database.writing() as session:
            moderation.remember(session, [one for one, _ in zip(seen, range(observations), strict=False)])
        return self._timed(number, lambda _index: [name, *(f"p_{one}" for one in range(ROOM - 1))])

    def _observations(self, first: int, last: int) -> Iterator[Observation]:
        for pair in range(first, last):
            author, target = pair // PAIRS_OF_ONE, pair // PAIRS_OF_ONE + 1 + pair % PAIRS_OF_ONE
            for number in range(EACH):
                at = NOW - timedelta(minutes=(pair * EACH + number) * 17 % (30 * 24 * 60))
                signal = SIGNALS[(pair + number) % len(SIGNALS)]
                yield Observation(f"p_{author}", f"p_{target}", signal, 0.7, at, Ref(Kind.MESSAGE, str(pair)))

    def _timed(self, number: int, room: Callable[[int], list[str]]) -> list[Step]:
        steps = []
        with self.database.writing() as session:
            for index in range(number + 1):
                names = room(index)
                people = {name: Author(name, Role.YOUTH, "16-17", NOW - timedelta(days=90)) for name in names}
                recent = [_line(names[1 + line % (ROOM - 1)], line) for line in range(20)]
                text = RISKY if index % 2 else LINES[index % len(LINES)]
                draft = Draft(people[names[0]], Kind.MESSAGE, NOW, "room:1", text, (names[1],))
                clock = [time.thread_time()]
                speaking = {names[0]: within_earshot(draft, Context(recent))}
                history = moderation.load_history(session, speaking, NOW)
                clock.append(time.thread_time())
                verdict = screen(self.rulebook, draft, Context(recent, people, history))
                clock.append(time.thread_time())
                moderation.remember(session, verdict.observations)
                clock.append(time.thread_time())
                steps.append(Step(*(1000 * (b - a) for a, b in pairwise(clock))))
            session.rollback()  # so that measuring does not change what is measured
        return steps[1:]

    def _size(self) -> int:
        with self.database.engine.connect() as connection:
            pages, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("page_count", "page_size")
            )
        return (pages or 0) * (size or 0)


def _line(name: str, number: int) -> Utterance:
    return Utterance(name, NOW - timedelta(minutes=20 - number), Ref(Kind.MESSAGE, str(number)), LINES[number])
