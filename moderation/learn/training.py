"""From examples to weights: logistic regressions over runs of words, added up into one plain table.

Two look at writers: one at all that a writer said in a conversation (risky: the person of concern), one at single texts
(risky: labelled with a sign). They err differently, and their sum, the model of what writers say, found more of
held-out cases than either. A third looks at what the person is answered, a fourth at people in danger. Needs
scikit-learn (requirements-dev.txt).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moderation.core.leaning import STAFF, Model
from moderation.learn.examples import Talk, Told

LEAST_TEXTS = 2  # a run seen in fewer texts says more about its writer than about risk
OUTSIDE = 0.1  # what a public conversation counts: there are many, and they are of another kind
# What one of ours counts, by family; the others 1. Harmless talk that sounds like risky talk teaches most.
WORTH = {"twin": 2.0, "protective": 2.0, "crisis": 2.0}
EARLY = 0.5  # what a writer's words before the harm count once more: the model is to know a beginning
SMALLEST = 0.05  # weights nearer to zero are left out of the table
# Inverse penalties on weights, chosen on writers left out in turn; a factor of three either way changed little.
BY_WRITER, BY_TEXT, BY_ANSWER, BY_NEED = 0.2, 0.03, 0.1, 0.03
# Points of a running score for one unit of log-odds, so that texts of writers left out spread alike in each.
POINTS_WRITER, POINTS_TEXT, POINTS_ANSWER = 0.68, 0.35, 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """How often each run was written, whether by a person of concern, and how much the example counts."""

    counts: Mapping[str, int]
    risky: bool
    worth: float


def learn(talks: Sequence[Talk], unseen: frozenset[str] = frozenset()) -> Model:
    """The weights of `talks`, in points; no run that holds one of the words `unseen` (who someone is) gets any.

    Raises ValueError where there is nothing risky, nothing harmless, or nobody in danger.
    """
    rarity = _rarity(talks, unseen)
    by_writer = _fit(list(_writers(talks)), rarity, BY_WRITER)
    by_text = _fit(list(_texts(talks)), rarity, BY_TEXT)
    by_answer = _fit(list(_answerers(talks)), rarity, BY_ANSWER)
    says = {run: POINTS_WRITER * by_writer[run] + POINTS_TEXT * by_text[run] for run in rarity}
    hears = {run: POINTS_ANSWER * by_answer[run] for run in rarity}
    return Model(_rounded(says), _rounded(hears), _rounded(_fit(list(_needs(talks)), rarity, BY_NEED)))


def _writers(talks: Iterable[Talk]) -> Iterable[Example]:
    for talk in talks:
        for author, counts in _said(talk.texts).items():
            yield Example(counts, author == talk.concern, _worth(talk))
        if talk.ours:
            for author, counts in _said(talk.texts[: talk.early]).items():
                yield Example(counts, author == talk.concern, _worth(talk) * EARLY)


def _texts(talks: Iterable[Talk]) -> Iterable[Example]:
    """Single texts. What a person of concern writes without a sign is neither risky nor harmless: it is left out."""
    for talk in talks:
        for told in talk.texts:
            concern = told.author == talk.concern
            if told.asked and (told.sign or not concern):
                yield Example(dict.fromkeys(told.runs, 1), concern, _worth(talk))


def _answerers(talks: Iterable[Talk]) -> Iterable[Example]:
    """Whom a person of concern is after, against everybody in talks where nobody is."""
    for talk in talks:
        for author, counts in _said(talk.texts).items():
            if not talk.concern or author == talk.target:
                yield Example(counts, bool(talk.concern), _worth(talk))


def _needs(talks: Iterable[Talk]) -> Iterable[Example]:
    """Single texts of someone in danger. What that person writes beside is neither, and in a crisis nobody labelled
    nothing is known.
    """
    for talk in talks:
        people = {told.author for told in talk.texts if told.need}
        for told in talk.texts:
            if told.need or (told.author not in people and (people or talk.family != "crisis")):
                yield Example(dict.fromkeys(told.runs, 1), told.need, 1.0 if talk.ours else OUTSIDE)


def _worth(talk: Talk) -> float:
    return WORTH.get(talk.family, 1.0) if talk.ours else OUTSIDE


def _said(texts: Iterable[Told]) -> dict[str, Counter[str]]:
    said: dict[str, Counter[str]] = {}
    for told in texts:
        if told.asked:
            said.setdefault(told.author, Counter()).update(told.runs)
    return said


def _rarity(talks: Iterable[Talk], unseen: frozenset[str]) -> dict[str, float]:
    """Inverse document frequency of every run that our own texts hold often enough."""
    texts: list[Told] = [told for talk in talks if talk.ours for told in talk.texts]
    seen = Counter(run for told in texts for run in told.runs)
    counted = {run: n for run, n in sorted(seen.items()) if n >= LEAST_TEXTS and unseen.isdisjoint(_words(run))}
    return {run: math.log((1 + len(texts)) / (1 + n)) + 1 for run, n in counted.items()}


def _words(run: str) -> list[str]:
    return run.removeprefix(STAFF).split(" ")


def _fit(examples: Sequence[Example], rarity: Mapping[str, float], strength: float) -> dict[str, float]:
    """Log-odds by run: a logistic regression with an L2 penalty, both classes weighing alike."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only whoever trains needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    column = {run: number for number, run in enumerate(rarity)}
    cells = [
        (count * rarity[run], row, column[run])
        for row, one in enumerate(examples)
        for run, count in one.counts.items()
        if run in column
    ]
    values, rows, columns = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples), len(column)))
    fitted = LogisticRegression(C=strength, max_iter=1000, class_weight="balanced").fit(
        matrix, [one.risky for one in examples], sample_weight=[one.worth for one in examples]
    )
    return {run: float(fitted.coef_[0][at]) * rarity[run] for run, at in column.items()}


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {run: round(weight, 2) for run, weight in weights.items() if abs(weight) >= SMALLEST}
