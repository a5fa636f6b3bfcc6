"""Decisions: complete or refused, carried out whole, undone to what was before, never into the room by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.core.duties import Duty
from moderation.core.effects import LiftRestriction, OfferCare, Release, Remove, Restrict, Withhold
from moderation.core.model import Observation, Running
from moderation.core.relations import REPORTED
from moderation.service import (
    CareNote,
    Decision,
    ask_staff,
    claim,
    decide,
    keep_running,
    load_history,
    load_running,
    note,
    open_case,
    remember,
    report,
    undo,
    verify_audit,
)
from moderation.service.errors import (
    BadField,
    CannotUndo,
    CaseClosed,
    ClaimTaken,
    LinesUndecided,
    NoSuchCase,
    NotAllowed,
    StaleCase,
    SubjectGone,
)
from moderation.store.cases import Case, CaseEvent, CaseKind, CaseState, Flag, Outcome
from moderation.store.decisions import DecisionRow
from tests.moderation.fakes import AVERY, NOON, ROWAN, Bench, draft, message, reason, verdict

WHY = {"guideline": "private-offers", "confidence": "high", "reason": "A private ride, two days in."}


@pytest.fixture
def case_id(house: Bench) -> int:
    """A case with a held line (9) and a line that is in the room (8)."""
    house.say(8, "what r u up to")
    house.say(9, "i can pick you up", state="held")
    with house.session() as session:
        open_case(session, house.runtime, ref=message(9), draft=draft(), verdict=verdict(reason()), held=True)
        return report(session, house.runtime, ref=message(8), reporter_id="p_reporter", topic="mean", note="", at=NOON)


def deciding(house: Bench, case_id: int, staff: Any = ROWAN, **fields: Any) -> int:
    with house.session() as session:
        version = session.get_one(Case, case_id).version
        return decide(session, house.runtime, staff, case_id, Decision(**{"version": version, **WHY, **fields}))


def stored(house: Bench, case_id: int) -> Case:
    with house.session() as session:
        return session.get_one(Case, case_id)


def outcomes(house: Bench) -> dict[str | None, Outcome | None]:
    with house.session() as session:
        return {flag.ref_id: flag.outcome for flag in session.scalars(select(Flag))}


def test_one_decision_may_do_several_things_to_several_people(house: Bench, case_id: int) -> None:
    told = "Offers like this can put people at risk."
    decision_id = deciding(
        house,
        case_id,
        remove=(message(9),),
        care=(CareNote("p_slow", "Hi, how are you?"), CareNote("p_fern", "You're not in trouble.")),
        restrict=(("p_fern", 24),),
        told=told,
    )
    assert house.host.effects == [
        Remove(message(9), told, "private-offers"),
        Restrict("p_fern", NOON + timedelta(hours=24), told, "private-offers"),
        OfferCare("p_slow", "Hi, how are you?", case_id),
        OfferCare("p_fern", "You're not in trouble.", case_id),
    ]
    case = stored(house, case_id)
    assert (case.state, case.decided_by, case.claimed_by) == (CaseState.DECIDED, "p_rowan", None)
    assert outcomes(house) == {"9": Outcome.REMOVED, "8": Outcome.LEFT}
    with house.session() as session:
        row = session.get_one(DecisionRow, decision_id)
        assert (row.reason, row.told, row.closed) == (WHY["reason"], told, True)
        assert verify_audit(session) is None


def test_the_reason_for_the_team_never_reaches_the_person(house: Bench, case_id: int) -> None:
    deciding(house, case_id, remove=(message(9),), told="Plain words.", reason="p_reporter told us")
    assert "p_reporter" not in repr(house.host.effects)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("reason", {"reason": "  "}),
        ("reason", {"reason": "x" * 4001}),
        ("guideline", {"guideline": ""}),
        ("guideline", {"guideline": "made-up"}),
        ("confidence", {"confidence": ""}),
        ("confidence", {"confidence": "certain"}),
        ("told", {"remove": (message(9),), "release": ()}),
        ("told", {"restrict": (("p_fern", 24),)}),
        ("lines", {"release": (message(9), message(77))}),
        ("lines", {"remove": (message(9),), "told": "x"}),
        ("people", {"care": (CareNote("p_stranger", "hi"),)}),
        ("people", {"restrict": (("p_stranger", 24),), "told": "x"}),
        ("care", {"care": (CareNote("p_slow", " "),)}),
        ("hours", {"restrict": (("p_fern", 14 * 24 + 1),), "told": "x"}),
        ("hours", {"restrict": (("p_fern", 0),), "told": "x"}),
    ],
)
def test_an_incomplete_decision_is_refused_and_changes_nothing(
    house: Bench, case_id: int, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(BadField) as bad:
        deciding(house, case_id, **{"release": (message(9),), **change})
    assert bad.value.field == field
    assert house.host.effects == []
    assert stored(house, case_id).state is CaseState.OPEN


def test_a_case_never_closes_over_a_line_that_still_waits(house: Bench, case_id: int) -> None:
    with pytest.raises(LinesUndecided) as left:
        deciding(house, case_id)
    assert left.value.refs == (message(9),)
    deciding(house, case_id, close=False, care=(CareNote("p_slow", "Hi"),))
    case = stored(house, case_id)
    assert (case.state, case.claimed_by) == (CaseState.OPEN, "p_rowan")
    assert set(outcomes(house).values()) == {None}


def test_a_newer_event_makes_a_decision_stale_and_says_what_is_new(house: Bench, case_id: int) -> None:
    version = stored(house, case_id).version
    with house.session() as session:
        note(session, house.runtime, AVERY, case_id, "look at the other line too")
    with pytest.raises(StaleCase) as stale:
        deciding(house, case_id, version=version, release=(message(9),))
    assert (stale.value.changes, stale.value.version) == (("noted",), version + 1)


def test_duties_conflicts_and_claims_are_kept(house: Bench, case_id: int) -> None:
    with pytest.raises(NotAllowed):
        deciding(house, case_id, replace(ROWAN, duties=frozenset({Duty.CASE_READ})), release=(message(9),))
    reader = replace(ROWAN, duties=frozenset({Duty.CASE_READ, Duty.CASE_DECIDE}))
    with pytest.raises(NotAllowed) as limited:
        deciding(house, case_id, reader, release=(message(9),), restrict=(("p_fern", 1),), told="x")
    assert limited.value.duty is Duty.CASE_LIMIT
    for person in ("p_fern", "p_slow", "p_reporter"):
        with pytest.raises(NoSuchCase):
            deciding(house, case_id, replace(ROWAN, id=person), release=(message(9),))
    with house.session() as session:
        claim(session, house.runtime, AVERY, case_id)
    with pytest.raises(ClaimTaken):
        deciding(house, case_id, release=(message(9),))
    assert house.host.effects == []
    deciding(house, case_id, AVERY, release=(message(9),))
    with pytest.raises(CaseClosed):
        deciding(house, case_id, AVERY, release=(message(9),))


def test_a_subject_that_is_gone_refuses_the_whole_decision(house: Bench, case_id: int) -> None:
    house.host.gone.add("9")
    with pytest.raises(SubjectGone):
        deciding(house, case_id, release=(message(9),))
    assert (stored(house, case_id).state, outcomes(house)["9"]) == (CaseState.OPEN, None)


@pytest.mark.parametrize(
    ("decision", "back"),
    [
        ({"release": (message(9),)}, [Withhold(message(9))]),
        ({"remove": (message(9),)}, [Withhold(message(9))]),
        ({"release": (message(9),), "remove": (message(8),)}, [Release(message(8)), Withhold(message(9))]),
        (
            {"release": (message(9),), "restrict": (("p_fern", 24),)},
            [LiftRestriction("p_fern", NOON + timedelta(hours=24)), Withhold(message(9))],
        ),
        ({"release": (message(9),), "care": (CareNote("p_slow", "Hi"),)}, [Withhold(message(9))]),
    ],
)
def test_undo_brings_back_what_was(house: Bench, case_id: int, decision: dict[str, Any], back: list[object]) -> None:
    decision_id = deciding(house, case_id, told="x", **decision)
    house.host.effects.clear()
    with house.session() as session:
        assert undo(session, house.runtime, AVERY, decision_id) == case_id
    assert house.host.effects == back
    assert set(outcomes(house).values()) == {None}
    assert stored(house, case_id).state is CaseState.OPEN
    with house.session() as session:
        assert session.scalars(select(CaseEvent.event).order_by(CaseEvent.id.desc())).first() == "undone"
        assert session.get_one(DecisionRow, decision_id).undone_by == "p_avery"
    with pytest.raises(CannotUndo), house.session() as session:
        undo(session, house.runtime, AVERY, decision_id)


def test_an_older_decision_stays_while_a_newer_one_stands_on_it(house: Bench, case_id: int) -> None:
    first = deciding(house, case_id, remove=(message(8),), told="x", close=False)
    second = deciding(house, case_id, release=(message(9),))
    with pytest.raises(CannotUndo), house.session() as session:
        undo(session, house.runtime, ROWAN, first)
    for decision_id in (second, first):
        with house.session() as session:
            undo(session, house.runtime, ROWAN, decision_id)
    assert set(outcomes(house).values()) == {None}


def test_undo_goes_on_when_a_line_was_taken_back_since(house: Bench, case_id: int) -> None:
    decision_id = deciding(house, case_id, release=(message(9),), restrict=(("p_fern", 24),), told="x")
    house.host.gone.add("9")
    with house.session() as session:
        undo(session, house.runtime, ROWAN, decision_id)
    assert house.host.effects[-1] == LiftRestriction("p_fern", NOON + timedelta(hours=24))
    with house.session() as session:
        assert session.scalars(select(CaseEvent.data).order_by(CaseEvent.id.desc())).first()["gone"] == 1


def test_lifting_a_break_by_undo_needs_the_same_duty(house: Bench, case_id: int) -> None:
    decision_id = deciding(house, case_id, release=(message(9),), restrict=(("p_fern", 24),), told="x")
    with pytest.raises(NotAllowed), house.session() as session:
        undo(session, house.runtime, replace(AVERY, duties=frozenset({Duty.CASE_DECIDE})), decision_id)


@pytest.mark.parametrize("removed", [False, True], ids=["nothing was wrong", "kept down"])
def test_what_a_person_found_harmless_counts_no_more(house: Bench, case_id: int, removed: bool) -> None:
    """Its lines are no sign of anything later; others' reports and lines nobody read stay."""
    of_the_case = Observation("p_fern", "p_slow", "secrecy_request", 0.9, NOON, message(9))
    elsewhere = Observation("p_fern", "p_slow", "age_probe", 0.9, NOON, message(3))
    reported = Observation("p_fern", None, REPORTED, 1.0, NOON)
    with house.session() as session:
        remember(session, [of_the_case, elsewhere, reported])
        keep_running(session, {"p_fern": Running(6.0, 1.0, NOON)})
    if removed:
        deciding(house, case_id, remove=(message(9),), told="x")
    else:
        deciding(house, case_id, release=(message(9),))
    with house.session() as session:
        left = load_history(session, {"p_fern": ["p_slow"]}, NOON)["p_fern"]
        stands = load_running(session, {"p_fern"})
    assert {one.signal for one in left} == {"age_probe", REPORTED} | ({"secrecy_request"} if removed else set())
    assert bool(stands) is removed


