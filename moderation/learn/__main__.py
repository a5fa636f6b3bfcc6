"""`python -m moderation.learn CASES… [--outside PUBLIC…]`: learn the weights of the shipped rulebook.

With `--apart PARTS` no weights are written: the files are dealt into so many parts, each part is replayed, through the
very code that screens live chat, with weights learned from the other parts only, and the figures are printed. A file
holds what one person or group wrote, so this says what the models make of words of people they never read. `--outside`
adds public harmless conversations.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from moderation.core.leaning import Model
from moderation.core.rules import Rulebook
from moderation.core.text import fold_word
from moderation.evaluate.cases import Case, read_cases
from moderation.evaluate.measures import Scored, measure
from moderation.evaluate.replay import replay
from moderation.evaluate.tables import table
from moderation.learn.examples import Talk, read
from moderation.learn.training import learn
from moderation.rulebook import HERE, WEIGHTS, shipped

GENDERS = "aoe"
TELLING = 5  # letters from which on a word of a term says what the term says
Read = list[tuple[int, Case, Talk]]  # the part it is left out with, the case, and what there is to learn


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m moderation.learn", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, help="JSON lines, plain or .gz, a writer a file")
    parser.add_argument("--outside", nargs="*", default=[], type=Path, help="public harmless conversations")
    parser.add_argument("--apart", type=int, metavar="PARTS", help="measure on files left out, write no weights")
    parser.add_argument("--out", type=Path, help="with --apart: where to write one result a line")
    parser.add_argument("--weights", type=Path, default=HERE / WEIGHTS, help="where to write what was learned")
    asked = parser.parse_args(arguments)
    plain = with_model(shipped(), Model())
    if asked.apart is not None and not 2 <= asked.apart <= len(asked.cases):
        parser.error("--apart takes at least 2 parts, and no more than there are files")
    everything = list(_read(asked.cases, asked.outside, plain, asked.apart or 1))
    if asked.apart:
        scored = list(apart(everything, plain, asked.apart))
        lines = list(table(measure(scored)))
        if asked.out:
            asked.out.write_text("".join(json.dumps(one.result.as_json()) + "\n" for one in scored))
    else:
        model = learn([talk for _, _, talk in everything], who_someone_is(plain))
        asked.weights.write_text("".join(_lines(model)))
        counts = ", ".join(str(len(column)) for column in (model.says, model.hears, model.needs, model.threatens))
        lines = [f"{counts} weights in {asked.weights}"]
    sys.stdout.writelines(line + "\n" for line in lines)


def apart(everything: Read, rulebook: Rulebook, parts: int) -> Iterator[Scored]:
    """Every case replayed with weights learned without the part it is in."""
    unread = who_someone_is(rulebook)
    for left_out in range(parts):
        using = with_model(rulebook, learn([talk for part, _, talk in everything if part != left_out], unread))
        yield from (Scored(case, replay(case, using)) for part, case, _ in everything if part == left_out)


def who_someone_is(rulebook: Rulebook) -> frozenset[str]:
    """Words for who someone is, as messages are read, in all their forms: the one list of the rulebook that holds them.

    Of a term of several words ("in foster care") the longer ones, which say it.
    """
    terms = (term.split(" ") for term in rulebook.dictionary.lists["myself"])
    words = {fold_word(word) for term in terms for word in term if len(term) == 1 or len(word) >= TELLING}
    return frozenset(form for word in words for form in _forms(word))


def _forms(word: str) -> set[str]:
    """`word` and, of longer ones, its Spanish genders, each in the plural too: "catolica", "catolicos", "gays"."""
    genders = {word}
    if len(word) >= TELLING and word[-1] in GENDERS:
        genders |= {word[:-1] + ending for ending in GENDERS}
    return {gender + plural for gender in genders for plural in ("", "s", "es")}


def with_model(rulebook: Rulebook, model: Model) -> Rulebook:
    """The rulebook with other weights."""
    return replace(rulebook, leaning=replace(rulebook.leaning, model=model))


def _read(
    files: Sequence[Path], outside: Sequence[Path], rulebook: Rulebook, parts: int
) -> Iterator[tuple[int, Case, Talk]]:
    """Cases with the part of their file; public conversations are dealt out by their id."""
    for number, path in enumerate(files):
        cases = [case for case in read_cases([path]) if isinstance(case, Case)]
        yield from ((number % parts, case, talk) for case, talk in zip(cases, read(cases, rulebook), strict=True))
    cases = [case for case in read_cases(outside) if isinstance(case, Case)]
    for case, talk in zip(cases, read(cases, rulebook), strict=True):
        yield int.from_bytes(hashlib.sha256(case.id.encode()).digest()[:4]) % parts, case, talk


def _lines(model: Model) -> Iterator[str]:
    columns = (model.says, model.hears, model.needs, model.threatens)
    for run in sorted(model.unread.union(*columns)):
        yield "\t".join([run, *(str(column.get(run, "")) for column in columns)]) + "\n"


if __name__ == "__main__":
    main()
