"""Roblox Sentinel (Apache-2.0), run from its public source outside this repository: default, and tuned by its search.

Its index holds the messages that show a signal, by the person of concern, against every message of everybody harmless:
the training cases that all learning systems get. A writer's last 50 messages are one group, as its README has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from moderation.evaluate.cases import Case
from tests.compare.elsewhere import Worker
from tests.compare.examples import Writer, writers
from tests.compare.splits import inner
from tests.compare.system import Scores

SPEAKS_FROM = 10  # `skewness` answers 0.0 for fewer messages (score_formulae.py, min_size_of_scores)
DEFAULT = {"aggregator": "skewness", "top_k": 5, "min_score": 0.1, "ratio": 5.0}


def worker() -> Worker:
    """The process that both forms and MiniLM share, so that a text is embedded once."""
    return Worker("venv/bin/python", "sentinel_worker.py")


def could_speak(case: Case) -> bool:
    """Whether the person of concern ever has enough different messages for the default to answer at all."""
    return len({line.text for line in case.lines if line.author == case.concern}) >= SPEAKS_FROM


class Sentinel:
    """As it comes: skewness, top_k 5, min_score_to_consider 0.1, five common texts to a rare one."""

    learns = True
    name = "Sentinel, default"

    def __init__(self, asking: Worker) -> None:
        self._asking = asking
        self._settings: dict[str, Any] = dict(DEFAULT)

    def learn(self, cases: Sequence[Case]) -> None:
        self._asking.ask(ask="learn", settings=self._settings, **_index(list(writers(cases))))

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        talks = [[(line.author, line.text) for line in case.lines] for case in cases]
        return [tuple(scores) for scores in self._asking.ask(ask="score", talks=talks)]


class TunedSentinel(Sentinel):
    """Whatever its own `run_grid_search` likes best on the training cases.

    The search indexes two thirds of them and is judged on writers of the other third: texts that lie in the index would
    match themselves.
    """

    name = "Sentinel, tuned"

    def __init__(self, asking: Worker) -> None:
        super().__init__(asking)
        self.chosen: list[dict[str, Any]] = []

    def tune(self, cases: Sequence[Case]) -> None:
        """Choose settings for what is learned from now on."""
        part = inner(cases)[0]
        groups = [
            {"name": writer.name, "label": int(writer.risky), "observations": writer.texts[-50:]}
            for writer in writers(part.test)
        ]
        self._settings = self._asking.ask(ask="tune", groups=groups, **_index(list(writers(part.train))))
        self.chosen.append(self._settings)


def _index(known: Sequence[Writer]) -> dict[str, list[str]]:
    """Rare and common texts, each once. A risky text that somebody harmless also wrote stays on both sides."""
    rare = dict.fromkeys(text for writer in known for text in writer.shown)
    common = dict.fromkeys(text for writer in known if not writer.risky for text in writer.texts)
    return {"rare": list(rare), "common": list(common)}