@pytest.fixture
def known(house: Bench) -> Observation:
    """What screening knows of p_fern: a line to p_slow, and where the words stand."""
    seen = Observation("p_fern", "p_slow", "secrecy_request", 0.9, NOON, message(9))
    with house.session() as session:
        remember(session, [seen])
        keep_running(session, {"p_fern": Running(6.0, 1.0, NOON)})
    return seen


def still_known(house: Bench, seen: Observation) -> bool:
    """Whether both are kept; never one without the other."""
    with house.session() as session:
        kept, stands = seen in remembered(session, NOON), bool(load_running(session, {"p_fern"}))
    assert kept is stands
    return kept


def test_closing_a_care_case_clears_nothing_of_the_one_about_conduct(
    house: Bench, case_id: int, known: Observation
) -> None:
    """A worry about somebody must not wipe what they are being looked at for."""
    told = {"ref": message(9), "reporter_id": "p_reporter", "topic": "worry", "note": ""}
    with house.session() as session:
        care = report(session, house.runtime, at=NOON, **told)
    assert care != case_id
    deciding(house, care, release=(message(9),))
    assert still_known(house, known)


@pytest.mark.parametrize("kind", sorted(set(CaseKind) - {CaseKind.CONDUCT, CaseKind.REPORT}))
def test_only_cases_about_conduct_clear_anything(
    house: Bench, case_id: int, known: Observation, kind: CaseKind
) -> None:
    with house.session() as session:
        session.get_one(Case, case_id).kind = kind
    deciding(house, case_id, release=(message(9),))
    assert still_known(house, known)


