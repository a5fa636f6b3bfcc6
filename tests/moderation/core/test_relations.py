"""What adds up between two people, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.core.leaning import Model
from moderation.core.model import Author, Context, Observation, Reason, Running, Tier
from moderation.core.relations import UNEASE, Judgement, judge
from moderation.core.rules import Rulebook
from moderation.rulebook import shipped
from tests.moderation.core.talk import START, Talk, staff, youth

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """What signals mean together, before anybody asks how the words around them sound."""
    return replace(shipped(), leaning=replace(shipped().leaning, model=Model()))


class Pair:
    """One writer and one reader with memories set by hand."""

    def __init__(self, rulebook: Rulebook, *, days: int = 60, met: timedelta | None = None) -> None:
        self.rulebook = rulebook
        self.writer = youth("w", days=days)
        self.reader = youth("r")
        self.past: list[Observation] = []
        self.reader_past: list[Observation] = []
        self.met = {"r": START - met} if met is not None else {}
        self.running: dict[str, Running] = {}
        self.words = 0.0

    def remember(self, signal: str, ago: timedelta, target: str | None = "r", confidence: float = 0.9) -> None:
        self.past.append(Observation("w", target, signal, confidence, START - ago))

    def judge(self, *signals: str, confidence: float = 0.9) -> Judgement:
        people: dict[str, Author] = {"w": self.writer, "r": self.reader}
        context = Context((), people, {"w": self.past, "r": self.reader_past}, self.met, self.running)
        talk = Talk(self.rulebook, self.writer, self.reader)
        now = dict.fromkeys(signals, confidence)
        return judge(talk.draft("w", ""), "r", now, context, self.rulebook, words=self.words)


def rules(judgement: Judgement) -> set[str]:
    return {reason.rule_id for reason in judgement.reasons}


def test_nothing_new_means_no_tier_whatever_came_before(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("secrecy_request", DAY)
    pair.remember("platform_migration", DAY)
    judgement = pair.judge()
    assert judgement.tier is None
    assert judgement.score > 0


@pytest.mark.parametrize(("ago", "fires"), [(6 * DAY, True), (8 * DAY, False)])
def test_a_combination_has_a_window(rulebook: Rulebook, ago: timedelta, fires: bool) -> None:
    pair = Pair(rulebook)
    pair.remember("platform_migration", ago)
    assert ("r2-isolation-triad" in rules(pair.judge("secrecy_request"))) is fires


def test_order_does_not_matter(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("secrecy_request", DAY)
    assert "r2-isolation-triad" in rules(pair.judge("platform_migration"))


def test_what_was_said_to_someone_else_does_not_count_here(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("platform_migration", DAY, target="other")
    assert "r2-isolation-triad" not in rules(pair.judge("secrecy_request"))


def test_an_open_call_counts_towards_whoever_answers(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("deceptive_job_offer", DAY, target=None)
    assert "r4-job-lure-private" in rules(pair.judge("lodging_or_transport_offer"))


def test_an_unsure_memory_does_not_feed_a_combination(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("platform_migration", DAY, confidence=0.4)
    assert "r2-isolation-triad" not in rules(pair.judge("secrecy_request"))


@pytest.mark.parametrize(
    ("signals", "tier"),
    [(("age_probe", "personal_info_probe"), Tier.P3), (("age_probe", "personal_info_probe", "love_bombing"), Tier.P2)],
)
def test_three_probes_are_needed_each_of_its_own_kind(rulebook: Rulebook, signals: tuple[str, ...], tier: Tier) -> None:
    assert Pair(rulebook, days=1).judge(*signals).tier is tier


def test_a_need_told_in_the_last_two_days_makes_a_new_persons_offer_urgent(rulebook: Rulebook) -> None:
    pair = Pair(rulebook, days=2)
    assert "r7-need-match" not in rules(pair.judge("lodging_or_transport_offer"))
    pair.reader_past.append(Observation("r", None, "harm_disclosure", 0.9, START - DAY))
    assert "r7-need-match" in rules(pair.judge("lodging_or_transport_offer"))
    pair.reader_past[0] = replace(pair.reader_past[0], at=START - 3 * DAY)
    assert "r7-need-match" not in rules(pair.judge("lodging_or_transport_offer"))


def test_old_friends_offers_after_a_need_are_kindness(rulebook: Rulebook) -> None:
    pair = Pair(rulebook, days=300)
    pair.reader_past.append(Observation("r", None, "harm_disclosure", 0.9, START - DAY))
    assert "r7-need-match" not in rules(pair.judge("lodging_or_transport_offer"))


def test_the_score_fades_by_half_in_a_week(rulebook: Rulebook) -> None:
    fresh, old = Pair(rulebook), Pair(rulebook)
    fresh.remember("secrecy_request", timedelta(0))
    old.remember("secrecy_request", timedelta(days=7))
    assert old.judge().score == pytest.approx(fresh.judge().score / 2)


def test_saying_the_same_thing_often_scores_once(rulebook: Rulebook) -> None:
    once, often = Pair(rulebook), Pair(rulebook)
    once.remember("platform_migration", DAY)
    for days in range(1, 9):
        often.remember("platform_migration", days * DAY)
    assert often.judge().score == once.judge().score


def test_multipliers_are_capped(rulebook: Rulebook) -> None:
    plain, loaded = Pair(rulebook), Pair(rulebook, days=1)
    loaded.writer, loaded.reader = replace(loaded.writer, band="18-21"), replace(loaded.reader, band="13-15")
    loaded.reader_past.append(Observation("r", None, "harm_disclosure", 0.9, START - DAY))
    loaded.remember("obfuscation_evasion", DAY)
    ratio = loaded.judge("age_probe").score / plain.judge("age_probe").score
    assert ratio == pytest.approx(rulebook.scoring.cap)


def test_score_alone_reaches_a_tier_only_with_enough_different_signs(rulebook: Rulebook) -> None:
    judgement = Pair(rulebook).judge("supervision_probe", "isolation_exclusivity", "loyalty_test")
    assert judgement.tier is Tier.P1
    assert "many-signs" in rules(judgement)
    assert Pair(rulebook, days=1).judge("device_id_control").tier is Tier.P3


def test_a_long_mutual_tie_lowers_by_one_step_but_never_secrecy_or_threats(rulebook: Rulebook) -> None:
    new, old = Pair(rulebook), Pair(rulebook, met=90 * DAY)
    assert new.judge("deceptive_job_offer", "lodging_or_transport_offer").tier is Tier.P1
    assert old.judge("deceptive_job_offer", "lodging_or_transport_offer").tier is Tier.P2
    assert old.judge("secrecy_request", "platform_migration").tier is Tier.P1
    assert old.judge("sextortion_threat").tier is Tier.P0


def test_talk_makes_nobody_look_less_new(rulebook: Rulebook) -> None:
    pair = Pair(rulebook, days=2, met=90 * DAY)
    pair.reader_past.append(Observation("r", None, "harm_disclosure", 0.9, START - DAY))
    judgement = pair.judge("lodging_or_transport_offer")
    assert judgement.tier is Tier.P1
    assert rules(judgement) == {"r7-need-match"}, "an account of two days has no tie of three months"
    assert "r7-need-match" not in rules(replaced_tie(rulebook).judge("lodging_or_transport_offer"))


def replaced_tie(rulebook: Rulebook) -> Pair:
    """Two who are here for long and answered each other only today: not new."""
    pair = Pair(rulebook, days=90, met=timedelta(0))
    pair.reader_past.append(Observation("r", None, "harm_disclosure", 0.9, START - DAY))
    return pair


def test_answers_like_those_risky_people_get_are_no_reciprocal_tone(rulebook: Rulebook) -> None:
    signals = ("deceptive_job_offer", "lodging_or_transport_offer")
    for hears, tier in ((UNEASE - 0.1, Tier.P2), (UNEASE, Tier.P1)):
        pair = Pair(rulebook, met=90 * DAY)
        pair.running = {"w": Running(0.0, hears, START)}
        assert pair.judge(*signals).tier is tier


@pytest.mark.parametrize(("met", "tier"), [(30 * DAY, Tier.P1), (31 * DAY, Tier.P2)])
def test_a_tie_is_long_after_thirty_days_and_among_one_band(rulebook: Rulebook, met: timedelta, tier: Tier) -> None:
    pair = Pair(rulebook, met=met)
    assert pair.judge("deceptive_job_offer", "lodging_or_transport_offer").tier is tier
    pair.reader = replace(pair.reader, band="13-15")
    assert pair.judge("deceptive_job_offer", "lodging_or_transport_offer").tier is Tier.P1


def test_a_tie_of_unknown_age_gets_no_discount(rulebook: Rulebook) -> None:
    assert Pair(rulebook, days=900).judge("deceptive_job_offer", "lodging_or_transport_offer").tier is Tier.P1


def test_a_report_raises_a_sign_but_is_nothing_alone(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("reported", DAY, target=None)
    assert pair.judge().tier is None
    raised = pair.judge("deceptive_job_offer")
    assert raised.tier is Tier.P1
    assert Reason("r13-reported", 1, (), Tier.P1) in raised.reasons


def test_the_same_approach_to_three_youth_in_a_day_raises_one_step(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("deceptive_job_offer", timedelta(hours=3), target="x")
    assert "r8-fan-out" not in rules(pair.judge("deceptive_job_offer"))
    pair.remember("deceptive_job_offer", timedelta(hours=2), target="y")
    assert "r8-fan-out" in rules(pair.judge("deceptive_job_offer"))


def test_one_text_heard_by_three_is_not_a_fan_out(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    for name in "xyz":
        pair.remember("deceptive_job_offer", timedelta(hours=2), target=name)
    assert "r8-fan-out" not in rules(pair.judge("deceptive_job_offer"))


def test_a_clock_that_went_back_makes_memories_recent_not_lost(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.remember("platform_migration", -2 * DAY)
    assert "r2-isolation-triad" in rules(pair.judge("secrecy_request"))


def test_staff_who_step_outside_the_rules_are_seen_however_long_they_have_been_here(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    pair.writer = replace(staff("w", days=900))
    assert pair.judge("secrecy_request").tier is Tier.P1
    assert rules(pair.judge("secrecy_request")) == {"r10-insider"}


def test_older_by_two_bands_is_adult_like_and_language_never_is(rulebook: Rulebook) -> None:
    pair = Pair(rulebook)
    assert "r3-meet" not in rules(pair.judge("in_person_meet_request"))
    pair.writer, pair.reader = replace(pair.writer, band="18-21"), replace(pair.reader, band="13-15")
    assert "r3-meet" in rules(pair.judge("in_person_meet_request"))


def test_refs_name_the_earlier_contents_that_count(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("w", days=2), youth("r"))
    talk.say("r", "hi")
    talk.say("w", "add me on snap")
    talk.say("w", "nice weather")
    verdict = talk.say("w", "dont tell your mom ok")
    reason = next(reason for reason in verdict.reasons if reason.rule_id == "r2-isolation-triad")
    assert [ref.id for ref in reason.refs] == ["2"]
    assert reason.signals == ("platform_migration", "secrecy_request")


@pytest.mark.parametrize(
    ("signals", "words", "tier"),
    [
        (("deceptive_job_offer", "lodging_or_transport_offer"), 0.0, Tier.P2),
        (("deceptive_job_offer", "lodging_or_transport_offer"), 1.5, Tier.P1),
        (("deceptive_job_offer",), 0.0, Tier.P2),
        (("sextortion_threat",), 0.0, Tier.P0),
    ],
    ids=["one step lower", "not where words lean", "never out of the digest", "never a threat"],
)
def test_signs_among_plain_words_are_looked_at_later(signals: tuple[str, ...], words: float, tier: Tier) -> None:
    pair = Pair(shipped())
    pair.words = words
    judgement = pair.judge(*signals)
    assert judgement.tier is tier
    assert ("plain-words" in rules(judgement)) is (len(signals) == 2 and not words)


def test_plain_words_help_nobody_who_was_reported() -> None:
    pair = Pair(shipped())
    pair.remember("reported", DAY, target=None)
    assert pair.judge("deceptive_job_offer").tier is Tier.P1


@pytest.mark.parametrize(("band", "fires"), [("13-15", True), ("16-17", False), ("18-21", False)])
def test_much_older_is_two_bands_and_no_less(rulebook: Rulebook, band: str, fires: bool) -> None:
    pair = Pair(rulebook)
    pair.writer, pair.reader = youth("w", days=60, band="18-21"), youth("r", band=band)
    assert ("r3-meet" in rules(pair.judge("in_person_meet_request"))) is fires
