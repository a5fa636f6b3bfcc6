"""From examples to weights: logistic regressions over runs of words and of letters, added up into one plain table.

Two look at writers: one at all that a writer said in a conversation (risky: the person of concern), one at single texts
(risky: labelled with a sign). They err differently, and their sum, the model of what writers say, found more of
held-out cases than either. A third looks at what the person is answered, a fourth at people in danger, a fifth at
threats. Each is learned over words and over the letters of words apart, and the two are mixed. Needs scikit-learn
(requirements-dev.txt).
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from moderation.core.leaning import STAFF, Model, letters
from moderation.learn.examples import Talk, Told

LEAST_WRITERS = 3  # files a run is found in; in fewer it says more about who wrote it than about risk
OUTSIDE = 0.3  # what a public conversation counts: there are many, and they are of another kind
# What one of ours counts, by family; the others 1. Harmless talk that sounds risky teaches most, and survivors' stories
# are what must not be held.
WORTH = {"twin": 2.0, "protective": 4.0, "crisis": 3.0}
EARLY = 0.5  # what a writer's words before the harm count once more: the model is to know a beginning
SMALLEST = 0.01  # weights nearer to zero are left out of the table

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Strength:
    """Inverse penalties on the weights over words and over letters, and what one unit of log-odds of each is worth in
    the table. Chosen on writers left out in turn; a factor of two either way changed little.
    """

    words: float
    letters: float
    worth_words: float
    worth_letters: float


# The first three end in points of the running score, such that texts of writers left out spread alike in each.
BY_WRITER = Strength(0.03, 0.004, worth_words=0.78, worth_letters=0.24)
BY_TEXT = Strength(0.004, 0.0006, worth_words=0.32, worth_letters=0.12)
BY_ANSWER = Strength(0.04, 0.008, worth_words=0.43, worth_letters=0.15)
BY_NEED = Strength(0.004, 0.0025, worth_words=1.02, worth_letters=0.24)
BY_THREAT = Strength(0.004, 0.0025, worth_words=1.02, worth_letters=0.24)


@dataclass(frozen=True, slots=True)
class Example:
    """How often each run of words was written, whether by a person of concern, and how much the example counts."""

    counts: Counts
    risky: bool
    worth: float


@dataclass(frozen=True, slots=True)
class Known:
    """Inverse document frequencies of the runs of words, and of letters, that enough writers wrote."""

    words: Mapping[str, float]
    letters: Mapping[str, float]


def learn(talks: Sequence[Talk], unread: frozenset[str] = frozenset()) -> Model:
    """The weights of `talks`, in points; no run that holds one of the words `unread` (who someone is) gets any.

    Raises ValueError where there is nothing risky, nothing harmless, nobody in danger, no threat, or nothing that
    enough people wrote.
    """
    known = Known(_rarity(talks, unread, _words), _rarity(talks, unread, _letters))
    by_writer = _weights(_writers(talks), known, unread, BY_WRITER)
    by_text = _weights(_texts(talks), known, unread, BY_TEXT)
    says = {run: by_writer[run] + by_text[run] for run in by_writer}
    hears = _weights(_answerers(talks), known, unread, BY_ANSWER)
    needs = _weights(_needs(talks), known, unread, BY_NEED)
    threatens = _weights(_threats(talks), known, unread, BY_THREAT)
    return Model(_rounded(says), _rounded(hears), _rounded(needs), _rounded(threatens), unread)


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


def _threats(talks: Iterable[Talk]) -> Iterable[Example]:
    """Single texts of every writer; what else somebody writes who threatens is no threat."""
    for talk in talks:
        for told in talk.texts:
            if told.asked:
                yield Example(dict.fromkeys(told.runs, 1), told.threat, _worth(talk))


def _worth(talk: Talk) -> float:
    return WORTH.get(talk.family, 1.0) if talk.ours else OUTSIDE


def _said(texts: Iterable[Told]) -> dict[str, Counter[str]]:
    said: dict[str, Counter[str]] = {}
    for told in texts:
        if told.asked:
            said.setdefault(told.author, Counter()).update(told.runs)
    return said


def _words(counts: Counts, unread: frozenset[str]) -> Counts:
    """Runs of words, without those that say who someone is."""
    return {run: n for run, n in counts.items() if unread.isdisjoint(run.removeprefix(STAFF).split(" "))}


def _letters(counts: Counts, unread: frozenset[str]) -> Counts:
    """Runs of letters of the single words among runs of words."""
    found: Counter[str] = Counter()
    for run, n in counts.items():
        if " " not in run and not run.startswith(STAFF) and run not in unread:
            for name in _letters_of(run):
                found[name] += n
    return found


@functools.cache
def _letters_of(word: str) -> tuple[str, ...]:
    return tuple(letters(word))


def _rarity(
    talks: Iterable[Talk], unread: frozenset[str], form: Callable[[Counts, frozenset[str]], Counts]
) -> dict[str, float]:
    """Inverse document frequency of every run that enough of our own writers wrote."""
    texts = 0
    seen: Counter[str] = Counter()
    files: defaultdict[str, set[str]] = defaultdict(set)
    for talk in talks:
        for told in talk.texts if talk.ours else ():
            texts += 1
            runs = form(dict.fromkeys(told.runs, 1), unread).keys()
            seen.update(runs)
            for run in runs:
                files[run].add(talk.file)
    counted = {run: n for run, n in sorted(seen.items()) if len(files[run]) >= LEAST_WRITERS}
    if not counted:
        raise ValueError(f"no words are in {LEAST_WRITERS} files of our own: give cases by more writers")
    return {run: math.log((1 + texts) / (1 + n)) + 1 for run, n in counted.items()}


def _weights(examples: Iterable[Example], known: Known, unread: frozenset[str], strength: Strength) -> dict[str, float]:
    """What each run of words and of letters is worth."""
    given = list(examples)
    by_words = _fit(given, known.words, strength.words)
    spelt = [replace(one, counts=_letters(one.counts, unread)) for one in given]
    by_letters = _fit(spelt, known.letters, strength.letters)
    return {run: strength.worth_words * weight for run, weight in by_words.items()} | {
        run: strength.worth_letters * weight for run, weight in by_letters.items()
    }


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
    return {run: round(weight, 3) for run, weight in weights.items() if abs(weight) >= SMALLEST}
