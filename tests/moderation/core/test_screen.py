"""Whole stories through the one pipeline, in both languages, each with a harmless twin."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.core.leaning import Model
from moderation.core.model import Action, Context, Draft, Kind, Route, Tier, Verdict
from moderation.core.relations import LEAN, LEARNED
from moderation.core.rules import Rulebook
from moderation.core.screen import screen
from moderation.rulebook import load
from tests.moderation.core.talk import START, Talk, staff, youth

RECRUITING = {
    "en": [
        "> hi everyone, long day",
        "hey, you seem cool. you looking for something to do?",
        "> maybe, like what",
        "i know a job you could do, good money, i can't say more in here",
        "> what kind of job",
        "nothing hard. i can pick you up and show you",
        "> idk",
        "keep it between us ok, they would just be jealous",
    ],
    "es": [
        "> hola, qué día tan largo",
        "hola, me caes bien. qué haces en la tarde?",
        "> nada, por qué",
        "tengo un trabajo para ti, buena paga, luego te explico",
        "> de qué es",
        "nada difícil. te recojo y te enseño",
        "> no sé",
        "que quede entre nosotros, ok? luego les da envidia",
    ],
}
ORDINARY = {
    "en": [
        "> hi everyone, long day",
        "hey, you seem cool. you looking for something to do?",
        "> maybe, like what",
        "the bakery on 5th has a job, 15 an hour, you apply at example.org/bakery",
        "> what kind of job",
        "serving cake. the 22 bus stops right there, ask your case manager for passes",
        "> ok cool",
        "keep it between us till friday, it's a surprise for ms. val",
    ],
    "es": [
        "> hola, qué día tan largo",
        "hola, me caes bien. qué haces en la tarde?",
        "> nada, por qué",
        "la panadería tiene un trabajo, 15 la hora, la solicitud está en example.org/pan",
        "> de qué es",
        "servir pastel. pasa la ruta 12, tu coordinadora da los pases",
        "> va",
        "que quede entre nosotros hasta el viernes, es sorpresa para la maestra",
    ],
}


def tell(rulebook: Rulebook, lines: list[str], *, days: int = 2) -> list[Verdict]:
    talk = Talk(rulebook, youth("writer", days=days), youth("reader", band="16-17"))
    verdicts = []
    for line in lines:
        said = talk.say("reader" if line.startswith("> ") else "writer", line.removeprefix("> "))
        if not line.startswith("> "):
            verdicts.append(said)
    return verdicts


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_new_member_recruits_over_several_messages_and_is_held_at_p1(rulebook: Rulebook, language: str) -> None:
    verdicts = tell(rulebook, RECRUITING[language])
    crossing = next(v for v in verdicts if v.action is Action.HOLD)
    assert crossing.tier is Tier.P1
    assert crossing.targets == ("reader",)
    assert Route.QUEUE in crossing.routes
    assert verdicts.index(crossing) > 0
    assert all(v.action is Action.PUBLISH for v in verdicts[: verdicts.index(crossing)])
    refs = {ref.id for reason in verdicts[-1].reasons for ref in reason.refs}
    assert {"4", "6"} <= refs, "a reviewer is shown the earlier texts that count"


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_single_message_of_it_would_be_held(rulebook: Rulebook, language: str) -> None:
    for line in RECRUITING[language]:
        (verdict,) = tell(rulebook, ["> hi", line.removeprefix("> ")])
        assert verdict.tier not in {Tier.P0, Tier.P1}
        assert verdict.action is Action.PUBLISH


@pytest.mark.parametrize("language", ["en", "es"])
def test_its_harmless_twin_goes_through(rulebook: Rulebook, language: str) -> None:
    for verdict in tell(rulebook, ORDINARY[language]):
        assert verdict.action is Action.PUBLISH
        assert verdict.tier is None


@pytest.mark.parametrize(
    "line",
    [
        "when i was 16 a man told me he knew a job, good money. he said i can pick you up, keep it between us",
        "heads up yall, someone here says i know a job you could do, good money, keep it between us. i can pick you up",
        "hace dos años un tipo me dijo: tengo un trabajo para ti, buena paga. te recojo, que quede entre nosotros",
        "cuidado con el que dice tengo un trabajo para ti, buena paga, te recojo y que quede entre nosotros",
    ],
)
def test_the_same_words_told_or_as_a_warning_publish_with_no_tier(rulebook: Rulebook, line: str) -> None:
    for verdict in tell(rulebook, ["> hi", line, "> thank you for telling", line]):
        assert verdict.action is Action.PUBLISH
        assert verdict.tier is None
        assert Route.QUEUE not in verdict.routes
        assert not any(o.signal not in {"harm_disclosure"} for o in verdict.observations)


def test_an_innocent_line_after_a_hold_is_published(rulebook: Rulebook) -> None:
    verdicts = tell(rulebook, [*RECRUITING["en"], "> ok", "anyway did you eat"])
    assert verdicts[-1].action is Action.PUBLISH
    assert verdicts[-1].tier is None
    assert verdicts[-1].score > 0


@pytest.mark.parametrize(
    "line", ["pay me or i'll send it to your whole school", "80 en tarjeta de regalo o se lo mando a tu mamá"]
)
def test_a_threat_is_p0_at_once(rulebook: Rulebook, line: str) -> None:
    (verdict,) = tell(rulebook, ["> hi", line], days=400)
    assert (verdict.action, verdict.tier) == (Action.HOLD, Tier.P0)


@pytest.mark.parametrize("line", ["i don't want to be here anymore, i want to kill myself", "ya no quiero vivir"])
def test_crisis_goes_to_care_and_is_never_hidden_or_counted_against_anyone(rulebook: Rulebook, line: str) -> None:
    (verdict,) = tell(rulebook, ["> hi", line])
    assert verdict.action is Action.PUBLISH
    assert verdict.routes == {Route.CARE}
    assert verdict.tier is None
    assert [(r.rule_id, r.tier) for r in verdict.reasons] == [("self_harm_crisis", Tier.P0)]
    assert verdict.score == 0


@pytest.mark.parametrize("line", ["i have nowhere to sleep tonight", "no tengo dónde dormir hoy"])
def test_a_need_goes_to_care_and_a_strangers_offer_after_it_is_held(rulebook: Rulebook, line: str) -> None:
    talk = Talk(rulebook, youth("writer", days=2), youth("reader"))
    assert talk.say("reader", line).routes == {Route.CARE}
    verdict = talk.say("writer", "you can stay with me" if "nowhere" in line else "te puedes quedar conmigo")
    assert (verdict.action, verdict.tier) == (Action.HOLD, Tier.P1)
    assert rulebook.case_title(verdict.reasons, "en") == "Private offer by someone new, after a need was shared"


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("my number is 213-555-0138", "phone"),
        ("my insta is @theo.x", "account"),
        ("i live at 44 pine street", "place"),
        ("i go to lincoln high", "school"),
        ("meet me at the park tonight, wait for me at the gate", "meet"),
        ("mi número es 213-555-0138", "phone"),
        ("voy a la prepa del sur", "school"),
    ],
)
def test_own_facts_ask_first_and_are_not_remembered(rulebook: Rulebook, line: str, topic: str) -> None:
    (verdict,) = tell(rulebook, ["> hi", line], days=300)
    assert (verdict.action, verdict.nudge) == (Action.NUDGE, topic)
    assert verdict.routes == {Route.PRIVACY}
    assert not any(o.signal == "pii_self_disclosure" for o in verdict.observations)
    assert any(line[span.start : span.end] for span in verdict.private)


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("vivo en la calle Roble 123 Riverton. bye", "Roble 123 Riverton"),
        ("Mi direccion es Avenida Juarez 45, depto 2", "Avenida Juarez 45, depto 2"),
        ("my snap is joe.boy99", "joe.boy99"),
        ("come to 142 Cedar Street Apt 3, Riverton 62704", "142 Cedar Street Apt 3, Riverton 62704"),
        ("my number is 555 867 5309 and insta kidjoe", "555 867 5309 and insta kidjoe"),
        ("im at the mcdonalds on 5th and main", "5th and main"),
    ],
)
def test_hiding_what_was_found_hides_the_fact_itself(rulebook: Rulebook, line: str, fact: str) -> None:
    (verdict,) = tell(rulebook, ["> hi", line], days=300)
    assert verdict.action is Action.NUDGE
    left = list(line)
    for span in verdict.private:
        left[span.start : span.end] = " " * (span.end - span.start)
    assert not set(fact.split()) & set("".join(left).split())


def test_hiding_what_was_found_hides_nothing_else(rulebook: Rulebook) -> None:
    """Words the learned models lean on are marked for staff; a youth's sentence about them stays whole."""
    line = "my number is 555 010 0142"
    leans = replace(rulebook, leaning=replace(rulebook.leaning, model=Model({"number is": 1.0})))
    (verdict,) = tell(leans, ["> hi", line], days=300)
    assert LEAN in {finding.signal for finding in verdict.findings}
    assert [line[span.start : span.end] for span in verdict.private] == ["555 010 0142"]


