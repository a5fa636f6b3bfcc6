"""How signals and words add up, from the rulebook's [score] and [lean] tables."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.core.leaning import Model
from moderation.core.model import Tier
from moderation.core.reading import Table
from moderation.core.relations import FACTS
from moderation.core.rules import LEAN_RULE, SCORE_RULE, Leaning, Scoring, Signal


def read_scoring(table: Table, signals: Mapping[str, Signal]) -> Scoring:
    """The [score] table. Problems are noted, not raised."""
    multipliers, cutoffs, distinct = (table.table(key) for key in ("multipliers", "cutoffs", "distinct"))
    check_names(table, "multipliers", frozenset(multipliers.data) - FACTS, signals)
    tiers = (Tier.P0, Tier.P1, Tier.P2)
    scoring = Scoring(
        version=int(table.number("version", 1, 10_000)),
        half_life=table.length("half_life", "7d"),
        multipliers={name: multipliers.number(name, 1, 3) for name in multipliers.data},
        cap=table.number("cap", 1, 5),
        cutoffs={tier: cutoffs.number(tier, 0, 100) for tier in tiers},
        distinct={tier: int(distinct.number(tier, 1, 20)) for tier in tiers},
        wording=table.wording(),
    )
    for part in (cutoffs, distinct, table):
        part.finish()
    table.problems.claim(SCORE_RULE, table.where)
    return scoring


def read_leaning(table: Table, model: Model) -> Leaning:
    """The [lean] table with the learned `model`. Problems are noted, not raised."""
    leaning = Leaning(
        version=int(table.number("version", 1, 10_000)),
        model=model,
        least=table.number("least", 0, 100),
        plain=table.number("plain", 0, 100),
        needs=table.number("needs", 0, 100),
        least_needs=table.number("least_needs", 0, 100),
        drift_needs=table.number("drift_needs", 0, 100),
        threatens=table.number("threatens", 0, 100),
        most_text=table.number("most_text", 0, 100),
        drift_says=table.number("drift_says", 0, 100),
        drift_hears=table.number("drift_hears", 0, 100),
        most_says=table.number("most_says", 0, 1000),
        most_hears=table.number("most_hears", 0, 1000),
        cutoff=table.number("cutoff", 0, 1000),
        wording=table.wording(),
    )
    table.finish()
    table.problems.claim(LEAN_RULE, table.where)
    return leaning


def check_names(table: Table, key: str, names: frozenset[str], signals: Mapping[str, Signal]) -> None:
    """Note every one of `names` under `key` that is no signal."""
    for name in sorted(names - signals.keys()):
        table.note(f"{key} names a signal that does not exist: {name!r}")
