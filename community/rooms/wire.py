"""A message as browsers know it. Pure: rows in, dictionaries out, and never a word that the reader may not see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from community.actors import ROLE


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What the wire needs of one message, its author and the message it answers."""

    id: int
    revision: int
    client_id: str
    state: str
    was_published: bool
    sent_at: datetime
    text: str = field(repr=False)
    author_pk: int
    author_id: str
    author_name: str = field(repr=False)
    author_kind: str
    reply: dict[str, Any] | None = field(repr=False, default=None)
    reply_author_pk: int | None = None


def wire(row: MessageRow, *, for_author: bool) -> dict[str, Any]:
    """The message as in docs/architecture.md. Text leaves only when published, or to its author while it waits."""
    shows = row.state == "published" or (for_author and row.state in {"held", "removed"})
    return {
        "id": row.id,
        "rev": row.revision,
        "cid": row.client_id,
        "state": row.state,
        "at": row.sent_at.isoformat().replace("+00:00", "Z"),
        "text": row.text if shows else "",
        "author": {"id": row.author_id, "name": row.author_name, "role": ROLE[row.author_kind].value},
        "reply": row.reply if shows else None,
    }


def without_quote(row: MessageRow) -> MessageRow:
    """The message for someone who does not want to see the words it quotes: that it answers stays, the words go."""
    return row if row.reply is None else replace(row, reply={"id": row.reply["id"], "name": "", "text": ""})


SNIPPET = 120


def snippet(message_id: int, name: str, text: str, state: str) -> dict[str, Any]:
    """The quoted line of a reply: one line, cut to 120 characters, empty when the original is gone."""
    line = " ".join(text.split()) if state == "published" else ""
    return {"id": message_id, "name": name, "text": line[: SNIPPET - 1] + "…" if len(line) > SNIPPET else line}
