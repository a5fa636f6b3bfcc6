"""What one person's words toward another add up to over time: facts of the tie, combinations, a running score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import fsum

from moderation.core.model import Context, Draft, Observation, Reason, Ref, Role, Tier
from moderation.core.rules import LEAN_RULE, SCORE_RULE, Combination, Purpose, Rulebook, Shift

MEMORY = timedelta(days=30)
NEW_TIE = timedelta(days=7)  # detection.md E1
FIRST_DAY = timedelta(days=1)
LONG_TIE = timedelta(days=30)  # R12
UNEASE = 1.0  # R12: points of answers like those risky people get from which a tone is not called reciprocal
NEED_LASTS = timedelta(hours=48)  # R7
FAN_OUT = 3  # R8: youths who got the same signal within a day
MOST_REFS = 20  # earlier contents a reason names: a reviewer reads no more, and each is copied as evidence
BANDS = ("13-15", "16-17", "18-21")
TIERS = (Tier.P0, Tier.P1, Tier.P2, Tier.P3)
NEED, REPORTED, DISGUISE = "harm_disclosure", "reported", "obfuscation_evasion"
FLATTERY = "love_bombing"
STEADY = 3  # R5 says five messages or three days; of older ones only the newest three are sure to be remembered
STEADY_LASTS = timedelta(days=14)  # R5
# What staff see the learned models' reading under.
LEAN, SOUNDS, THREAT = "risky_wording", "danger_wording", "threat_wording"
LEARNED = frozenset({LEAN, SOUNDS, THREAT})  # signals no phrase can show

FACTS = frozenset(
    "adult_like fan_out first_day_tie insider long_tie new_tie plain_words recipient_need reported "
    "risky_words steady_flattery".split()
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where one directed pair stands after this text. `tier` is None when the text itself added nothing."""

    target: str | None
    tier: Tier | None
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """One directed pair at one moment: what is shown now (signal to confidence), what is remembered, what is so."""

    draft: Draft
    now: Mapping[str, float]
    past: tuple[Observation, ...]
    facts: frozenset[str]

    def age(self, observation: Observation) -> timedelta:
        """Never negative: a clock that went backwards makes things recent, not old."""
        return max(self.draft.at - observation.at, timedelta(0))

    def refs(self, names: frozenset[str], window: timedelta) -> tuple[Ref, ...]:
        """Earlier contents inside `window` that showed one of `names`, oldest first; the newest few."""
        found = (o.ref for o in self.past if o.signal in names and o.ref is not None and self.age(o) <= window)
        return tuple(dict.fromkeys(found))[-MOST_REFS:]


def judge(
    draft: Draft,
    target: str | None,
    now: Mapping[str, float],
    context: Context,
    rulebook: Rulebook,
    *,
    words: float = 0.0,
    leans: bool = False,
) -> Judgement:
    """Judge the pair draft.author -> `target` (None: an open call), with `now` the signals this text shows.

    `words` are the points the author's words have come to (`running.py`), `leans` whether this text adds to them. One
    text alone is never enough to hold for how it sounds.
    """
    history = context.history.get(draft.author.id, ())
    past = tuple(o for o in history if o.target_id in (target, None) and draft.at - o.at <= MEMORY)
    facts = _facts(draft, target, now, context)
    if rulebook.leaning.model.says and not leans and words < rulebook.leaning.plain:
        facts |= {"plain_words"}
    pair = _Pair(draft, now, past, facts)
    signs, distinct = _score(pair, rulebook)
    score = signs + words
    shown_now = frozenset(name for name in now if _is_conduct(name, rulebook))
    shown_before = frozenset(o.signal for o in past if _is_conduct(o.signal, rulebook))
    sounded = words > 0 and (draft.author.id in context.running or bool(shown_before))
    by_words = Tier.P1 if sounded and score >= rulebook.leaning.cutoff else Tier.P3
    if by_words is not Tier.P3:
        pair = replace(pair, facts=pair.facts | {"risky_words"})
    if not shown_now and not (leans and by_words is not Tier.P3):
        return Judgement(target, None, (), score)
    reasons = [reason for rule in rulebook.combinations if (reason := _fired(rule, pair)) is not None]
    by_score = _tier_of(signs, distinct, rulebook)
    if by_score is not Tier.P3 and all(reason.tier > by_score for reason in reasons):
        counted = shown_before | shown_now
        version = rulebook.scoring.version
        reasons.append(Reason(SCORE_RULE, version, tuple(sorted(counted)), by_score, pair.refs(counted, MEMORY)))
    if by_words is not Tier.P3 and all(reason.tier > by_words for reason in reasons):
        reasons.append(Reason(LEAN_RULE, rulebook.leaning.version, (LEAN,), by_words, pair.refs(shown_before, MEMORY)))
    tier = min((reason.tier for reason in reasons), default=by_score)
    for shift in rulebook.shifts:
        moved = _shifted(tier, shift, pair, reasons)
        if moved is not tier:
            reasons.append(Reason(shift.id, shift.version, (), moved))
            tier = moved
    return Judgement(target, tier, tuple(sorted(reasons, key=lambda reason: reason.tier)), score)


def _is_conduct(name: str, rulebook: Rulebook) -> bool:
    signal = rulebook.signals.get(name)
    return signal is not None and signal.purpose is Purpose.CONDUCT and signal.weight > 0


