"""Where a writer's words stand: much ordinary talk is nothing, a change shows soon, and it fades."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.core.leaning import Model
from moderation.core.model import Action, Role, Route, Tier
from moderation.core.relations import LEAN, SOUNDS, THREAT
from moderation.core.rules import LEAN_RULE, Rulebook
from moderation.core.running import worth
from moderation.rulebook import shipped
from tests.moderation.core.talk import Talk, staff, youth

THREAT_RULE = "r1-threat-by-words"

# Words of no phrase in the rulebook, so that only the models speak.
MODEL = Model(
    says={"purple kite": 4.0, "lunch": -2.0},
    hears={"violet": 3.0},
    needs={"grey sky": 9.0, "rain": 5.0, "sun": -3.0},
    threatens={"red door": 5.0, "blue": -4.0},
)


@pytest.fixture
def talk() -> Talk:
    leaning = replace(
        shipped().leaning,
        model=MODEL,
        least=1.0,
        needs=8.0,
        least_needs=2.0,
        drift_needs=1.0,
        most_text=6.0,
        drift_says=1.0,
        drift_hears=0.5,
        most_says=12.0,
        most_hears=4.0,
        cutoff=8.0,
        threatens=3.0,
    )
    talk = Talk(replace(shipped(), leaning=leaning), youth("w"), youth("r"), staff("s"))
    talk.say("r", "hi there")
    return talk


def standing(talk: Talk, person: str) -> float:
    return worth(talk.running[person]) if person in talk.running else 0.0


def test_leaning_texts_add_up_and_are_told_with_their_words(talk: Talk) -> None:
    assert talk.say("w", "a purple kite").tier is None
    second = talk.say("w", "the purple kite")
    assert (second.tier, second.action) == (None, Action.PUBLISH)
    third = talk.say("w", "my purple kite")
    assert (third.tier, third.action, third.targets) == (Tier.P1, Action.HOLD, ("r",))
    assert [reason.rule_id for reason in third.reasons] == [LEAN_RULE]
    marked = {"my purple kite"[one.span.start : one.span.end] for one in third.findings if one.signal == LEAN}
    assert marked == {"purple kite"}
    assert talk.say("w", "and then").tier is None, "a text that leans nowhere raises nothing"


def test_a_risky_writer_whose_words_turn_to_threats_pages_a_person(talk: Talk) -> None:
    for _ in range(2):
        talk.say("w", "a purple kite")
    third = talk.say("w", "my purple kite, the red door")
    assert (third.tier, third.action, third.targets) == (Tier.P0, Action.HOLD, ("r",))
    assert [reason.rule_id for reason in third.reasons] == [THREAT_RULE]
    line = "my purple kite, the red door"
    assert {line[one.span.start : one.span.end] for one in third.findings if one.signal == THREAT} == {"red door"}


@pytest.mark.parametrize(
    "line", ["my purple kite, the blue red door", "purple kite"], ids=["it leans less than that way", "no threat"]
)
def test_a_risky_writer_without_a_threat_waits_for_the_day(talk: Talk, line: str) -> None:
    for _ in range(2):
        talk.say("w", "a purple kite")
    assert talk.say("w", line).tier is Tier.P1


def test_words_like_a_threat_are_nothing_of_a_writer_who_does_not_sound_risky(talk: Talk) -> None:
    for _ in range(5):
        verdict = talk.say("w", "the red door")
        assert (verdict.tier, verdict.action) == (None, Action.PUBLISH)
    assert not talk.say("w", "a guy said dont tell your mom and the red door, i reported him").findings


def test_a_thousand_ordinary_lines_are_nothing_and_write_nothing_down(talk: Talk) -> None:
    for _ in range(1000):
        verdict = talk.say("w", "what a day")
        assert not verdict.running
    assert talk.say("w", "a purple kite").tier is None


def test_harmless_words_bring_it_down_and_time_fades_it(talk: Talk) -> None:
    talk.say("w", "a purple kite")
    talk.say("w", "lunch")
    assert standing(talk, "w") == 0.0
    talk.say("w", "a purple kite")
    talk.say("w", "purple kite lunch", after=talk.rulebook.scoring.half_life)
    assert standing(talk, "w") == pytest.approx(3.0 / 2 + 4.0 - 2.0 - 1.0, abs=0.01)


def test_it_holds_so_much_and_no_more(talk: Talk) -> None:
    for _ in range(9):
        talk.say("w", "a purple kite")
    assert standing(talk, "w") == 12.0


def test_one_text_alone_adds_only_so_much(talk: Talk) -> None:
    rule = replace(talk.rulebook.leaning, model=Model({"purple": 50.0}))
    talk.rulebook = replace(talk.rulebook, leaning=rule)
    assert talk.say("w", "purple").tier is None
    assert standing(talk, "w") == 5.0


def test_one_text_alone_never_holds_for_how_it_sounds(talk: Talk) -> None:
    rule = replace(talk.rulebook.leaning, model=Model({"purple": 50.0}), most_text=20.0)
    talk.rulebook = replace(talk.rulebook, leaning=rule)
    first = talk.say("w", "purple")
    assert standing(talk, "w") == 12.0 > rule.cutoff
    assert (first.tier, first.action) == (None, Action.PUBLISH)
    assert talk.say("w", "purple").action is Action.HOLD


def test_answers_count_for_whom_they_answer(talk: Talk) -> None:
    talk.say("w", "a purple kite")
    talk.say("r", "violet")
    assert standing(talk, "w") == pytest.approx(3.0 + 2.5, abs=0.01)
    assert standing(talk, "r") == 0.0
    talk.say("w", "ok")
    talk.say("w", "violet")
    assert talk.running["w"].hears == pytest.approx(2.5, abs=0.01), "one's own words are no answer"


@pytest.mark.parametrize(
    ("line", "to"),
    [
        ("my stepdad hits me, he has the purple kite", ()),
        ("a guy said dont tell your mom and the purple kite, i reported him", ()),
        ("a purple kite", ("s",)),
    ],
    ids=["tells of harm", "warns", "writes to staff"],
)
def test_who_tells_warns_or_asks_staff_is_not_weighed(talk: Talk, line: str, to: tuple[str, ...]) -> None:
    verdict = talk.say("w", line, to=to)
    assert standing(talk, "w") == 0.0
    assert not any(one.signal == LEAN for one in verdict.findings)


def test_words_that_sound_like_danger_bring_care_and_nothing_else(talk: Talk) -> None:
    verdict = talk.say("w", "the grey sky and a purple kite")
    assert [reason.rule_id for reason in verdict.reasons] == [SOUNDS]
    assert (verdict.tier, verdict.action) == (None, Action.PUBLISH)
    assert standing(talk, "w") == 0.0, "whoever is in danger is not weighed"
    assert not talk.say("s", "the grey sky").reasons, "staff say such words to help"
    assert talk.people["s"].role is Role.STAFF


def test_danger_is_told_in_several_lines_of_a_day(talk: Talk) -> None:
    assert Route.CARE not in talk.say("w", "all this rain today").routes
    assert Route.CARE not in talk.say("r", "all this rain today").routes, "another's lines are not one's own"
    assert Route.CARE in talk.say("w", "rain again and again").routes


def test_a_calm_line_or_a_day_between_takes_it_back(talk: Talk) -> None:
    talk.say("w", "all this rain today")
    talk.say("w", "sun and only sun")
    talk.say("w", "a very bright sun")
    assert Route.CARE not in talk.say("w", "all this rain today").routes
    talk.say("r", "hm")
    assert Route.CARE not in talk.say("w", "all this rain today", after=timedelta(days=2)).routes


def test_the_past_alone_flags_nobody(talk: Talk) -> None:
    for _ in range(4):
        talk.say("w", "a purple kite")
    assert talk.say("w", "good night", after=timedelta(minutes=5)).tier is None


def test_nobody_stands_anywhere_without_weights(talk: Talk) -> None:
    rulebook: Rulebook = replace(talk.rulebook, leaning=replace(talk.rulebook.leaning, model=Model()))
    plain = Talk(rulebook, youth("w"), youth("r"))
    plain.say("r", "hi")
    assert not plain.say("w", "a purple kite").running


def test_one_word_answers_say_nothing_of_danger(talk: Talk) -> None:
    rule = replace(talk.rulebook.leaning, model=Model({}, {}, {"no": 20.0}))
    talk.rulebook = replace(talk.rulebook, leaning=rule)
    for _ in range(5):
        assert Route.CARE not in talk.say("w", "no").routes
    assert Route.CARE in talk.say("w", "no no and no").routes


def test_nobody_is_framed_by_what_others_answer(talk: Talk) -> None:
    talk.say("w", "what a day")
    for _ in range(5):
        talk.say("r", "violet")
        talk.say("w", "ok then")
    assert standing(talk, "w") == 0.0
    assert talk.say("w", "a purple kite").tier is None


def test_an_answer_is_to_whom_it_is_written(talk: Talk) -> None:
    talk.say("w", "a purple kite")
    talk.say("s", "dinner is at six")
    talk.say("r", "violet", to=("w",))
    assert talk.running["w"].hears == pytest.approx(2.5, abs=0.01)
    assert "s" not in talk.running
    talk.say("r", "violet", after=timedelta(days=2))
    assert talk.running["w"].hears == pytest.approx(2.5, abs=0.01), "nobody answers the day before yesterday"


def test_words_to_staff_alone_still_say_how_staff_wrote(talk: Talk) -> None:
    talk.say("s", "a purple kite")
    talk.say("w", "violet", to=("s",))
    assert talk.running["s"].hears == pytest.approx(2.5, abs=0.01)


def test_what_somebody_told_of_themselves_never_helps_to_hold(talk: Talk) -> None:
    """A memory of harm told is no sign: the next single text is still a single text."""
    rule = replace(talk.rulebook.leaning, model=Model({"purple": 50.0}), most_text=20.0)
    talk.rulebook = replace(talk.rulebook, leaning=rule)
    assert Route.CARE in talk.say("w", "my stepdad hits me").routes
    later = talk.say("w", "purple", after=timedelta(days=5))
    assert (later.tier, later.action) == (None, Action.PUBLISH)
    again = talk.say("w", "purple")
    assert again.action is Action.HOLD
    assert [reason.refs for reason in again.reasons if reason.rule_id == LEAN_RULE] == [()]


def test_each_line_must_add_more_than_a_drift_and_lean_that_way_itself(talk: Talk) -> None:
    rule = replace(talk.rulebook.leaning, model=Model({}, {}, {"rain": 4.2, "cloud": 1.9}))
    talk.rulebook = replace(talk.rulebook, leaning=rule)
    talk.say("w", "all this rain today")
    assert Route.CARE not in talk.say("w", "all this rain today").routes, (
        "4.2, less the drift of 1, and 4.2 are under 8"
    )
    assert Route.CARE not in talk.say("w", "only one cloud left").routes, "it leans too little to ask what came before"
    assert Route.CARE in talk.say("w", "all this rain today").routes


def test_a_clock_that_ran_ahead_leaves_nobody_marked_until_then(talk: Talk) -> None:
    talk.say("w", "a purple kite")
    talk.running["w"] = replace(talk.running["w"], at=talk.now + timedelta(days=3000))
    talk.say("w", "what a day")
    assert talk.running["w"].at <= talk.now
