"""Figures as lines of text, for a terminal and for docs/detection.md. Only words and numbers; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from moderation.evaluate.measures import AtRate, Measures
from moderation.evaluate.rates import Rate

MOST_IDS = 12
_WIDTH = 44


def table(found: Measures) -> Iterator[str]:
    """The whole table of one run, line by line."""
    yield f"{found.conversations} conversations, {found.messages} messages, {found.unscreened} not screened"
    yield ""
    yield _row("flagged risky conversations (recall at P1)", _rate(found.recall))
    yield from _split("  ", found.recall_by_family)
    yield from _split("  ", found.recall_by_language)
    yield _row("flagged on the person of concern", _rate(found.recall_of_concern))
    yield _row("flagged before harm", _rate(found.before_harm))
    yield _row(
        "messages to first flag, median / 90 %", f"{_number(found.first_flag_median)} / {_number(found.first_flag_p90)}"
    )
    yield _row(
        "harmless flagged at P1 (streaming)",
        f"{_rate(found.false_positives)}, exact upper bound {_percent(found.false_positives.upper(), 3)}",
    )
    yield from _split("  ", found.false_positives_by_family)
    yield from _split("  ", found.false_positives_by_language)
    yield _row("harmless in the digest or above (P2)", _rate(found.digest_false_positives))
    yield _row("precision / F1 / F-latency", " / ".join(map(_number, (found.precision, found.f1, found.f_latency))))
    yield _row("recall by score at 1 % false positives", _at(found.at_1_percent))
    yield _row("recall by score at 0.1 % false positives", _at(found.at_01_percent))
    yield _row("twin pairs told apart", _rate(found.twins))
    yield _row("crisis brought to care", _rate(found.crisis_to_care))
    yield _row("protective or crisis, in the conduct queue", _rate(found.protective_queued))
    yield _row("protective or crisis, a message held", _rate(found.protective_held))
    yield _row("protective or crisis, punished", _rate(found.protective_punished))
    yield _row("everyday talk brought to care", _rate(found.everyday_to_care))
    yield _row("everyday talk, a message asked about first", _rate(found.everyday_nudged))
    yield ""
    yield f"{'signal':<28}{'labelled':>9}{'found':>7}{'precision':>11}{'recall':>8}"
    for name, score in found.signals.items():
        yield f"{name:<28}{score.labelled:>9}{score.found:>7}{_number(score.precision):>11}{_number(score.recall):>8}"
    yield ""
    yield _ids("missed", found.missed)
    yield _ids("flagged though harmless", found.false_positive_ids)


def ablations(runs: Mapping[str, Measures]) -> Iterator[str]:
    """One line a run, its name first; the run with everything on is expected first."""
    yield (
        f"{'without':<26}{'recall P1':>10}{'before harm':>12}{'FP at P1':>10}{'FP at P2':>10}{'twins':>7}{'F-lat':>7}"
        f"{'r@1%':>7}{'r@.1%':>7}{'care':>7}{'prot. held':>11}"
    )
    for name, found in runs.items():
        shares = (
            f"{_percent(found.recall.share):>10}",
            f"{_percent(found.before_harm.share):>12}",
            f"{_percent(found.false_positives.share, 2):>10}",
            f"{_percent(found.digest_false_positives.share, 2):>10}",
            f"{_percent(found.twins.share, 0):>7}",
            f"{_number(found.f_latency):>7}",
            f"{_percent(found.at_1_percent.recall.share if found.at_1_percent else None, 0):>7}",
            f"{_percent(found.at_01_percent.recall.share if found.at_01_percent else None, 0):>7}",
            f"{_percent(found.crisis_to_care.share, 0):>7}",
            f"{_percent(found.protective_held.share, 1):>11}",
        )
        yield f"{name:<26}{''.join(shares)}"


def _row(label: str, value: str) -> str:
    return f"{label:<{_WIDTH}}{value}"


def _split(indent: str, rates: Mapping[str, Rate]) -> Iterator[str]:
    for name, rate in rates.items():
        yield _row(f"{indent}{name or '(not said)'}", _rate(rate))


def _rate(rate: Rate) -> str:
    if not rate.of:
        return "none to count"
    low, high = rate.interval()
    return f"{_percent(rate.share, 2)} ({rate.hits} of {rate.of}; 95 % {_percent(low)} to {_percent(high)})"


def _at(found: AtRate | None) -> str:
    return "none to count" if found is None else f"{_rate(found.recall)}, above score {found.threshold:.2f}"


def _percent(share: float | None, digits: int = 1) -> str:
    return "-" if share is None else f"{100 * share:.{digits}f} %"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _ids(label: str, ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
    return f"{label}: {', '.join(ids[:MOST_IDS]) or 'none'}{more}"