def _facts(draft: Draft, target: str | None, now: Mapping[str, float], context: Context) -> frozenset[str]:
    return frozenset(name for name, holds in _checks(draft, target, now, context) if holds)


def _checks(draft: Draft, target: str | None, now: Mapping[str, float], context: Context) -> Iterator[tuple[str, bool]]:
    author, person = draft.author, context.people.get(target or "")
    history = context.history.get(author.id, ())
    youth = author.role is Role.YOUTH
    met = context.met.get(target or "")
    # Accounts alone say whether a tie is new: talk can make it long, never old enough to count as not new.
    tie = draft.at - (max(author.joined_at, person.joined_at) if person else author.joined_at)
    gap = _band(person.band) if person else None
    own = _band(author.band)
    yield "insider", not youth
    yield "new_tie", tie < NEW_TIE
    yield "first_day_tie", tie <= FIRST_DAY
    long_ago = met is not None and min(tie, draft.at - met) > LONG_TIE
    yield "long_tie", long_ago and gap == own and gap is not None and _are_at_ease(author.id, context)
    yield "adult_like", youth and gap is not None and own is not None and own - gap >= 2
    yield "reported", any(o.signal == REPORTED and draft.at - o.at <= MEMORY for o in history)
    yield "fan_out", any(_reach(name, draft, target, history) >= FAN_OUT for name in now)
    flattered = sum(o.signal == FLATTERY and o.target_id == target and draft.at - o.at <= STEADY_LASTS for o in history)
    yield "steady_flattery", flattered + (FLATTERY in now) >= STEADY
    yield (
        "recipient_need",
        target is not None
        and any(o.signal == NEED and draft.at - o.at <= NEED_LASTS for o in context.history.get(target, ())),
    )


def _are_at_ease(author: str, context: Context) -> bool:
    """Whether the answers this person gets sound like those among friends (`running.py`): R12's reciprocal tone."""
    running = context.running.get(author)
    return running is None or running.hears < UNEASE


def _band(band: str) -> int | None:
    return BANDS.index(band) if band in BANDS else None


def _reach(name: str, draft: Draft, target: str | None, history: Sequence[Observation]) -> int:
    """How many people were shown `name` within a day, each by a text of its own."""
    seen = {o.target_id: o.at for o in history if o.signal == name and draft.at - o.at <= FIRST_DAY}
    seen[target] = draft.at
    seen.pop(None, None)
    return min(len(seen), len(set(seen.values())))


def _fired(rule: Combination, pair: _Pair) -> Reason | None:
    """The rule's reason if it holds and this very text is part of it."""
    window = rule.window if rule.window is not None else timedelta(0)
    current = {name for name, confidence in pair.now.items() if confidence >= rule.confidence}
    available = current | pair.facts
    if rule.window is not None:
        available |= {o.signal for o in pair.past if o.confidence >= rule.confidence and pair.age(o) <= window}
    if not any(group & current for group in rule.needs) or not _each_met(rule.needs, frozenset(available)):
        return None
    signals = frozenset().union(*rule.needs) & available - FACTS
    refs = pair.refs(signals, window) if rule.window is not None else ()
    return Reason(rule.id, rule.version, tuple(sorted(signals)), rule.tier, refs)


def _each_met(needs: Sequence[frozenset[str]], available: frozenset[str]) -> bool:
    """Whether every group can be met by a name of its own. Rules have at most a handful of groups."""
    if not needs:
        return True
    return any(_each_met(needs[1:], available - {name}) for name in needs[0] & available)


def _score(pair: _Pair, rulebook: Rulebook) -> tuple[float, int]:
    """Weighted sum over distinct signals, each at its strongest after decay (detection.md E1), and how many count."""
    scoring = rulebook.scoring
    worth = {name: _weight(name, rulebook) * confidence for name, confidence in pair.now.items()}
    for observation in pair.past:
        faded = 0.5 ** (pair.age(observation) / scoring.half_life)
        value = _weight(observation.signal, rulebook) * observation.confidence * faded
        worth[observation.signal] = max(worth.get(observation.signal, 0.0), value)
    present = pair.facts | set(pair.now) | {o.signal for o in pair.past if o.signal == DISGUISE}
    product = 1.0
    for name, multiplier in scoring.multipliers.items():
        product *= multiplier if name in present else 1.0
    distinct = sum(value > 0 for value in worth.values())
    # fsum: the same to the last bit in whatever order memories come
    return fsum(worth.values()) * min(product, scoring.cap), distinct


def _weight(name: str, rulebook: Rulebook) -> float:
    return rulebook.signals[name].weight if _is_conduct(name, rulebook) else 0.0


def _tier_of(score: float, distinct: int, rulebook: Rulebook) -> Tier:
    for tier, least in rulebook.scoring.cutoffs.items():
        if score >= least and distinct >= rulebook.scoring.distinct[tier]:
            return tier
    return Tier.P3


def _shifted(tier: Tier, shift: Shift, pair: _Pair, reasons: Sequence[Reason]) -> Tier:
    recent = pair.facts | set(pair.now) | {o.signal for o in pair.past}
    if not shift.needs <= recent or shift.unless & recent or any(r.rule_id in shift.spares for r in reasons):
        return tier
    lowest = max(TIERS.index(tier), TIERS.index(shift.lowest))
    return TIERS[min(max(TIERS.index(tier) - shift.by, 0), lowest)]
