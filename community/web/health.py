"""Which parts of the house work right now, in words a page or a monitor can use."""

from __future__ import annotations

import shutil

from sqlalchemy import text

from community import clock
from community.db import TROUBLE
from community.web.house import House, Part
from moderation import service as moderation

KEEP_SECONDS = 2  # how old what /health says may be: anyone may ask, and a look takes the writer's turn
ROOM_LEFT = 32 * 2**20  # bytes free in the data folder, below which the next messages may not fit


class _Undone(Exception):
    """Ends a try at writing, so that nothing of it is kept."""


def parts(house: House) -> list[Part]:
    """How every part is doing now, or was a moment ago."""
    return house.looked.get(lambda: [look(house) for look in house.parts], seconds=KEEP_SECONDS)


def database(house: House) -> Part:
    """Whether the database answers, has our tables, and takes what is written."""
    try:
        with house.database.reading() as session:
            session.execute(text("SELECT 1 FROM account LIMIT 1"))
        with house.database.writing() as session:
            session.execute(text("UPDATE account SET theme = theme WHERE id = 0"))
            raise _Undone
    except _Undone:
        # What is undone never reaches the disk, so a full one is asked about itself.
        full = house.database.is_sqlite and shutil.disk_usage(house.settings.data).free < ROOM_LEFT
        return part("database", "down", "full") if full else part("database", "ok")
    except TROUBLE:
        return part("database", "down")


def rules(house: House) -> Part:
    """Whether the rules hold a line that they must hold, and let a harmless one pass: tried, not assumed."""
    return part("rules", "ok" if moderation.works(house.runtime.rulebook, clock.now()) else "down")


def adviser(house: House) -> Part:
    """Whether the toxicity adviser is there and answers, and how many texts it never saw since the start."""
    state = str(house.runtime.adviser.state().status)
    missed = house.runtime.adviser.unscored
    if state not in {"not-installed", "down"} and missed:
        return part("adviser", "ok", "gaps", count=missed)
    return part("adviser", {"not-installed": "missing", "down": "down"}.get(state, "ok"), count=missed)


def part(name: str, state: str, detail: str = "", count: int = 0) -> Part:
    """One part in one state; the texts are named after both, or after `detail` where a state has more than one."""
    detail_id = f"health-{name}-{detail or state}"
    return {"name": name, "name_id": f"health-{name}", "state": state, "detail_id": detail_id, "count": str(count)}
