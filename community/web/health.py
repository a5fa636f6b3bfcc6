"""Which parts of the house work right now, in words a page or a monitor can use."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from community.web.house import House

Part = dict[str, str]


def parts(house: House) -> list[Part]:
    """One row a part: `name_id` and `detail_id` name texts, `state` is ok, missing or down."""
    return [_database(house), _rules(house), _adviser(house)]


def _database(house: House) -> Part:
    try:
        with house.database.reading() as session:
            session.execute(text("SELECT 1 FROM account LIMIT 1"))
    except SQLAlchemyError:
        return _part("database", "down")
    return _part("database", "ok")


def _rules(house: House) -> Part:
    return _part("rules", "ok" if house.runtime.rulebook is not None else "down")


def _adviser(house: House) -> Part:
    state = str(house.runtime.adviser.state().status)
    return _part("adviser", {"not-installed": "missing", "down": "down"}.get(state, "ok"))


def _part(name: str, state: str) -> Part:
    return {"name": name, "name_id": f"health-{name}", "state": state, "detail_id": f"health-{name}-{state}"}
