"""Notices in the language and time zone of the request, and whether one waits: the edge of `notices.py`."""

from __future__ import annotations

from datetime import datetime

from community.actors import MemberActor
from community.safety import queries
from community.safety.models import Notice
from community.safety.notices import Shown, show
from community.web import edge


def shown(notice: Notice) -> Shown:
    """One notice, ready for a page."""

    def when(moment: str) -> str:
        return edge.when(datetime.fromisoformat(moment))

    return show(notice.id, notice.kind, notice.data, notice.body, language=edge.language(), t=edge.t, when=when)


def notes_wait() -> bool:
    """True if a note waits under You for whoever is asking: the quiet dot in the menu. Only members get notes."""
    actor = edge.actor()
    if not isinstance(actor, MemberActor):
        return False
    with edge.reading() as session:
        return queries.notes_wait(session, actor.id)


def page_globals() -> dict[str, object]:
    """What every template knows of notices; asked only by pages that have the menu."""
    return {"notes_wait": notes_wait}
