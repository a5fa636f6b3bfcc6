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
        "state": _said(row.state, seen=row.was_published),
        "at": row.sent_at.isoformat().replace("+00:00", "Z"),
        "text": row.text if shows else "",
        "author": {"id": row.author_id, "name": row.author_name, "role": ROLE[row.author_kind].value},
        "reply": row.reply if shows else None,
    }


def _said(state: str, *, seen: bool) -> str:
    """The state in the wire's words: what waits after the room has seen it is "again", because that reads otherwise."""
    return "again" if state == "held" and seen else state


def without_quote(row: MessageRow) -> MessageRow:
    """The message for someone who does not want to see the words it quotes: that it answers stays, the words go."""
    if row.reply is None:
        return row
    return replace(row, reply={"id": row.reply["id"], "name": "", "text": "", "gone": "hidden"})


SNIPPET = 120


def snippet(message_id: int, name: str, text: str, state: str) -> dict[str, Any]:
    """The quoted line of a reply, cut to 120 characters; when its words are gone, `gone` says why instead.

    Why is "removed", "withdrawn" or "again" as on the message itself; "hidden" (`without_quote`) says only that this
    reader does not see those words, since naming a mute or block would tell the other side of one.
    """
    # Only what the room has seen can be answered, so what waits now waits again.
    gone = "" if state == "published" else _said(state, seen=True)
    line = "" if gone else " ".join(text.split())
    cut = line[: SNIPPET - 1] + "…" if len(line) > SNIPPET else line
    return {"id": message_id, "name": name, "text": cut, "gone": gone}
