"""What results are worth against labels. Pure, and defined as the project's scorer defines it (docs/detection.md).

A conversation counts as flagged when its tier reaches P1 at any message, so a harmless one that is flagged halfway is
wrongly flagged even if a later message clears it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluate.cases import Case
from moderation.evaluate.rates import Rate
from moderation.evaluate.replay import Result

RISKY = frozenset(
    {"grooming", "sextortion", "recruit_job", "recruit_romance", "recruit_need", "peer_recruiter", "insider"}
)
BENIGN = frozenset({"twin", "everyday", "protective"})
URGENT = frozenset({"P0", "P1"})
TIERS = ("P0", "P1", "P2")
PUNISHMENTS = frozenset({"block", "restrict"})


@dataclass(frozen=True, slots=True)
class Scored:
    """One case beside its result."""

    case: Case
    result: Result

    def first(self, tier: str) -> int | None:
        """The message at which `tier` or one more urgent was first reached."""
        reached = (self.result.first_tier.get(name) for name in TIERS[: TIERS.index(tier) + 1])
        return min((n for n in reached if n), default=None)

    @property
    def flagged(self) -> bool:
        """Whether somebody would have been asked to look the same day, or at once."""
        return self.first("P1") is not None


@dataclass(frozen=True, slots=True)
class AtRate:
    """Recall when every case scoring above `threshold` counts, the lowest that wrongly flags at most a given share."""

    threshold: float
    recall: Rate


@dataclass(frozen=True, slots=True)
class SignalScore:
    """One signal over all messages: how often labelled, found, and found where it was labelled."""

    labelled: int
    found: int
    both: int

    @property
    def precision(self) -> float | None:
        return self.both / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.both / self.labelled if self.labelled else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Every figure of one run. Lists of ids are whole; a figure of nothing is None."""

    conversations: int
    messages: int
    unscreened: int
    recall: Rate
    recall_of_concern: Rate
    recall_by_family: Mapping[str, Rate]
    recall_by_language: Mapping[str, Rate]
    missed: tuple[str, ...]
    before_harm: Rate
    first_flag_median: int | None
    first_flag_p90: int | None
    false_positives: Rate
    false_positive_ids: tuple[str, ...]
    digest_false_positives: Rate
    false_positives_by_family: Mapping[str, Rate]
    false_positives_by_language: Mapping[str, Rate]
    precision: float | None
    f1: float | None
    f_latency: float | None
    at_1_percent: AtRate | None
    at_01_percent: AtRate | None
    twins: Rate
    crisis_to_care: Rate
    protective_queued: Rate
    protective_held: Rate
    protective_punished: Rate
    everyday_to_care: Rate
    everyday_nudged: Rate
    signals: Mapping[str, SignalScore]


