"""Notices in the language and time zone of the request: the edge of `notices.py`."""

from __future__ import annotations

from datetime import datetime

from community.safety.models import Notice
from community.safety.notices import Shown, show
from community.web import edge


def shown(notice: Notice) -> Shown:
    """One notice, ready for a page."""

    def when(moment: str) -> str:
        return edge.when(datetime.fromisoformat(moment))

    return show(notice.id, notice.kind, notice.data, notice.body, language=edge.language(), t=edge.t, when=when)
