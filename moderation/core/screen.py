"""The one pipeline: read, find, gate, direct, weigh, decide. Pure: the only time it knows is `draft.at`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.core.bursts import begun
from moderation.core.direction import find_targets, listeners, youths_among
from moderation.core.gates import apply_gates
from moderation.core.leaning import Lean, lean
from moderation.core.model import Context, Draft, Finding, Observation, Reason, Role, Span, Verdict
from moderation.core.policy import (
    HELD,
    SURE,
    care_reasons,
    choose_action,
    choose_routes,
    conduct_reasons,
    conduct_tier,
    nudge_topic,
    waiting_reasons,
)
from moderation.core.relations import DISGUISE, LEAN, NEED, SOUNDS, THREAT, judge
from moderation.core.rules import Purpose, Rulebook, StaffUse, ToStaff
from moderation.core.running import advance, danger, standing, worth
from moderation.core.signals import Hit, find_hits, purpose_of
from moderation.core.text import Text, normalise

FAINT = 0.1  # how sure one marked run of words is: it stands behind every phrase
EACH_FIRST = 3  # of every rule, before more of any
MOST_FINDINGS = 40  # a reviewer needs to see where, not every repeat; the surest are kept


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text says, before anybody asks what it adds up to: its hits that count, what it tells of harm, to whom.

    `leans` is how its words sound. `heard` is false for whoever tells of harm, warns, quotes or refuses and asks,
    offers or threatens nothing besides: how such a text sounds counts against nobody. `asked` is false for those and
    for whoever writes to staff alone: it counts against no writer, and may still say what staff wrote to them.
    """

    text: Text
    hits: tuple[Hit, ...]
    told: tuple[Hit, ...]
    care: tuple[Reason, ...]
    named: tuple[str, ...]
    youths: tuple[str, ...]
    leans: Lean
    asked: bool
    heard: bool


def understand(draft: Draft, context: Context, rulebook: Rulebook) -> Understood:
    """Read `draft`, find phrases, put them through the gates, and see to whom they are said."""
    text = normalise(draft.text, rulebook.words, begun(draft, context))
    found = find_hits(text, rulebook)
    gated = apply_gates(text, found, rulebook)
    named = find_targets(draft, text, context, rulebook)
    youths = youths_among(named, context)
    hits = _counting(gated.kept, draft, named, youths, rulebook)
    youth = draft.author.role is Role.YOUTH
    leans = lean(text, rulebook.leaning.model, staff=not youth)
    sounds = youth and danger(draft, context, leans.needs, rulebook) >= rulebook.leaning.needs
    care = care_reasons(hits, gated.told, rulebook, sounds=sounds)
    asks = any(purpose_of(hit, rulebook) is Purpose.CONDUCT and hit.confidence >= SURE for hit in hits)
    heard = asks or (not care and len(gated.kept) == len(found))
    # A name of staff in front makes no help-seeker of somebody whose words have come to something already.
    asked = heard and (not named or bool(youths) or standing(draft, context, rulebook) >= rulebook.leaning.plain)
    return Understood(text, hits, gated.told, care, named, youths, leans, asked, heard)


def screen(draft: Draft, context: Context, rulebook: Rulebook) -> Verdict:
    """Advice on one text. Same input, same verdict. Whatever it raises must be treated as a hold by the caller."""
    said = understand(draft, context, rulebook)
    youths = said.youths
    if said.named and not youths:  # said to staff, and read by every youth in the room
        youths = youths_among(listeners(draft, context), context)
    leans = said.leans if said.asked else Lean(hears=said.leans.hears if said.heard else 0.0)
    adds = leans.says >= rulebook.leaning.least
    running = advance(draft, context, leans, rulebook)
    words = worth(running[draft.author.id]) if draft.author.id in running else 0.0
    now = _shown(said.hits, said.text, leans, rulebook)
    pairs: tuple[str | None, ...] = youths or (None,)
    judgements = [judge(draft, target, now, context, rulebook, words=words, leans=adds) for target in pairs]
    tier = conduct_tier(judgements)
    nudge = nudge_topic(draft.author, said.hits)
    guarded = tuple(person for person in said.youths if person in context.guarded)
    return Verdict(
        action=choose_action(tier, nudge, said.care, guarded),
        tier=tier,
        routes=choose_routes(tier, nudge, said.care, guarded),
        reasons=conduct_reasons(judgements) + waiting_reasons(tier, guarded) + said.care,
        findings=_findings(said, leans, youths, rulebook),
        observations=_observations(now, pairs, draft, said, rulebook),
        running=running,
        score=max(judgement.score for judgement in judgements),
        nudge=nudge,
        private=tuple(_span(hit, said.text, rulebook) for hit in said.hits if nudge and hit.phrase.topic),
        targets=youths if tier in HELD else guarded,
    )


