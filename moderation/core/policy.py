"""What follows from what was noticed: publish, ask first, or hold; which people look, and how soon."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.core.model import Action, Author, Reason, Role, Route, Tier
from moderation.core.relations import NEED, SOUNDS, Judgement
from moderation.core.rules import Purpose, Rulebook
from moderation.core.signals import Hit, purpose_of

HELD = frozenset({Tier.P0, Tier.P1})
QUEUED = frozenset({Tier.P0, Tier.P1, Tier.P2})
CASE_OPEN = "case-still-open"
SURE = 0.5  # a hit below this is remembered, but asks nobody to act on its own


def conduct_tier(judgements: Sequence[Judgement]) -> Tier | None:
    """The most urgent tier any pair reached by this text; None when the text showed no conduct signal."""
    return min((j.tier for j in judgements if j.tier is not None), default=None)


def conduct_reasons(judgements: Sequence[Judgement]) -> tuple[Reason, ...]:
    """Reasons of all pairs, most urgent first, each rule once with the contents of every pair it fired for."""
    merged: dict[str, Reason] = {}
    for reason in sorted((r for j in judgements for r in j.reasons), key=lambda r: r.tier):
        known = merged.get(reason.rule_id)
        if known is not None:
            signals = tuple(sorted({*known.signals, *reason.signals}))
            refs = tuple(dict.fromkeys((*known.refs, *reason.refs)))
            reason = Reason(known.rule_id, known.rule_version, signals, known.tier, refs)
        merged[reason.rule_id] = reason
    return tuple(merged.values())


def care_reasons(
    hits: Sequence[Hit], told: Sequence[Hit], rulebook: Rulebook, *, sounds: bool = False
) -> tuple[Reason, ...]:
    """One reason for each care signal, or, where there is none, for words that sound like danger (`sounds`).

    A reason's tier is how soon a caring person should look, never a conduct tier.
    """
    names = [h.phrase.signal for h in hits if purpose_of(h, rulebook) is Purpose.CARE and h.confidence >= SURE]
    if told:
        names.append(NEED)
    if sounds and not names:
        names.append(SOUNDS)
    signals = [rulebook.signals[name] for name in dict.fromkeys(names)]
    return tuple(
        Reason(signal.id, signal.version, (signal.id,), signal.urgency)
        for signal in sorted(signals, key=lambda signal: signal.urgency)
    )


def nudge_topic(author: Author, hits: Sequence[Hit]) -> str:
    """What a youth may be about to share of their own (phone, account, place, school, meet); "" when nothing."""
    if author.role is not Role.YOUTH:
        return ""
    return next((hit.phrase.topic for hit in hits if hit.phrase.topic and hit.confidence >= SURE), "")


def waiting_reasons(tier: Tier | None, guarded: Sequence[str]) -> tuple[Reason, ...]:
    """A line to someone for whose sake a case that can't wait is still open waits with it, whatever it says.

    It says nothing against the line, so it asks for a look the same day and pages nobody (detection.md E4, code 3).
    """
    return (Reason(CASE_OPEN, 1, (), Tier.P1),) if guarded and tier not in HELD else ()


def choose_action(tier: Tier | None, nudge: str, care: Sequence[Reason], guarded: Sequence[str] = ()) -> Action:
    """Hold what a person must see first; ask before personal facts go out; else publish.

    Someone who tells of danger or harm and also gives a number or an address is not asked to edit: a nudge is seen by
    nobody else, and they may not write twice. The words wait for the team, who see them at once.
    """
    if tier in HELD or (nudge and care) or (guarded and not nudge):
        return Action.HOLD
    return Action.NUDGE if nudge else Action.PUBLISH


def choose_routes(
    tier: Tier | None, nudge: str, care: Sequence[Reason], guarded: Sequence[str] = ()
) -> frozenset[Route]:
    """Every place this leads to. Care and privacy stand beside the queue and never replace it."""
    routes = {Route.QUEUE} if tier in QUEUED or guarded else set()
    if nudge:
        routes.add(Route.PRIVACY)
    if care:
        routes.add(Route.CARE)
    return frozenset(routes)