def test_asking_to_talk_about_ones_own_words_clears_nothing(house: Bench, known: Observation) -> None:
    house.say(9, "i can pick you up")
    with house.session() as session:
        talk = ask_staff(session, house.runtime, person_id="p_fern", text="what about this?", ref=message(9), at=NOON)
    deciding(house, talk)
    assert still_known(house, known)


def test_asking_for_ones_own_review_clears_nothing(house: Bench, known: Observation) -> None:
    house.say(9, "i can pick you up", state="held")
    with house.session() as session:
        asked = open_case(session, house.runtime, ref=message(9), draft=draft(), verdict=verdict(), held=True)
    deciding(house, asked, release=(message(9),))
    assert still_known(house, known)


@pytest.mark.parametrize("undone", [False, True], ids=["stands", "taken back"])
@pytest.mark.parametrize(
    "wrong", [{"remove": (message(9),)}, {"restrict": (("p_fern", 24),)}], ids=["taken down", "break"]
)
def test_closing_later_does_not_clear_what_the_case_found_wrong(
    house: Bench, case_id: int, known: Observation, wrong: dict[str, Any], undone: bool
) -> None:
    first = deciding(house, case_id, told="x", close=False, **wrong)
    if undone:
        with house.session() as session:
            undo(session, house.runtime, ROWAN, first)
    down = "remove" in wrong and not undone
    deciding(house, case_id, release=() if down else (message(9),))
    assert still_known(house, known) is not undone