def test_a_hold_wins_over_a_nudge(rulebook: Rulebook) -> None:
    (verdict,) = tell(rulebook, ["> hi", "text me at 213-555-0138, dont tell your mom"])
    assert (verdict.action, verdict.nudge) == (Action.HOLD, "phone")


def test_staff_and_providers_are_not_nudged_for_their_own_number(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, staff("s"), youth("r"))
    assert talk.say("s", "the desk is 213-555-0138").action is Action.PUBLISH


def test_public_help_by_staff_is_help(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, staff("s"), youth("r"))
    verdict = talk.say("s", "hi everyone, we can give you a ride to the clinic and we have a room for you")
    assert (verdict.action, verdict.tier) == (Action.PUBLISH, None)


def test_the_same_from_staff_to_one_youth_in_private_is_for_another_team(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, staff("s"), youth("r"))
    verdict = talk.say("s", "i can give you a ride, just us. dont tell your case manager", to=("r",))
    assert verdict.action is Action.HOLD
    assert "r10-insider" in {reason.rule_id for reason in verdict.reasons}


def test_a_youth_asking_staff_for_a_ride_or_a_call_is_help_seeking(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("y", days=1), staff("s"))
    verdict = talk.say("y", "whats your number? can i text you, dont tell my case manager", to=("s",))
    assert verdict.tier is None


