"""How things come to the desk: one case a person and family, evidence copied, nothing lost, nobody told too much."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from moderation.core.language import Language
from moderation.core.model import Reason, Route, Tier
from moderation.service import ask_staff, claim, intake, load_history, member_reply, open_case, report, verify_audit
from moderation.store.cases import Case, CaseEvent, CaseKind, CasePerson, CaseState, Flag
from moderation.store.evidence import Evidence
from tests.moderation.fakes import AVERY, NOON, ROWAN, Bench, draft, message, reason, verdict


def opened(house: Bench, *reasons: Reason, number: int = 9, **more: Any) -> int:
    writing = draft(at=house.now[0], author=more.pop("author", "p_fern"))
    with house.session() as session:
        found = verdict(*reasons, **more)
        return open_case(session, house.runtime, ref=message(number), draft=writing, verdict=found, held=True)


def cases(house: Bench) -> list[Case]:
    with house.session() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def rows(house: Bench, column: Any) -> list[Any]:
    with house.session() as session:
        return list(session.scalars(select(column)))


def test_a_case_holds_the_line_what_was_around_and_what_the_reasons_name(house: Bench) -> None:
    far = house.say(1, "far away and named", author="p_slow")
    for number in range(2, 40):
        house.say(number, f"line {number}", author="p_other")
    line = house.say(40, "i can pick you up", state="held")
    opened(house, reason(refs=(far.ref,)), number=40)
    texts = rows(house, Evidence.text)
    assert len(texts) == 22
    assert {"i can pick you up", "far away and named", "line 20", "line 39"} <= set(texts)
    assert "line 19" not in texts
    assert line.ref == message(40)


def test_a_line_the_host_does_not_know_is_copied_from_the_draft(house: Bench) -> None:
    opened(house, reason())
    assert rows(house, Evidence.text) == ["i can pick you up"]


def test_flags_keep_the_rule_its_version_and_where(house: Bench) -> None:
    opened(house, reason("meet", refs=(message(3),)), reason("ladder", Tier.P2))
    with house.session() as session:
        first, second = session.scalars(select(Flag).order_by(Flag.id)).all()
    assert (first.rule_id, first.rule_version, first.ref, first.held) == ("meet", 3, message(9), True)
    assert first.findings[0]["span"] == [0, 4]
    assert first.earlier == [["message", "3"]]
    assert (second.rule_id, second.tier) == ("ladder", Tier.P2)
    assert set(rows(house, CasePerson.person_ref)) == {"p_fern", "p_slow"}


def test_more_of_the_same_person_joins_and_the_worst_decides_the_clock(house: Bench) -> None:
    first = opened(house, reason("ladder", Tier.P2))
    with house.session() as session:
        claim(session, house.runtime, ROWAN, first)
    house.later(hours=1)
    assert opened(house, reason("threat", Tier.P0), number=10) == first
    (case,) = cases(house)
    assert (case.tier, case.title, case.version) == (Tier.P0, "threat", 2)
    assert case.deadline == house.now[0] + timedelta(minutes=15)
    assert case.looked_at is None
    opened(house, reason("ladder", Tier.P2), number=11)
    assert cases(house)[0].tier is Tier.P0
    assert [event[1] for event in house.host.events].count("case:changed") == 4


def test_it_never_joins_after_a_week_a_decision_or_another_person(house: Bench) -> None:
    first = opened(house, reason())
    assert opened(house, reason(), author="p_other") != first
    house.later(days=7, seconds=1)
    assert opened(house, reason()) != first
    with house.session() as session:
        for case in session.scalars(select(Case)):
            case.state, case.decided_by, case.decided_at = CaseState.DECIDED, "p_x", house.now[0]
    opened(house, reason())
    assert len(cases(house)) == 4


def test_care_is_a_case_of_its_own_and_never_conduct(house: Bench) -> None:
    care = reason("self_harm_crisis", Tier.P0, signals=("self_harm_crisis",))
    only_care = opened(house, care, routes=frozenset({Route.CARE}), author="p_one")
    both = opened(house, reason(), care, tier=Tier.P1, routes=frozenset({Route.CARE, Route.QUEUE}))
    kinds = {case.id: (case.kind, case.title, case.tier) for case in cases(house)}
    assert kinds[only_care] == (CaseKind.CARE, "self_harm_crisis", Tier.P0)
    assert kinds[both] == (CaseKind.CONDUCT, "meet", Tier.P1)
    assert sorted(kind for kind, _, _ in kinds.values()) == ["care", "care", "conduct"]


def test_what_a_shift_lowered_stays_lowered(house: Bench) -> None:
    lowered = reason("plain-words", Tier.P2, signals=())
    opened(house, reason(), lowered, tier=Tier.P2)
    assert cases(house)[0].tier is Tier.P2


def test_a_text_that_cannot_be_read_reaches_the_desk_all_the_same(
    house: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the words someone wrote")

    monkeypatch.setattr(intake, "normalise", broken)
    opened(house, reason())
    with house.session() as session:
        ask_staff(session, house.runtime, person_id="p_slow", text="help", ref=None, at=NOON)
    assert [case.language for case in cases(house)] == [Language.UNKNOWN] * 2


def test_a_log_tier_case_has_no_clock(house: Bench) -> None:
    opened(house, reason(tier=Tier.P3))
    assert cases(house)[0].deadline is None


def test_a_report_copies_both_sides_and_telling_twice_adds_nothing(house: Bench) -> None:
    for number in range(1, 60):
        house.say(number, f"line {number}", author="p_slow" if number % 2 else "p_fern")
    told = {"ref": message(30), "reporter_id": "p_slow", "topic": "mean", "note": " it hurt ", "at": NOON}
    for _ in range(2):
        with house.session() as session:
            case_id = report(session, house.runtime, **told)
    assert [case.id for case in cases(house)] == [case_id]
    assert (cases(house)[0].kind, cases(house)[0].subject_ref) == (CaseKind.REPORT, "p_fern")
    assert len(rows(house, Evidence.id)) == 41
    assert len(rows(house, Flag.id)) == 1
    assert rows(house, CaseEvent.text) == ["it hurt"]


def test_a_report_joins_what_is_already_flagged_and_worry_goes_to_care(house: Bench) -> None:
    line = house.say(9, "i can pick you up")
    first = opened(house, reason())
    common = {"ref": line.ref, "reporter_id": "p_slow", "note": "", "at": NOON}
    with house.session() as session:
        assert report(session, house.runtime, topic="offer", **common) == first
        worried = report(session, house.runtime, topic="worry", **common)
    assert {case.id: case.kind for case in cases(house)}[worried] is CaseKind.CARE


@pytest.mark.parametrize(("topic", "number", "error"), [("mean", 404, LookupError), ("gossip", 1, ValueError)])
def test_nothing_there_or_no_such_topic(house: Bench, topic: str, number: int, error: type[Exception]) -> None:
    house.say(1, "hello")
    with pytest.raises(error), house.session() as session:
        report(session, house.runtime, ref=message(number), reporter_id="p_a", topic=topic, note="", at=NOON)
    assert cases(house) == []


def test_asking_to_talk_is_one_open_talk_a_person(house: Bench) -> None:
    for words in ("can someone talk", "hello?"):
        with house.session() as session:
            ask_staff(session, house.runtime, person_id="p_slow", text=words, ref=None, at=NOON)
    (case,) = cases(house)
    assert (case.kind, case.tier, case.subject_ref) == (CaseKind.TALK, Tier.P1, "p_slow")
    assert rows(house, CaseEvent.text) == ["can someone talk", "hello?"]


def test_an_answer_joins_its_case_and_is_never_lost_after_it_closed(house: Bench) -> None:
    first = opened(house, reason())
    with house.session() as session:
        member_reply(session, house.runtime, case_id=first, person_id="p_slow", text="im ok", at=NOON)
        case = session.get_one(Case, first)
        assert (case.version, case.replied_at) == (2, NOON)
        case.state, case.decided_by, case.decided_at = CaseState.DECIDED, "p_x", NOON
    with house.session() as session:
        member_reply(session, house.runtime, case_id=first, person_id="p_slow", text="actually no", at=NOON)
    talk = cases(house)[-1]
    assert (talk.kind, talk.subject_ref) == (CaseKind.TALK, "p_slow")
    with house.session() as session:
        asked = session.scalars(select(CaseEvent).where(CaseEvent.case_id == talk.id)).one()
    assert (asked.text, asked.data["about"]) == ("actually no", first)


def test_only_people_of_the_case_can_answer_it(house: Bench) -> None:
    first = opened(house, reason())
    for case_id, person in ((first, "p_stranger"), (first + 1, "p_slow")):
        with pytest.raises(LookupError), house.session() as session:
            member_reply(session, house.runtime, case_id=case_id, person_id=person, text="hi", at=NOON)


def test_every_way_in_is_in_the_audit_and_the_chain_holds(house: Bench) -> None:
    opened(house, reason())
    opened(house, reason(), number=10)
    with house.session() as session:
        ask_staff(session, house.runtime, person_id="p_slow", text="hi", ref=None, at=NOON)
        assert verify_audit(session) is None
        assert session.scalar(select(func.count()).select_from(Case)) == 2
    assert AVERY.id not in rows(house, CasePerson.person_ref)


@pytest.mark.parametrize(("topic", "counts"), [("move", 1), ("mean", 1), ("worry", 0), ("other", 0)])
def test_a_report_is_remembered_against_its_subject_once_and_never_by_whom(
    house: Bench, topic: str, counts: int
) -> None:
    house.say(9, "come over", author="p_fern")
    for _ in range(2):
        with house.session() as session:
            report(session, house.runtime, ref=message(9), reporter_id="p_moss", topic=topic, note="", at=NOON)
    with house.session() as session:
        remembered = load_history(session, {"p_fern": (), "p_moss": ()}, NOON)
    assert [(seen.signal, seen.target_id) for seen in remembered["p_fern"]] == [("reported", None)] * counts
    assert remembered["p_moss"] == []


def answered(house: Bench, case_id: int, text: str, person: str = "p_slow") -> Case:
    with house.session() as session:
        member_reply(session, house.runtime, case_id=case_id, person_id=person, text=text, at=house.now[0])
    with house.session() as session:
        return session.get_one(Case, case_id)


@pytest.fixture
def taken(house: Bench) -> int:
    """A digest case of p_fern towards p_slow, which somebody took in time."""
    case_id = opened(house, reason("ladder", Tier.P2))
    with house.session() as session:
        claim(session, house.runtime, ROWAN, case_id)
    house.later(hours=2)
    return case_id


def test_an_answer_about_harm_raises_a_case_already_looked_at_and_starts_its_clock(house: Bench, taken: int) -> None:
    case = answered(house, taken, "i took a bunch of pills", "p_fern")
    assert (case.tier, case.title, case.looked_at) == (Tier.P0, "self_harm_crisis", None)
    assert case.deadline == house.now[0] + timedelta(minutes=15)
    assert "self_harm_crisis" in rows(house, Flag.rule_id)


def test_what_another_person_answers_raises_the_case_without_naming_its_subject(house: Bench, taken: int) -> None:
    case = answered(house, taken, "i took a bunch of pills", "p_slow")
    assert (case.tier, case.title) == (Tier.P0, "ladder")


def test_an_answer_that_tells_of_a_threat_raises_the_case_and_is_held_against_nobody(house: Bench, taken: int) -> None:
    case = answered(house, taken, "send the money by tonight or i show everyone your picture")
    assert case.tier is Tier.P0
    with house.session() as session:
        assert load_history(session, {"p_slow": ()}, house.now[0]) == {"p_slow": []}


def test_a_plain_answer_waits_for_a_look_of_its_own(house: Bench, taken: int) -> None:
    case = answered(house, taken, "ok thanks")
    assert (case.tier, case.looked_at) == (Tier.P2, None)
    assert case.deadline == house.now[0] + timedelta(hours=24)


def test_an_answer_never_gives_an_unread_case_more_time(house: Bench) -> None:
    case_id = opened(house, reason("ladder", Tier.P2))
    before = cases(house)[0].deadline
    house.later(hours=2)
    assert answered(house, case_id, "ok thanks").deadline == before


def test_an_answer_on_a_case_for_the_log_has_a_clock(house: Bench) -> None:
    case = answered(house, opened(house, reason(tier=Tier.P3)), "ok thanks")
    assert (case.tier, case.deadline) == (Tier.P2, NOON + timedelta(hours=24))


def test_asking_again_after_somebody_looked_starts_the_clock_anew(house: Bench) -> None:
    for _ in range(2):
        with house.session() as session:
            case_id = ask_staff(
                session, house.runtime, person_id="p_slow", text="hello?", ref=None, at=house.later(hours=1)
            )
        case = cases(house)[0]
        assert (case.looked_at, case.deadline) == (None, house.now[0] + timedelta(hours=4))
        with house.session() as session:
            claim(session, house.runtime, ROWAN, case_id)


def test_a_report_that_joins_waits_no_longer_than_it_would_alone(house: Bench, taken: int) -> None:
    line = house.say(9, "you are nothing")
    with house.session() as session:
        told = {"ref": line.ref, "reporter_id": "p_moss", "topic": "mean", "note": "he is mean", "at": house.now[0]}
        assert report(session, house.runtime, **told) == taken
    (case,) = cases(house)
    assert (case.tier, case.looked_at, case.deadline) == (Tier.P2, None, house.now[0] + timedelta(hours=24))


def test_an_answer_to_a_closed_case_is_read_for_threats_too_and_names_nobody_for_them(house: Bench, taken: int) -> None:
    with house.session() as session:
        case = session.get_one(Case, taken)
        case.state, case.decided_by, case.decided_at = CaseState.DECIDED, "p_x", NOON
        case.claimed_by = case.claimed_until = None
    answered(house, taken, "send the money by tonight or i show everyone your picture")
    talk = cases(house)[-1]
    assert (talk.kind, talk.tier, talk.title) == (CaseKind.TALK, Tier.P0, "talk")


def test_a_threat_in_an_answer_of_the_subject_does_not_rename_the_case(house: Bench, taken: int) -> None:
    case = answered(house, taken, "send the money by tonight or i show everyone your picture", "p_fern")
    assert (case.tier, case.title) == (Tier.P0, "ladder")