def test_a_break_is_no_harmless_decision(house: Bench, case_id: int, known: Observation) -> None:
    deciding(house, case_id, release=(message(9),), restrict=(("p_fern", 24),), told="x")
    assert still_known(house, known)


@pytest.mark.parametrize("other", ["waits", "decided", "somebody else's"])
def test_nothing_is_cleared_while_another_case_about_conduct_waits(
    house: Bench, case_id: int, known: Observation, other: str
) -> None:
    days, who = timedelta(days=8), "p_other" if other == "somebody else's" else "p_fern"
    house.say(12, "do not tell", who, state="held")
    with house.session() as session:
        later = draft(author=who, at=NOON + days)
        second = open_case(session, house.runtime, ref=message(12), draft=later, verdict=verdict(reason()), held=True)
    assert second != case_id
    if other == "decided":
        deciding(house, second, remove=(message(12),), told="x")
    deciding(house, case_id, release=(message(9),))
    assert still_known(house, known) is (other == "waits")


def test_taking_the_words_back_before_anybody_decides_clears_nothing(
    house: Bench, case_id: int, known: Observation
) -> None:
    house.say(9, "i can pick you up", state="withdrawn")
    deciding(house, case_id)
    assert still_known(house, known)


def test_a_friends_report_of_something_harmless_clears_no_standing(house: Bench, known: Observation) -> None:
    house.say(12, "hi")
    told = {"ref": message(12), "reporter_id": "p_friend", "topic": "mean", "note": ""}
    with house.session() as session:
        case_id = report(session, house.runtime, at=NOON, **told)
    deciding(house, case_id)
    assert still_known(house, known)


