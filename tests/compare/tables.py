"""The comparison as Markdown. Only words and numbers; what it counts comes from `moderation.evaluate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from moderation.evaluate.cases import Case
from moderation.evaluate.measures import Measures
from moderation.evaluate.rates import Rate
from moderation.evaluate.replay import Result
from tests.compare.judging import figures, mcnemar
from tests.compare.sentinel import could_speak

MOST_IDS = 8
HEAD = (
    "| system | recall | en / es / mixed | before harm | harmless authored | harmless public | twins told apart "
    "| protective or crisis flagged | F-latency |"
)


def row(name: str, tested: Sequence[Case], public: Sequence[Case], results: Mapping[str, Result]) -> str:
    """One system at one cut-off: recall and its kin on the authored cases, false alarms on both kinds of harmless."""
    found = figures(tested, results)
    easy = figures(public, results).false_positives if public else Rate(0, 0)
    cells = (
        name,
        _rate(found.recall),
        " / ".join(_percent(found.recall_by_language.get(one, Rate(0, 0))) for one in ("en", "es", "mixed")),
        _percent(found.before_harm),
        _rate(found.false_positives),
        _rate(easy, digits=2),
        _percent(found.twins),
        _rate(_queued(found)),
        "-" if found.f_latency is None else f"{found.f_latency:.3f}",
    )
    return f"| {' | '.join(cells)} |"


def table(
    rows: Mapping[str, Mapping[str, Result]], tested: Sequence[Case], public: Sequence[Case], not_run: Mapping[str, str]
) -> Iterator[str]:
    """Every system, one a line; those that were not run say so in it."""
    yield HEAD
    yield "|" + "---|" * (HEAD.count("|") - 1)
    for name, results in rows.items():
        yield row(name, tested, public, results)
    for name, why in not_run.items():
        yield f"| {name} | **not run**: {why} |" + " |" * (HEAD.count("|") - 3)


def losses(ours: Measures, others: Mapping[str, Measures], risky: frozenset[str]) -> Iterator[str]:
    """Which risky cases only we find, and which only the other: the disagreement, and how uneven it is."""
    yield "| against | only ours finds | only the other finds | neither | exact McNemar p | which we lose |"
    yield "|---|---|---|---|---|---|"
    we_miss = set(ours.missed)
    for name, found in others.items():
        they_miss = set(found.missed)
        only_we, only_they = they_miss - we_miss, we_miss - they_miss
        p = mcnemar(len(only_we), len(only_they))
        counts = f"{len(only_we)} | {len(only_they)} | {len(we_miss & they_miss)} of {len(risky)}"
        yield f"| {name} | {counts} | {p:.2g} | {_some(sorted(only_they))} |"


def speaking(tested: Sequence[Case], results: Mapping[str, Result], risky: frozenset[str]) -> str:
    """Recall among the risky cases in which Sentinel's default can answer at all."""
    can = [case for case in tested if case.id in risky and could_speak(case)]
    hits = sum(results[case.id].first_tier["P1"] is not None for case in can)
    return f"{_rate(Rate(hits, len(can)))}; in the other {len(risky) - len(can)} it cannot answer by construction"


def _some(ids: Sequence[str]) -> str:
    """The first of them; all are in --out."""
    more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
    return f"{', '.join(ids[:MOST_IDS])}{more}" or "none"


def _queued(found: Measures) -> Rate:
    return found.protective_queued


def _percent(rate: Rate) -> str:
    return "-" if rate.share is None else f"{100 * rate.share:.0f} %"


def _rate(rate: Rate, digits: int = 1) -> str:
    return "-" if rate.share is None else f"{100 * rate.share:.{digits}f} % ({rate.hits} of {rate.of})"
