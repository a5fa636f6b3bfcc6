"""Haven's own screening, with weights learned from the cases of each turn, replayed as live chat is screened."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.core.leaning import Model
from moderation.evaluate.cases import Case
from moderation.evaluate.replay import Result, replay
from moderation.learn.__main__ import who_someone_is, with_model
from moderation.learn.examples import Talk, read
from moderation.learn.training import learn
from moderation.rulebook import shipped
from tests.compare.system import NotRun, Scores


class Ours:
    """The shipped rules, which people wrote, and never the shipped weights, which may have been learned from a tested
    case. Public talk is outside talk, as in `moderation.learn`: its cases introduce nobody."""

    name, by_itself = "ours", "ours, at its own tiers"
    learns = True

    def __init__(self) -> None:
        self._plain = with_model(shipped(), Model())
        self._unseen = who_someone_is(self._plain)
        self._using = self._plain
        self._talks: dict[str, Talk] = {}
        self._latest: dict[str, Result] = {}

    def learn(self, cases: Sequence[Case]) -> None:
        try:
            model = learn([self._talk(case) for case in cases], self._unseen)
        except ValueError as why:  # nothing risky, nothing harmless or nobody in danger among them
            raise NotRun(str(why)) from why
        self._using = with_model(self._plain, model)

    def scores(self, cases: Sequence[Case]) -> list[Scores]:
        self._latest = {case.id: replay(case, self._using) for case in cases}
        return [self._latest[case.id].scores for case in cases]

    def decided(self, case: Case, scores: Scores) -> Result:  # noqa: ARG002 - its tiers look at more than the score
        """By its tiers."""
        return self._latest[case.id]

    def _talk(self, case: Case) -> Talk:
        """Read once: the rules read a case alike whatever the weights are."""
        if case.id not in self._talks:
            (self._talks[case.id],) = read([case], self._plain)
        return self._talks[case.id]
