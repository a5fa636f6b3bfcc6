"""A sentence sent in pieces: what a writer sent just before, when nobody else has spoken in between."""

from __future__ import annotations

from datetime import timedelta

from moderation.core.letters import OVERRIDE, POP
from moderation.core.model import Context, Draft

PAUSE = timedelta(minutes=3)  # longer than this and it is a new thought
MOST_LINES = 4
MOST_CHARACTERS = 240


def begun(draft: Draft, context: Context) -> str:
    """The writer's unfinished words just before `draft`; "" when someone else spoke, time passed, or they had ended.

    Read together, "dont tell" and "your mom" are what they are. Only lines the room saw count.
    """
    pieces: list[str] = []
    later = draft.at
    for line in reversed(context.recent[-MOST_LINES:]):
        apart = line.author_id != draft.author.id or later - line.at > PAUSE
        if apart or line.text.rstrip().endswith((".", "!", "?", "…")):
            break
        turned = POP if OVERRIDE in line.text else ""  # what turns words round ends with its own message
        pieces.insert(0, line.text.strip() + turned)
        later = line.at
    return " ".join(pieces)[-MOST_CHARACTERS:]
