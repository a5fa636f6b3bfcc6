"""From rulebook source (plain dictionaries, as TOML gives them) to a frozen `Rulebook`, or one list of problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from moderation.core.compiling_scores import check_names, read_leaning, read_scoring
from moderation.core.leaning import Model
from moderation.core.model import Tier
from moderation.core.phrases import Dictionary, Lookup, Pattern, lookup
from moderation.core.reading import Problems, RulebookError, Table
from moderation.core.relations import DISGUISE, FACTS, LEARNED, NEED
from moderation.core.rules import (
    LANGUAGES,
    LEAN_RULE,
    SCORE_RULE,
    Combination,
    Effect,
    Exchange,
    Gate,
    Phrase,
    Purpose,
    Rulebook,
    Scope,
    Shift,
    Signal,
    StaffUse,
    ToStaff,
    Wording,
)
from moderation.core.text import Words, fold_word

TOPICS = frozenset({"", "phone", "account", "place", "school", "meet"})
_NOTHING = lookup([])


@dataclass(frozen=True, slots=True)
class Sources:
    """Rulebook source, file by file: `signals` maps a file name to its content."""

    words: Mapping[str, Any]
    gates: Mapping[str, Any]
    combinations: Mapping[str, Any]
    signals: Mapping[str, Mapping[str, Any]]
    version: str
    model: Model = field(default_factory=Model)


def compile_rulebook(sources: Sources) -> Rulebook:
    """Compile `sources`. Raises RulebookError naming every problem at once."""
    problems = Problems()
    words = Table(sources.words, "words.toml", problems)
    dictionary = _dictionary(words)
    open_calls = words.patterns("open_calls", dictionary, needed=True)
    for_youth = words.patterns("for_youth", dictionary, needed=True)
    words.finish()
    signals: dict[str, Signal] = {}
    phrases: list[Phrase] = []
    wordings: dict[str, Wording] = {}
    for name, source in sorted(sources.signals.items()):
        signal, found = _signal(Table(source, name, problems), dictionary)
        signals[signal.id] = signal
        phrases += found
        wordings |= dict.fromkeys([signal.id, *(phrase.id for phrase in found)], signal.wording)
    for needed in (DISGUISE, NEED, *sorted(LEARNED)):
        if needed not in signals:
            problems.note("signals", f"the signal {needed!r} is missing and screening cannot do without it")
    gates = _gates(Table(sources.gates, "gates.toml", problems), dictionary, signals)
    whole = Table(sources.combinations, "combinations.toml", problems)
    rules = [_combination(table, signals) for table in whole.tables("combination")]
    shifts = [_shift(table, signals) for table in whole.tables("shift")]
    scoring = read_scoring(whole.table("score"), signals)
    leaning = read_leaning(whole.table("lean"), sources.model)
    whole.finish()
    wordings |= (
        {rule.id: rule.wording for rule in rules}
        | {shift.id: shift.wording for shift in shifts}
        | {SCORE_RULE: scoring.wording, LEAN_RULE: leaning.wording}
    )
    if problems.found:
        raise RulebookError(problems.found)
    return Rulebook(
        version=sources.version,
        dictionary=dictionary,
        words=Words(_vocabulary(phrases, gates), dictionary.spelling, dictionary.emoji),
        signals=signals,
        phrases=tuple(phrases),
        finder=lookup([phrase.patterns for phrase in phrases]),
        gates=gates,
        gate_finder=lookup([gate.patterns for gate in gates]),
        open_calls=lookup([open_calls]),
        for_youth=lookup([for_youth]),
        combinations=tuple(rules),
        shifts=tuple(shifts),
        scoring=scoring,
        leaning=leaning,
        wordings=wordings,
    )


def _dictionary(table: Table) -> Dictionary:
    spelling = table.table("spelling")
    lists = table.table("lists")
    read = {fold_word(short): spelling.text(short) for short in spelling.data}
    emoji = table.table("emoji")
    spoken: dict[str, tuple[str, str]] = {}
    for sign in emoji.data:
        both = emoji.texts(sign, needed=True)
        if len(both) == len(LANGUAGES):
            spoken[sign] = (fold_word(both[0]), fold_word(both[1]))
        else:
            emoji.note(f"{sign}: needs its word in English and in Spanish")
    return Dictionary({name: lists.texts(name, needed=True) for name in lists.data}, read, spoken)


def _vocabulary(phrases: Sequence[Phrase], gates: Sequence[Gate]) -> frozenset[str]:
    """Words worth undoing a disguise for: those of phrases, and those that say a phrase means no harm, for survivors
    hide their words too (detection.md A3). Short ones are left out: too much looks like them.
    """
    asked = [lookup for phrase in phrases for lookup in (phrase.alongside, phrase.unless)]
    beside = [lookup for lookup in (*asked, *(gate.beside for gate in gates)) if lookup is not None]
    patterns = [
        *(pattern for phrase in phrases for pattern in phrase.patterns),
        *(pattern for gate in gates for pattern in gate.patterns),
        *(pattern for lookup in beside for _, pattern in lookup.patterns),
    ]
    return frozenset(word for pattern in patterns for word in pattern.words if len(word) > 2)


def _signal(table: Table, dictionary: Dictionary) -> tuple[Signal, list[Phrase]]:
    name = table.identity()
    purpose = table.choice("purpose", Purpose, Purpose.CONDUCT)
    signal = Signal(
        id=name,
        version=int(table.number("version", 1, 10_000)),
        purpose=purpose,
        weight=table.number("weight", 0, 5, None if purpose is Purpose.CONDUCT else 0),
        staff=table.choice("staff", StaffUse, StaffUse.COUNTS),
        to_staff=table.choice("to_staff", ToStaff, ToStaff.COUNTS),
        urgency=table.choice("urgency", Tier, Tier.P1),
        wording=table.wording(),
    )
    phrases = [_phrase(entry, name, dictionary) for entry in table.tables("phrase")]
    if not phrases and name not in {DISGUISE, *LEARNED}:
        table.note("has no phrases")
    table.finish()
    return signal, phrases


def _phrase(table: Table, signal: str, dictionary: Dictionary) -> Phrase:
    phrase = Phrase(
        id=table.identity(),
        signal=signal,
        confidence=table.number("confidence", 0.1, 1),
        topic=table.text("topic", ""),
        patterns=table.patterns("patterns", dictionary, needed=True),
        alongside=_optional(table.patterns("alongside", dictionary, needed=False)),
        unless=_optional(table.patterns("unless", dictionary, needed=False)),
        must_hit=table.texts("must_hit", needed=True),
        must_miss=table.texts("must_miss", needed=True),
    )
    if phrase.topic not in TOPICS:
        table.note(f"topic is {phrase.topic!r}; it must be one of {', '.join(sorted(TOPICS - {''}))}")
    table.finish()
    return phrase


def _optional(patterns: Sequence[Pattern]) -> Lookup | None:
    return lookup([patterns]) if patterns else None


def _gates(table: Table, dictionary: Dictionary, signals: Mapping[str, Signal]) -> tuple[Gate, ...]:
    gates = []
    for entry in table.tables("gate"):
        gates.append(
            Gate(
                id=entry.identity(),
                effect=entry.choice("effect", Effect, Effect.DROP),
                scope=entry.choice("scope", Scope, Scope.SENTENCE),
                reach=int(entry.number("reach", 0, 12, 0)),
                patterns=entry.patterns("patterns", dictionary, needed=True),
                only=_names(entry, "only", signals),
                spares=_names(entry, "spares", signals),
                beside=_optional(entry.patterns("beside", dictionary, needed=False)),
                own=_names(entry, "own", signals),
                must_gate=entry.texts("must_gate", needed=True),
                must_keep=entry.texts("must_keep", needed=False),
            )
        )
        entry.finish()
    table.finish()
    return tuple(gates)


def _names(
    table: Table, key: str, signals: Mapping[str, Signal], facts: frozenset[str] = frozenset()
) -> frozenset[str]:
    names = frozenset(table.texts(key, needed=False))
    check_names(table, key, names - facts, signals)
    return names


def _combination(table: Table, signals: Mapping[str, Signal]) -> Combination:
    name = table.identity()
    needs = tuple(frozenset(part.strip() for part in group.split("|")) for group in table.texts("needs", needed=True))
    if len(needs) > 4:
        table.note("needs has more than four groups")
    if all(group <= FACTS for group in needs):
        table.note("needs only facts; a rule must rest on something the person wrote")
    for group in needs:
        check_names(table, "needs", group - FACTS, signals)
    one_message = table.data.get("window") == "message"
    combination = Combination(
        id=name,
        version=int(table.number("version", 1, 10_000)),
        tier=table.choice("tier", Tier, Tier.P3),
        window=None if one_message and table.get("window") else table.length("window", "7d"),
        needs=needs,
        confidence=table.number("confidence", 0, 1, 0.5),
        wording=table.wording(),
        must_hit=_exchanges(table, "must_hit"),
        must_miss=_exchanges(table, "must_miss"),
    )
    table.finish()
    return combination


def _exchanges(table: Table, key: str) -> tuple[Exchange, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not value:
        table.note(f"{key} must hold at least one list of lines")
        return ()
    if not all(isinstance(lines, list) and lines and all(isinstance(line, str) for line in lines) for lines in value):
        table.note(f"{key} must be a list of lists of lines")
        return ()
    return tuple(Exchange(tuple(lines)) for lines in value)


def _shift(table: Table, signals: Mapping[str, Signal]) -> Shift:
    name = table.identity()
    shift = Shift(
        id=name,
        version=int(table.number("version", 1, 10_000)),
        by=int(table.number("by", -3, 3)),
        lowest=table.choice("lowest", Tier, Tier.P3),
        needs=_names(table, "needs", signals, FACTS),
        unless=_names(table, "unless", signals, FACTS),
        spares=frozenset(table.texts("spares", needed=False)),
        wording=table.wording(),
    )
    for rule_id in sorted(shift.spares - table.problems.ids.keys()):
        table.note(f"spares names a rule that does not exist: {rule_id!r}")
    if not shift.needs:
        table.note("needs is empty")
    table.finish()
    return shift
