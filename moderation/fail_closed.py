"""The one door to the pipeline: whatever breaks inside, the text waits for a person. Chat and evaluation share it."""

from __future__ import annotations

import logging

from moderation.core import screen as pipeline
from moderation.core.model import Action, Context, Draft, Reason, Route, Tier, Verdict
from moderation.core.rules import Rulebook

log = logging.getLogger(__name__)

UNSCREENED = "system-unscreened"


def screen(rulebook: Rulebook, draft: Draft, context: Context) -> Verdict:
    """Judge one draft. Never raises: whatever breaks, the text waits for a person and says it was not screened."""
    try:
        return pipeline.screen(draft, context, rulebook)
    except Exception as error:  # noqa: BLE001 - fail closed: any failure is a hold, and is said out loud
        log.error("screening failed: %s", type(error).__name__)
        return unscreened()


def unscreened() -> Verdict:
    """The verdict for a text no rule could look at: held, for a person to read the same day."""
    return Verdict(
        action=Action.HOLD,
        tier=Tier.P1,
        routes=frozenset({Route.QUEUE}),
        reasons=(Reason(UNSCREENED, 1, (), Tier.P1),),
        unscreened=True,
    )
