"""The one door to the pipeline: whatever breaks inside, the text waits for a person. Chat and evaluation share it."""

from __future__ import annotations

import logging
import math
from datetime import datetime

from moderation.core import screen as pipeline
from moderation.core.model import Action, Author, Context, Draft, Kind, Reason, Role, Route, Tier, Verdict
from moderation.core.rules import Rulebook

log = logging.getLogger(__name__)

UNSCREENED = "system-unscreened"
# What /health tries the rules on.
NEVER_PASSES = "send the money by tonight or i show everyone your picture"
HARMLESS = "drew a dragon today, it came out looking like a dog"


def screen(rulebook: Rulebook, draft: Draft, context: Context) -> Verdict:
    """Judge one draft. Never raises: whatever breaks, the text waits for a person and says it was not screened."""
    try:
        verdict = pipeline.screen(draft, context, rulebook)
    except Exception as error:  # noqa: BLE001 - fail closed: any failure is a hold, and is said out loud
        log.error("screening failed: %s", type(error).__name__)
        return unscreened()
    if not math.isfinite(verdict.score):  # every cut-off compares false with NaN, so it would pass them all
        log.error("screening failed: the score is no number")
        return unscreened()
    return verdict


def works(rulebook: Rulebook, at: datetime) -> bool:
    """True if rules hold a line that no working rulebook lets pass, and let a harmless one through. Stores nothing."""
    author = Author("p_nobody", Role.YOUTH, "16-17", at)
    held, passed = (
        screen(rulebook, Draft(author, Kind.MESSAGE, at, "room:0", words, to=("p_someone",)), Context())
        for words in (NEVER_PASSES, HARMLESS)
    )
    return held.action is Action.HOLD and not held.unscreened and passed.action is Action.PUBLISH


def unscreened() -> Verdict:
    """The verdict for a text no rule could look at: held, for a person to read the same day."""
    return Verdict(
        action=Action.HOLD,
        tier=Tier.P1,
        routes=frozenset({Route.QUEUE}),
        reasons=(Reason(UNSCREENED, 1, (), Tier.P1),),
        unscreened=True,
    )