def _counting(
    hits: Sequence[Hit], draft: Draft, named: Sequence[str], youths: Sequence[str], rulebook: Rulebook
) -> tuple[Hit, ...]:
    """Hits that count for this author and these listeners; context alone, with no conduct beside it, is nothing.

    A youth who asks staff for a number or a word in confidence seeks help. A threat or an offer is what it is, whoever
    it seems to answer: the room reads it.
    """
    staff = draft.author.role is not Role.YOUTH
    kept = []
    for hit in hits:
        signal = rulebook.signals[hit.phrase.signal]
        if signal.purpose in {Purpose.CONDUCT, Purpose.CONTEXT}:
            exempt = signal.staff is StaffUse.EXEMPT or (signal.staff is StaffUse.PRIVATE and not named)
            if staff and exempt:
                continue
        kept.append(hit)
    conduct = [rulebook.signals[h.phrase.signal] for h in kept if purpose_of(h, rulebook) is Purpose.CONDUCT]
    if named and not youths and all(signal.to_staff is ToStaff.HELP for signal in conduct):
        conduct = []
    if conduct:
        return tuple(kept)
    return tuple(hit for hit in kept if purpose_of(hit, rulebook) not in {Purpose.CONTEXT, Purpose.CONDUCT})


def _shown(hits: Sequence[Hit], text: Text, leans: Lean, rulebook: Rulebook) -> dict[str, float]:
    """Conduct and context signals of this text at their surest. A disguise counts only on a conduct signal."""
    now = {THREAT: 1.0} if leans.threatens >= rulebook.leaning.threatens else {}
    for hit in hits:
        signal = rulebook.signals[hit.phrase.signal]
        if signal.purpose in {Purpose.CONDUCT, Purpose.CONTEXT}:
            now[signal.id] = max(now.get(signal.id, 0.0), hit.confidence)
        if signal.purpose is Purpose.CONDUCT and _disguised(hit, text):
            now[DISGUISE] = 1.0
    return now


def _disguised(hit: Hit, text: Text) -> bool:
    return any(index in text.disguised for index in range(hit.first, hit.last + 1))


def _findings(said: Understood, leans: Lean, youths: tuple[str, ...], rulebook: Rulebook) -> tuple[Finding, ...]:
    text = said.text
    found = []
    for hit in said.hits:
        signal = rulebook.signals[hit.phrase.signal]
        directed = youths if signal.purpose is Purpose.CONDUCT else ()
        span = _span(hit, text, rulebook)
        found.append(Finding(signal.id, hit.phrase.id, hit.confidence, span, directed))
        if signal.purpose is Purpose.CONDUCT and _disguised(hit, text):
            found.append(Finding(DISGUISE, DISGUISE, 1.0, span, directed))
    found += [Finding(NEED, NEED, hit.confidence, text.span(hit.first, hit.last)) for hit in said.told]
    if leans.says >= rulebook.leaning.least:
        found += [Finding(LEAN, LEAN, FAINT, text.span(first, last), youths) for first, last in leans.ranges]
    if leans.threatens >= rulebook.leaning.threatens:
        found += [Finding(THREAT, THREAT, FAINT, text.span(first, last), youths) for first, last in leans.threat_ranges]
    if any(reason.rule_id == SOUNDS for reason in said.care):
        found += [Finding(SOUNDS, SOUNDS, FAINT, text.span(first, last)) for first, last in said.leans.need_ranges]
    return _shortened(found)


def _shortened(found: list[Finding]) -> tuple[Finding, ...]:
    """In reading order, the first few of each rule before its repeats, and of those the surest: else "today" fifty
    times over would hide the one line that matters.
    """
    found.sort(key=lambda finding: (finding.span.start, finding.span.end, finding.rule_id))
    if len(found) <= MOST_FINDINGS:
        return tuple(found)
    shown: Counter[str] = Counter()
    ranked: list[tuple[bool, float, int]] = []
    for finding in found:
        ranked.append((shown[finding.rule_id] >= EACH_FIRST, -finding.confidence, len(ranked)))
        shown[finding.rule_id] += 1
    return tuple(found[number] for number in sorted(number for *_, number in sorted(ranked)[:MOST_FINDINGS]))


def _span(hit: Hit, text: Text, rulebook: Rulebook) -> Span:
    """Where a finding stands. A place or a name is told after the words that announce it, so there the sentence's rest
    belongs to it: what its writer hides must hide the fact. A number is seen as itself.
    """
    last = hit.last
    if purpose_of(hit, rulebook) is Purpose.PRIVACY and hit.phrase.topic != "phone":
        last = max(last, text.sentence(last)[1])
    return text.span(hit.first, last)


def _observations(
    now: dict[str, float], pairs: Sequence[str | None], draft: Draft, said: Understood, rulebook: Rulebook
) -> tuple[Observation, ...]:
    """What to remember. Own personal facts are never remembered: the member is told that only they see the note."""
    author, at = draft.author.id, draft.at
    kept = [Observation(author, pair, name, confidence, at) for pair in pairs for name, confidence in now.items()]
    care: dict[str, float] = {NEED: max(hit.confidence for hit in said.told)} if said.told else {}
    for hit in said.hits:
        if rulebook.signals[hit.phrase.signal].purpose is Purpose.CARE:
            care[hit.phrase.signal] = max(care.get(hit.phrase.signal, 0.0), hit.confidence)
    return tuple(kept) + tuple(Observation(author, None, name, confidence, at) for name, confidence in care.items())