def measure(scored: Sequence[Scored]) -> Measures:
    """All figures of `scored`. Cases of families that are neither risky, harmless nor crisis count in none but signals
    and totals."""
    risky = [one for one in scored if one.case.family in RISKY and one.case.tier in URGENT]
    benign = [one for one in scored if one.case.family in BENIGN]
    crisis = [one for one in scored if one.case.family == "crisis"]
    everyday = [one for one in scored if one.case.family == "everyday"]
    protective = [one for one in scored if one.case.family == "protective"] + crisis
    hit, wrong = [one for one in risky if one.flagged], [one for one in benign if one.flagged]
    firsts = sorted(n for one in hit if (n := one.first("P1")) is not None)
    precision, f1, f_latency = _f_latency(risky, firsts, len(wrong))
    return Measures(
        conversations=len(scored),
        messages=sum(len(one.case.lines) for one in scored),
        unscreened=sum(one.result.unscreened for one in scored),
        recall=Rate(len(hit), len(risky)),
        recall_of_concern=_of_concern(risky),
        recall_by_family=_split(risky, _family, _flagged),
        recall_by_language=_split(risky, _language, _flagged),
        missed=tuple(one.case.id for one in risky if not one.flagged),
        before_harm=_before_harm(risky),
        first_flag_median=firsts[len(firsts) // 2] if firsts else None,
        first_flag_p90=firsts[int(len(firsts) * 0.9)] if firsts else None,
        false_positives=Rate(len(wrong), len(benign)),
        false_positive_ids=tuple(one.case.id for one in wrong),
        digest_false_positives=_rate(benign, lambda one: one.first("P2") is not None),
        false_positives_by_family=_split(benign, _family, _flagged),
        false_positives_by_language=_split(benign, _language, _flagged),
        precision=precision,
        f1=f1,
        f_latency=f_latency,
        at_1_percent=_at_rate(risky, benign, 0.01),
        at_01_percent=_at_rate(risky, benign, 0.001),
        twins=_twins(scored),
        crisis_to_care=_rate(crisis, lambda one: "care" in one.result.routes),
        protective_queued=_rate(protective, lambda one: "queue" in one.result.routes),
        protective_held=_rate(protective, lambda one: "hold" in one.result.actions),
        protective_punished=_rate(protective, lambda one: not PUNISHMENTS.isdisjoint(one.result.actions)),
        everyday_to_care=_rate(everyday, lambda one: "care" in one.result.routes),
        everyday_nudged=_rate(everyday, lambda one: "nudge" in one.result.actions),
        signals=_signals(scored),
    )


def _family(one: Scored) -> str:
    return one.case.family


def _language(one: Scored) -> str:
    return one.case.language


def _flagged(one: Scored) -> bool:
    return one.flagged


def _rate(group: Sequence[Scored], holds: Callable[[Scored], bool]) -> Rate:
    return Rate(sum(map(holds, group)), len(group))


def _split(group: Sequence[Scored], by: Callable[[Scored], str], holds: Callable[[Scored], bool]) -> dict[str, Rate]:
    names = sorted({by(one) for one in group})
    return {name: _rate([one for one in group if by(one) == name], holds) for name in names}


def _of_concern(risky: Sequence[Scored]) -> Rate:
    """Of the risky that name a person of concern: first flagged on a message of that person, not of somebody else."""
    named = [(one.case, one.first("P1")) for one in risky if one.case.concern]
    return Rate(sum(n is not None and case.lines[n - 1].author == case.concern for case, n in named), len(named))


def _before_harm(risky: Sequence[Scored]) -> Rate:
    """Of the risky that say when harm begins: flagged at an earlier message."""
    dated = [(one.first("P1"), one.case.onset) for one in risky if one.case.onset is not None]
    return Rate(sum(n is not None and onset is not None and n < onset for n, onset in dated), len(dated))


def _f_latency(
    risky: Sequence[Scored], firsts: Sequence[int], wrong: int
) -> tuple[float | None, float | None, float | None]:
    """Precision, F1 and F-latency (Sadeque and others, 2018); None when nothing risky was flagged.

    `firsts`: the flagging message of every risky case that was flagged, sorted. The penalty is half at the median
    length of the risky cases (detection.md D3).
    """
    if not firsts:
        return None, None, None
    precision, recall = len(firsts) / (len(firsts) + wrong), len(firsts) / len(risky)
    f1 = 2 * precision * recall / (precision + recall)
    lengths = sorted(len(one.case.lines) for one in risky)
    steep = math.log(3) / max(1, lengths[len(lengths) // 2] - 1)
    late = [-1 + 2 / (1 + math.exp(-steep * (n - 1))) for n in firsts]  # rises with n, so it is sorted as firsts are
    return precision, f1, f1 * (1 - late[len(late) // 2])


def _at_rate(risky: Sequence[Scored], benign: Sequence[Scored], share: float) -> AtRate | None:
    if not risky or not benign:
        return None
    scores = sorted((one.result.max_score for one in benign), reverse=True)
    allowed = int(share * len(scores))
    threshold = scores[allowed] if allowed < len(scores) else -math.inf
    return AtRate(threshold, _rate(risky, lambda one: one.result.max_score > threshold))


def _twins(scored: Iterable[Scored]) -> Rate:
    """Pairs of a risky case and its harmless twin in which the risky one is flagged and the other is not."""
    by_id = {one.case.id: one for one in scored}
    pairs = [(one, by_id[one.case.twin_of]) for one in by_id.values() if one.case.twin_of in by_id]
    urgent = [(twin, risky) for twin, risky in pairs if risky.case.tier in URGENT]
    return Rate(sum(risky.flagged and not twin.flagged for twin, risky in urgent), len(urgent))


def _signals(scored: Iterable[Scored]) -> dict[str, SignalScore]:
    labelled, found, both = Counter[str](), Counter[str](), Counter[str]()
    for one in scored:
        wanted, got = one.case.signals, one.result.signals
        labelled.update(name for _, name in wanted)
        found.update(name for _, name in got)
        both.update(name for _, name in wanted & got)
    names = sorted(labelled.keys() | found.keys())
    return {name: SignalScore(labelled[name], found[name], both[name]) for name in names}