def test_what_another_case_took_down_goes_on_counting(house: Bench, case_id: int) -> None:
    seen = Observation("p_fern", "p_slow", "secrecy_request", 0.9, NOON, message(9))
    with house.session() as session:
        remember(session, [seen])
    deciding(house, case_id, remove=(message(9),), told="x")
    house.say(12, "see you there", state="held")
    with house.session() as session:
        after = verdict(reason(refs=(message(9),)))
        second = open_case(session, house.runtime, ref=message(12), draft=draft(), verdict=after, held=True)
    deciding(house, second, release=(message(12),))
    with house.session() as session:
        assert remembered(session, NOON) == [seen]


def remembered(session: Session, at: datetime) -> list[Observation]:
    """What of p_fern's lines to p_slow counts."""
    return [one for one in load_history(session, {"p_fern": ["p_slow"]}, at)["p_fern"] if one.signal != REPORTED]


@pytest.mark.parametrize("since", [None, Running(1.0, 0.5, NOON + timedelta(days=1))], ids=["silent", "wrote on"])
def test_taking_a_harmless_decision_back_brings_its_memories_back(
    house: Bench, case_id: int, since: Running | None
) -> None:
    """Also the words' standing, faded; and nothing that a newer memory has outlived, or that was spent before."""
    signal, days = "secrecy_request", timedelta(days=1)
    shown = [Observation("p_fern", "p_slow", signal, 0.9 - n / 10, NOON - (5 - n) * days, message(9)) for n in range(4)]
    with house.session() as session:
        remember(session, shown)
        keep_running(session, {"p_fern": Running(6.0, 1.0, NOON)})
        before = remembered(session, NOON)
    assert len(before) == len(shown)
    decision_id = deciding(house, case_id, release=(message(9),))
    newer = Observation("p_fern", "p_slow", signal, 0.95, NOON + days, message(11))
    with house.session() as session:
        assert remembered(session, NOON) == []
        if since is not None:
            remember(session, [newer])
            keep_running(session, {"p_fern": since})
    with house.session() as session:
        undo(session, house.runtime, ROWAN, decision_id)
        left = remembered(session, NOON + days)
        stands = load_running(session, {"p_fern"})["p_fern"]
    if since is None:
        assert left == before
        assert stands == Running(6.0, 1.0, NOON)
    else:
        assert left == [*before[-2:], newer], "alive: the newest three, as none before is surer than all after it"
        share = 0.5 ** (days / house.runtime.rulebook.scoring.half_life)
        assert (stands.says, stands.hears) == (pytest.approx(6 * share + 1), pytest.approx(share + 0.5))
        assert stands.at == since.at


def test_what_was_decided_otherwise_brings_nothing_back(house: Bench, case_id: int) -> None:
    seen = Observation("p_fern", "p_slow", "secrecy_request", 0.9, NOON, message(9))
    with house.session() as session:
        remember(session, [seen])
    decision_id = deciding(house, case_id, remove=(message(9),), told="x")
    with house.session() as session:
        undo(session, house.runtime, ROWAN, decision_id)
        assert remembered(session, NOON) == [seen]
        assert load_running(session, {"p_fern"}) == {}