@pytest.mark.parametrize(
    "text",
    [
        "send the money by tonight or i show everyone your picture",
        "lol ok. i can pick you up tonight, dont tell your mom",
    ],
)
def test_what_seems_to_answer_staff_is_still_read_by_the_room(rulebook: Rulebook, text: str) -> None:
    talk = Talk(rulebook, youth("y", days=1), youth("r"), staff("s"))
    talk.say("r", "hi")
    talk.say("s", "morning all")
    verdict = talk.say("y", text, to=("s",))
    assert verdict.action is Action.HOLD
    assert verdict.targets == ("r",)
    alone = Talk(rulebook, youth("y", days=1), staff("s"))
    assert alone.say("y", text, to=("s",)).action is Action.HOLD


def test_a_disguise_weighs_only_beside_another_signal(rulebook: Rulebook) -> None:
    (plain,) = tell(rulebook, ["> hi", "h3ll0 wh4t's up ｆｒｉｅｎｄ"])
    assert (plain.tier, {f.signal for f in plain.findings} - LEARNED) == (None, set())
    (hidden,) = tell(rulebook, ["> hi", "k33p it b3tw33n us"])
    assert "obfuscation_evasion" in {f.signal for f in hidden.findings}


def test_no_clock_but_the_drafts(rulebook: Rulebook) -> None:
    talk = Talk(rulebook, youth("w", days=2), youth("r"))
    talk.say("r", "hi")
    talk.say("w", "add me on snap")
    talk.now += timedelta(days=8)
    assert talk.say("w", "dont tell your mom ok").tier is not Tier.P1


BOOK = load()
PIECES = st.sampled_from(
    [
        "keep it between us ",
        "te recojo ",
        "a" * 300,
        "s e c r e t ",
        "\u200b",
        "or i'll send it to ",
        '"',
        ". ",
        "1" * 60,
        "@",
        "$",
        "ﷺ",
        "👩‍👩‍👧",
        "\u202e",
        "@a.b@c-d.",
        "http://",
        "(((",
        "don't ",
        "\ud7ff",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gets_a_verdict_the_same_one_twice_with_spans_inside_it(text: str) -> None:
    draft = Draft(youth("w"), Kind.MESSAGE, START, "room", text, ("r",))
    verdict = screen(draft, Context(), BOOK)
    assert verdict == screen(draft, Context(), BOOK)
    for finding in verdict.findings:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
    assert (verdict.action is Action.HOLD) == (verdict.tier in {Tier.P0, Tier.P1})


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "é",
        "don't tell ",
        "i can pick you ",
        "or i'll send it to ",
        "no le ",
        "s.",
        "ﷺ",
        "\u200b",
        "1",
        "1.",
        "@a.",
        "a-b-",
        '"x" ',
        "keep all of it ",
        "👍",
        "\ud800",
    ],
)
def test_ten_thousand_characters_of_anything_end(rulebook: Rulebook, piece: str) -> None:
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    verdict = screen(Draft(youth("w"), Kind.MESSAGE, START, "room", text, ("r",)), Context(), rulebook)
    assert verdict.action in set(Action)


def test_a_text_from_someone_nobody_described_to_someone_nobody_described(rulebook: Rulebook) -> None:
    draft = Draft(youth("w"), Kind.MESSAGE, START, "room", "keep it between us, add me on snap", ("ghost",))
    assert screen(draft, Context(), rulebook).targets == ("ghost",)
