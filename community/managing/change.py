"""One change from the command line: a session that is kept if it succeeds, one clear line if it must not happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from community import clock, migrating, starting
from community.accounts import demo
from community.db import Database
from config import Settings
from moderation import service as moderation

# Who the audit names. A command line knows no person; the machine's own log of who signed in on it does.
OPERATOR = "operator"


class Refused(Exception):
    """Why a command did nothing, as one line for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction, and the moment it happens."""

    session: Session
    settings: Settings
    now: datetime

    def record(self, event: str, subject: str, **data: object) -> None:
        """Write what was done into the audit: ids, counts and codes, never a name."""
        moderation.record(self.session, actor=OPERATOR, event=event, subject=subject, at=self.now, data=data)


@contextmanager
def change(settings: Settings) -> Iterator[Change]:
    """Run one change. Leaves with one line and a status that is not zero when it is refused; then nothing was kept.

    A server that runs at the same time is told nothing: it asks the database at every request and event, and
    `community/standing.py` closes the sockets of those who were signed out.
    """
    database = Database(settings.database, lambda _: None)
    try:
        if not migrating.is_current(database.engine):
            raise Refused("the database is not up to date; run: python -m community.cli prepare")
        with database.writing() as session:
            if not settings.is_demo and demo.is_filled_in(session):
                raise Refused(
                    "this database holds the demo community, whose passphrase everyone knows; "
                    "set HAVEN_DATA to a new folder"
                )
            yield Change(session, settings, clock.now())
    except Refused as refusal:
        starting.leave(str(refusal))
    except OperationalError:
        starting.leave("the database is busy or cannot be reached; nothing was changed, try again")
    except IntegrityError:
        starting.leave("somebody added the same at the same moment; nothing was changed, look and try again")
    finally:
        database.close()
