"""What the words around a phrase make of it: someone telling, refusing, warning or asking is not someone doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from moderation.core.rules import Effect, Gate, Purpose, Rulebook, Scope
from moderation.core.signals import Hit
from moderation.core.text import Text


@dataclass(frozen=True, slots=True)
class Gated:
    """What is left after the gates: hits that count, and those read as a person telling of harm done to them."""

    kept: tuple[Hit, ...]
    told: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    gate: Gate
    first: int
    last: int


def apply_gates(text: Text, hits: Sequence[Hit], rulebook: Rulebook) -> Gated:
    """Pass every hit through every gate whose words stand near it. Quoted words never count as the writer's own."""
    if not hits:
        return Gated(())
    cues = [_Cue(rulebook.gates[owner], first, last) for owner, first, last in rulebook.gate_finder.matches(text)]
    kept: list[Hit] = []
    told: list[Hit] = []
    for hit in hits:
        purpose = rulebook.signals[hit.phrase.signal].purpose
        if purpose is Purpose.CONDUCT and hit.first in text.quoted and hit.last in text.quoted:
            continue
        effects = {cue.gate.effect for cue in cues if _covers(cue, hit, text, purpose)}
        if Effect.CARE in effects:
            told.append(hit)
        elif Effect.DROP not in effects:
            kept.append(replace(hit, confidence=hit.confidence / 2) if Effect.SOFTEN in effects else hit)
    return Gated(tuple(kept), tuple(told))


def _covers(cue: _Cue, hit: Hit, text: Text, purpose: Purpose) -> bool:
    gate, signal = cue.gate, hit.phrase.signal
    if gate.only:
        if signal not in gate.only:
            return False
    elif purpose is not Purpose.CONDUCT or signal in gate.spares:
        return False
    if gate.scope is Scope.MESSAGE:
        return True
    first, last = text.sentence(hit.first)
    if not first <= cue.first <= last:
        return False
    if gate.scope is Scope.BEFORE:
        return cue.last < hit.first <= cue.last + 1 + gate.reach
    if gate.scope is Scope.AFTER:
        return hit.last < cue.first <= hit.last + 1 + gate.reach
    return True
