"""Which parts of the house work right now, in words a page or a monitor can use."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from community.web.house import House, Part


def database(house: House) -> Part:
    """Whether the database answers and has our tables."""
    try:
        with house.database.reading() as session:
            session.execute(text("SELECT 1 FROM account LIMIT 1"))
    except SQLAlchemyError:
        return part("database", "down")
    return part("database", "ok")


def rules(house: House) -> Part:
    """Whether the rulebook is loaded."""
    return part("rules", "ok" if house.runtime.rulebook is not None else "down")


def adviser(house: House) -> Part:
    """Whether the toxicity adviser is there and answers."""
    state = str(house.runtime.adviser.state().status)
    return part("adviser", {"not-installed": "missing", "down": "down"}.get(state, "ok"))


def part(name: str, state: str) -> Part:
    """One part in one state; the texts are named after both."""
    return {"name": name, "name_id": f"health-{name}", "state": state, "detail_id": f"health-{name}-{state}"}
