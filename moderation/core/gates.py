"""What the words around a phrase make of it: someone telling, refusing, warning or asking is not someone doing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from moderation.core.joining import STOPS
from moderation.core.rules import Effect, Gate, Purpose, Rulebook, Scope
from moderation.core.signals import Hit
from moderation.core.text import Text

LEAST_OWN = 1  # word beside what another is to have said: "help" is all that some can write


@dataclass(frozen=True, slots=True)
class Gated:
    """What is left after the gates: hits that count, and those read as a person telling of harm done to them."""

    kept: tuple[Hit, ...]
    told: tuple[Hit, ...] = ()


@dataclass(slots=True)
class _Cues:
    """Where one gate's words stand: by first word, and by last word with the first of each, both rising.

    A long text can repeat a gate's words hundreds of times beside hundreds of hits, so they are looked up, not tried.
    """

    gate: Gate
    commas: Sequence[int]
    firsts: list[int] = field(default_factory=list)
    by_last: list[tuple[int, int]] = field(default_factory=list)
    # Where the first of what the gate needs beside ends and the last begins, looked up at the first hit that asks.
    beside: tuple[int, int] | None = None

    def cover(self, hit: Hit, text: Text) -> bool:
        """Whether the gate's words stand where, by its scope, they change what `hit` means."""
        if self.gate.beside is not None and not self._told(hit, text):
            return False
        if self.gate.scope is Scope.MESSAGE:
            return True
        first, last = text.sentence(hit.first)
        if self.gate.scope is Scope.BEFORE:
            near = bisect_left(self.by_last, (hit.first - 1 - self.gate.reach, 0))
            end = bisect_left(self.by_last, (hit.first, 0))
            return any(
                began >= first and not self._parted(ended, hit) and self._has_own_words(began, hit, text)
                for ended, began in self.by_last[near:end]
            )
        if self.gate.scope is Scope.AFTER:
            first, last = max(first, hit.last + 1), min(last, hit.last + 1 + self.gate.reach)
        found = bisect_left(self.firsts, first)
        return found < len(self.firsts) and self.firsts[found] <= last

    def _parted(self, ended: int, hit: Hit) -> bool:
        """Whether a comma ends what the gate's words cover before `hit` begins: "he said hi, send me" asks. Right after
        them it leads to what is told ("he said, send me"), but a refusal with a comma refuses something else.
        """
        leading = ended + 1 if self.gate.reach else ended
        found = bisect_right(self.commas, leading)
        return found < len(self.commas) and self.commas[found] <= hit.first

    def _has_own_words(self, began: int, hit: Hit, text: Text) -> bool:
        """Whether the writer says something besides what another is to have said, where that is asked of `hit`. A text
        that is all "he said" and a threat is its writer's, as one all in quotation marks is.
        """
        if hit.phrase.signal not in self.gate.own:
            return True
        _, last = text.sentence(hit.last)
        found = bisect_right(self.commas, hit.last)
        last = min(last, self.commas[found] - 1) if found < len(self.commas) else last
        others = (*text.words[:began], *text.words[last + 1 :])
        return sum(word not in STOPS for word in others) >= LEAST_OWN

    def _told(self, hit: Hit, text: Text) -> bool:
        """Whether what the gate needs stands anywhere outside the words of `hit`."""
        if self.beside is None:
            lookup = self.gate.beside
            found = [] if lookup is None else [(first, last) for _, first, last in lookup.matches(text)]
            self.beside = (
                min((last for _, last in found), default=len(text.words)),
                max((f for f, _ in found), default=0),
            )
        first_end, last_beginning = self.beside
        return first_end < hit.first or last_beginning > hit.last


def apply_gates(text: Text, hits: Sequence[Hit], rulebook: Rulebook) -> Gated:
    """Pass every hit through every gate whose words stand near it. Quoted words never count as the writer's own."""
    if not hits:
        return Gated(())
    cues = _cues(text, rulebook)
    # Quoted is what stands in words of one's own: a text all in quotation marks is its writer's.
    quoted = text.quoted if any(word not in text.quoted for word in range(text.own, len(text.words))) else frozenset()
    kept: list[Hit] = []
    told: list[Hit] = []
    for hit in hits:
        purpose = rulebook.signals[hit.phrase.signal].purpose
        if purpose is Purpose.CONDUCT and hit.first in quoted and hit.last in quoted:
            continue
        effects = {one.gate.effect for one in cues if _minds(one.gate, hit, purpose) and one.cover(hit, text)}
        if Effect.CARE in effects:
            told.append(hit)
        elif Effect.DROP not in effects:
            kept.append(replace(hit, confidence=hit.confidence / 2) if Effect.SOFTEN in effects else hit)
    return Gated(tuple(kept), tuple(told))


def _cues(text: Text, rulebook: Rulebook) -> list[_Cues]:
    found: dict[int, _Cues] = {}
    commas: Sequence[int] | None = None
    for owner, first, last in rulebook.gate_finder.matches(text):
        if commas is None:
            commas = text.commas()
        cues = found.setdefault(owner, _Cues(rulebook.gates[owner], commas))
        cues.firsts.append(first)
        cues.by_last.append((last, first))
    for cues in found.values():
        cues.firsts.sort()
        cues.by_last.sort()
    return list(found.values())


def _minds(gate: Gate, hit: Hit, purpose: Purpose) -> bool:
    """Whether the gate is about this kind of hit at all."""
    signal = hit.phrase.signal
    return signal in gate.only if gate.only else purpose is Purpose.CONDUCT and signal not in gate.spares
