"""What is remembered comes back as far as it can count, in few statements, and counts as if all of it had."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from moderation.core.model import Author, Context, Draft, Kind, Observation, Ref, Role
from moderation.core.relations import NEED, Judgement, judge
from moderation.core.remembering import NEWEST, alive
from moderation.core.rules import Rulebook
from moderation.service import load_history, remember
from moderation.store.observations import ObservationRow
from tests.statements import counted

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SIGNALS = ("secrecy_request", "platform_migration", "deceptive_job_offer", "age_probe")


def seen_by(author: str, days_ago: float, signal: str = "age_probe", target: str | None = "p_b") -> Observation:
    return Observation(author, target, signal, 0.7, AT - days_ago * DAY, Ref(Kind.MESSAGE, str(days_ago)))


def test_history_is_ordered_bounded_and_of_those_spoken_to(engine: Engine) -> None:
    kept = [seen_by("p_a", 3), seen_by("p_a", 1), Observation("p_a", None, "secrecy_request", 1.0, AT)]
    others = [seen_by("p_a", 31), seen_by("p_z", 1), seen_by("p_a", 2, target="p_x"), seen_by("p_c", 1, target="p_a")]
    with Session(engine) as session:
        remember(session, [kept[1], kept[0], kept[2], *others])
        found = load_history(session, {"p_a": ["p_b", "p_c"]}, AT)
    assert found == {"p_a": kept, "p_b": [], "p_c": []}


def test_of_a_reader_only_a_need_told_lately_is_read(engine: Engine) -> None:
    told, long_ago = (seen_by("p_b", days, NEED, target=None) for days in (1, 3))
    with Session(engine) as session:
        remember(session, [told, long_ago, seen_by("p_b", 1), seen_by("p_b", 1, target=None)])
        assert load_history(session, {"p_a": ["p_b"]}, AT) == {"p_a": [], "p_b": [told]}


def test_few_statements_and_none_for_nothing(engine: Engine) -> None:
    with counted(engine) as statements, Session(engine) as session:
        remember(session, [seen_by("p_a", day) for day in range(1, 6)])
        load_history(session, {"p_a": ["p_b"], "p_c": [], "p_d": ["p_a", "p_b"]}, AT)
        assert [one.split()[0] for one in statements] == ["INSERT", "UPDATE", "WITH"]
        remember(session, [])
        assert load_history(session, {}, AT) == {}
        assert len(statements) == 3


def test_what_is_spent_stays_for_the_desk(engine: Engine) -> None:
    with Session(engine) as session:
        for day in range(20, 0, -1):
            remember(session, [seen_by("p_a", day)])
        assert session.scalar(select(func.count()).select_from(ObservationRow)) == 20
        assert load_history(session, {"p_a": ["p_b"]}, AT)["p_a"] == [
            seen_by("p_a", day) for day in range(NEWEST, 0, -1)
        ]


def judged(past: Sequence[Observation], target: str | None, now: dict[str, float], book: Rulebook) -> Judgement:
    people = {name: Author(name, Role.YOUTH, "16-17", AT - 3 * DAY) for name in ("w", *"abcdefgh")}
    draft = Draft(people["w"], Kind.MESSAGE, AT, "room", "")
    judgement = judge(draft, target, now, Context((), people, {"w": past}), book)
    return replace(judgement, reasons=tuple(replace(reason, refs=()) for reason in judgement.reasons))


@pytest.mark.parametrize("seed", range(12))
def test_a_verdict_on_what_is_read_is_a_verdict_on_everything(engine: Engine, shipped: Rulebook, seed: int) -> None:
    """Many texts, some to several at once or to nobody, stored one by one; then judged toward everybody."""
    dice = random.Random(seed)
    past: list[Observation] = []
    times = sorted(
        AT - timedelta(minutes=dice.choice([dice.randrange(1600), dice.randrange(40_000)])) for _ in range(90)
    )
    with Session(engine) as session:
        for number, at in enumerate(times):
            to: list[str | None] = [*dice.sample("abcdefgh", dice.choice([1, 1, 1, 2, 5]))]
            shown = [(dice.choice(SIGNALS), dice.choice([0.3, 0.7, 0.9]))]
            texts = [
                Observation("w", one, name, sure, at, Ref(Kind.MESSAGE, str(number)))
                for one in (to if number % 7 else [None])
                for name, sure in shown
            ]
            remember(session, texts)
            past += texts
        for target in (None, *"abcdefgh"):
            known = load_history(session, {"w": [target] if target else []}, AT)["w"]
            about = [seen for seen in known if seen.target_id in (target, None)]
            assert about == [
                seen for seen in alive(past) if seen.target_id in (target, None) and AT - seen.at <= 30 * DAY
            ]
            for name in SIGNALS:
                assert judged(known, target, {name: 0.9}, shipped) == judged(past, target, {name: 0.9}, shipped)


@pytest.mark.parametrize("reader", ["a", "b"])
def test_whoever_got_the_same_text_as_the_reader_was_reached_too(
    engine: Engine, shipped: Rulebook, reader: str
) -> None:
    name = "deceptive_job_offer"
    with Session(engine) as session:
        remember(session, [Observation("w", one, name, 0.9, AT - DAY / 2) for one in "ab"])
        remember(session, [Observation("w", "c", name, 0.9, AT - DAY / 3)])
        known = load_history(session, {"w": [reader]}, AT)["w"]
    assert "r8-fan-out" in {reason.rule_id for reason in judged(known, reader, {name: 0.9}, shipped).reasons}


@pytest.mark.parametrize("targets", [1, 40, 2000])
def test_what_is_read_of_one_person_does_not_grow(engine: Engine, targets: int) -> None:
    seen = [
        replace(seen_by("p_a", 0.9 - number / 10_000, SIGNALS[number % 3]), target_id=f"p_{number % targets}")
        for number in range(6000)
    ]
    with Session(engine) as session:
        remember(session, seen)
        assert len(load_history(session, {"p_a": ["p_0", "p_1"]}, AT)["p_a"]) <= 45
