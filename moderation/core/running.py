"""What a writer's words come to over time: one running sum of what they say, one of what they hear back.

A CUSUM (Page 1954): each text adds how far it leans less a drift, never below nothing, so that much ordinary talk adds
up to nothing and a change shows soon. One text alone can add only so much, however long it is. One small row a person,
whatever their history; it fades with the half-life.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from moderation.core.leaning import Lean, lean
from moderation.core.model import Context, Draft, Running
from moderation.core.relations import FIRST_DAY
from moderation.core.rules import Rulebook
from moderation.core.text import Text, normalise

MOST_ANSWERED = 3  # people a text can answer at once; more is a call to many
MOST_READ_AGAIN = 400  # characters of an earlier line that are read once more, half of them at either end


def advance(draft: Draft, context: Context, leans: Lean, rulebook: Rulebook) -> dict[str, Running]:
    """Where the writer stands after this text, and whoever it answers: the writer of the line just before it.

    Who stood at nothing and still does is left out, so that ordinary talk writes nothing down.
    """
    rule = rulebook.leaning
    mine = _faded(context.running.get(draft.author.id), draft.at, rulebook)
    after = {
        draft.author.id: replace(
            mine, says=_step(mine.says, min(leans.says, rule.most_text), rule.drift_says, rule.most_says)
        )
    }
    for answered in _answered(draft, context):
        theirs = _faded(context.running.get(answered), draft.at, rulebook)
        after[answered] = replace(theirs, hears=_step(theirs.hears, leans.hears, rule.drift_hears, rule.most_hears))
    return {person: one for person, one in after.items() if worth(one) or person in context.running}


def _answered(draft: Draft, context: Context) -> tuple[str, ...]:
    """Whom a text answers: those it is written to, else whoever wrote the line before it within a day."""
    if draft.to:
        return tuple(person for person in draft.to[:MOST_ANSWERED] if person != draft.author.id)
    last = context.recent[-1] if context.recent else None
    fresh = last is not None and last.author_id != draft.author.id and draft.at - last.at <= FIRST_DAY
    return (last.author_id,) if last is not None and fresh else ()


def danger(draft: Draft, context: Context, needs: float, rulebook: Rulebook) -> float:
    """How much like someone in danger the writer sounds by now: `needs` of this text on top of what their other lines
    of the last day here came to, by the same kind of sum. Somebody seldom says it all in one line.

    Nothing of it is kept: it is read from the lines in view, and only where this text leans that way at all.
    """
    rule = rulebook.leaning
    if needs < rule.least_needs:
        return needs
    before = 0.0
    for line in context.recent:
        if line.author_id == draft.author.id and draft.at - line.at <= FIRST_DAY:
            before = max(before + lean(_read_again(line.text, rulebook), rule.model).needs - rule.drift_needs, 0.0)
    return before + needs


def _read_again(text: str, rulebook: Rulebook) -> Text:
    half = MOST_READ_AGAIN // 2
    ends = text if len(text) <= MOST_READ_AGAIN else f"{text[:half]} {text[-half:]}"
    return normalise(ends, rulebook.words)


def standing(draft: Draft, context: Context, rulebook: Rulebook) -> float:
    """What the writer's words have come to before `draft`, as it has faded by then."""
    return worth(_faded(context.running.get(draft.author.id), draft.at, rulebook))


def _faded(before: Running | None, at: datetime, rulebook: Rulebook) -> Running:
    """`before` as it stands at `at`. A clock that went backwards fades nothing."""
    if before is None:
        return Running(0.0, 0.0, at)
    share = 0.5 ** (max((at - before.at).total_seconds(), 0.0) / rulebook.scoring.half_life.total_seconds())
    return Running(before.says * share, before.hears * share, at)


def _step(value: float, amount: float, drift: float, most: float) -> float:
    return min(max(value + amount - drift, 0.0), most)


def taken_up(stood: Running, since: Running | None, rulebook: Rulebook) -> Running:
    """Where a writer stands when what was forgotten counts again: what it has faded to, on top of what came since."""
    if since is None:
        return stood
    rule, faded = rulebook.leaning, _faded(stood, since.at, rulebook)
    says, hears = faded.says + since.says, faded.hears + since.hears
    return Running(min(says, rule.most_says), min(hears, rule.most_hears), since.at)


def worth(running: Running) -> float:
    """Points of the running score a writer's words are worth. Answers can double what somebody says and never stand for
    it: else anybody could frame a person by what they answer.
    """
    return running.says + min(running.hears, running.says)
