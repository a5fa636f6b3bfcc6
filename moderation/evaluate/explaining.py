"""One conversation told in plain words: what screening made of each message, on which words, and why."""

from __future__ import annotations

from collections.abc import Iterator

from moderation.core.model import Action, Finding, Tier, Verdict
from moderation.evaluate.cases import Case, Line
from moderation.evaluate.parts import Setup
from moderation.evaluate.replay import reached, verdicts
from moderation.fail_closed import UNSCREENED

_ACTIONS = {
    Action.PUBLISH: "published",
    Action.NUDGE: "not stored: the writer was asked first",
    Action.HOLD: "held",
}
_TIERS = {Tier.P0: "page now", Tier.P1: "today", Tier.P2: "digest", Tier.P3: "log only"}
_BROKEN = "Screening broke on this text, so a person must read it."


def explain(case: Case, setup: Setup, language: str) -> Iterator[str]:
    """The case line by line; `language` ("en", "es") is that of the reasons. Shows the messages themselves."""
    yield f"{case.id}: {case.family or 'family not said'}, labelled {case.tier}, {len(case.lines)} messages"
    for number, (line, verdict) in enumerate(verdicts(case, setup.rulebook, setup.knowledge), 1):
        yield ""
        yield from _message(number, line, verdict, setup, language)


def _message(number: int, line: Line, verdict: Verdict, setup: Setup, language: str) -> Iterator[str]:
    yield f"{number}. {line.author}, minute {line.minutes:g}: {line.text}"
    tier = f", {verdict.tier} ({_TIERS[verdict.tier]})" if verdict.tier else ""
    routes = "".join(f", to {route}" for route in sorted(reached(verdict)))
    yield f"   {_ACTIONS[verdict.action]}{tier}{routes}, score {verdict.score:.2f}"
    for finding in verdict.findings:
        yield f"   {_finding(finding, line)}"
    for reason in verdict.reasons:
        words = _BROKEN if reason.rule_id == UNSCREENED else setup.rulebook.reason(reason.rule_id, language)
        earlier = ", ".join(ref.id for ref in reason.refs)
        with_these = f" With message {earlier}." if earlier else ""
        yield f"   because [{reason.rule_id}, {reason.tier}] {words}{with_these}"


def _finding(finding: Finding, line: Line) -> str:
    start, end = finding.span.start, finding.span.end
    whom = f" to {', '.join(finding.target_ids)}" if finding.target_ids else ""
    return (
        f'"{line.text[start:end]}" ({start}-{end}): {finding.signal}{whom}, '
        f"sure {finding.confidence:.2f}, rule {finding.rule_id}"
    )
