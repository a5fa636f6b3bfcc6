"""Which parts of the house work right now, in words a page or a monitor can use."""

from __future__ import annotations

import shutil

from sqlalchemy import text

from community.db import TROUBLE
from community.web.house import House, Part

ROOM_LEFT = 32 * 2**20  # bytes free in the data folder, below which the next messages may not fit


class _Undone(Exception):
    """Ends a try at writing, so that nothing of it is kept."""


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
    """Whether the rulebook is loaded."""
    return part("rules", "ok" if house.runtime.rulebook is not None else "down")


def adviser(house: House) -> Part:
    """Whether the toxicity adviser is there and answers."""
    state = str(house.runtime.adviser.state().status)
    return part("adviser", {"not-installed": "missing", "down": "down"}.get(state, "ok"))


def part(name: str, state: str, detail: str = "") -> Part:
    """One part in one state; the texts are named after both, or after `detail` where a state has more than one."""
    return {"name": name, "name_id": f"health-{name}", "state": state, "detail_id": f"health-{name}-{detail or state}"}
