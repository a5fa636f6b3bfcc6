"""To whom a text speaks: those it names or answers, else whoever spoke last, else everyone who reads it."""

from __future__ import annotations

from datetime import timedelta

from moderation.core.model import Context, Draft, Role
from moderation.core.phrases import Lookup
from moderation.core.rules import Rulebook
from moderation.core.text import Text

MOST_LISTENERS = 3  # in a busy room more than this is a crowd, and a crowd is an open call
TALK_LASTS = timedelta(days=7)  # longest pause inside one talk; slow talks pause for days (detection.md finding 8)


def find_targets(draft: Draft, text: Text, context: Context, rulebook: Rulebook) -> tuple[str, ...]:
    """Ids of the people the draft speaks to. Empty means an open call to the room.

    Whoever greets staff and then speaks of "your mom" or "your school" speaks to the youth who read it.
    """
    named = tuple(dict.fromkeys(person for person in draft.to if person != draft.author.id))
    if not named and _holds(text, rulebook.open_calls):
        return ()
    targets = named or listeners(draft, context)
    if not targets or _is_youth(targets[0], context):  # nearly always, so it is asked first
        return targets
    if not youths_among(targets, context) and _holds(text, rulebook.for_youth):
        return youths_among(listeners(draft, context), context)
    return targets


def _holds(text: Text, lookup: Lookup) -> bool:
    return next(iter(lookup.matches(text)), None) is not None


def within_earshot(draft: Draft, context: Context) -> tuple[str, ...]:
    """Everyone the draft may turn out to be written to: whose memories a caller reads before its words are."""
    named = (person for person in draft.to if person != draft.author.id)
    return tuple(dict.fromkeys((*named, *listeners(draft, context))))


def youths_among(targets: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Those of `targets` who are youth. Someone the context does not describe counts as youth: the careful reading."""
    return tuple(target for target in targets if _is_youth(target, context))


def _is_youth(target: str, context: Context) -> bool:
    return target not in context.people or context.people[target].role is Role.YOUTH


def listeners(draft: Draft, context: Context) -> tuple[str, ...]:
    """Ids of others who wrote since the author's last line, newest first; if nobody did, the last other person."""
    heard: dict[str, None] = {}
    for line in reversed(context.recent):
        if draft.at - line.at > TALK_LASTS:
            break
        if line.author_id != draft.author.id:
            heard[line.author_id] = None
        elif heard:
            break
        if len(heard) == MOST_LISTENERS:
            break
    return tuple(heard)
