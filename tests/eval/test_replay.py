"""A replayed case is a live room: nothing ahead is seen, nudged texts vanish, held ones are remembered."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest

from moderation.core import screen as pipeline
from moderation.core.model import Action, Context, Draft, Verdict
from moderation.core.rules import Rulebook
from moderation.evaluate import replay as replaying
from moderation.evaluate.cases import Case, case_from
from moderation.evaluate.replay import replay, verdicts

THREAT = "send the money by tonight or i show everyone your picture"
ACCOUNT = "add me on snap"


def talk(*lines: tuple[str, str], people: dict[str, Any] | None = None, step: int = 2) -> Case:
    messages = [{"from": who, "t": n * step, "text": text} for n, (who, text) in enumerate(lines)]
    return case_from({"id": "t", "participants": people or {}, "messages": messages}, "t")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Draft, Context]]:
    """What screening was asked, message by message."""
    asked: list[tuple[Draft, Context]] = []
    real = replaying.screen

    def watched(book: Rulebook, draft: Draft, context: Context) -> Verdict:
        asked.append((draft, context))
        return real(book, draft, context)

    monkeypatch.setattr(replaying, "screen", watched)
    return asked


def test_a_result_line_has_the_fields_of_the_scorer(book: Rulebook) -> None:
    found = replay(talk(("B", "hi"), ("A", THREAT), ("B", "ok")), book).as_json()
    assert list(found) == ["id", "scores", "max_score", "first_tier", "routes", "actions", "signals"]
    assert found["first_tier"] == {"P0": 2, "P1": None, "P2": None}
    assert found["actions"] == ["publish", "hold", "publish"]
    assert found["routes"] == ["queue"]
    assert found["signals"] == [{"n": 2, "id": "sextortion_threat"}]
    assert found["scores"][0] == 0
    assert found["scores"][1] == found["scores"][2] == found["max_score"] > 0


def test_no_look_ahead_cutting_the_end_changes_nothing_before(book: Rulebook, authored: list[Case]) -> None:
    for case in authored[::9]:
        whole = replay(case, book)
        for kept in range(0, len(case.lines), 3):
            cut = replay(replace(case, lines=case.lines[:kept]), book)
            assert cut.scores == whole.scores[:kept]
            assert cut.actions == whole.actions[:kept]
            assert cut.signals == {(n, name) for n, name in whole.signals if n <= kept}
            assert cut.first_tier == {t: n if n and n <= kept else None for t, n in whole.first_tier.items()}


def test_a_nudged_text_is_nowhere(book: Rulebook, seen: list[tuple[Draft, Context]]) -> None:
    found = replay(talk(("B", "hi"), ("A", ACCOUNT), ("A", "so")), book)
    assert found.actions == ("publish", "nudge", "publish")
    assert (2, "platform_migration") in found.signals  # there was something to remember
    assert found.routes == ("privacy",)
    context = seen[2][1]
    assert [line.author_id for line in context.recent] == ["B"]
    assert not any(context.history.values())


def test_what_nobody_was_told_of_counts_as_no_tier_and_no_care(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    real = replaying.screen

    def nudging(*asked: Any) -> Verdict:
        return replace(real(*asked), action=Action.NUDGE)

    monkeypatch.setattr(replaying, "screen", nudging)
    found = replay(talk(("B", "i want to die"), ("A", THREAT)), book)
    assert set(found.first_tier.values()) == {None}
    assert found.routes == ()


def test_a_held_text_is_remembered_but_not_in_the_room(book: Rulebook, seen: list[tuple[Draft, Context]]) -> None:
    replay(talk(("B", "hi"), ("A", THREAT), ("A", "well?")), book)
    context = seen[2][1]
    assert [line.author_id for line in context.recent] == ["B"]
    remembered = [(o.signal, o.target_id, o.ref.id if o.ref else "") for o in context.history["A"]]
    assert ("sextortion_threat", "B", "2") in remembered


def test_only_the_last_twenty_lines_and_the_people_in_them_are_known(
    book: Rulebook, seen: list[tuple[Draft, Context]]
) -> None:
    replay(talk(("C", "first"), *(("B", f"line {n}") for n in range(25)), ("A", "hi")), book)
    context = seen[-1][1]
    assert len(context.recent) == 20
    assert set(context.people) == {"A", "B"}


def test_memory_ends_after_thirty_days(book: Rulebook, seen: list[tuple[Draft, Context]]) -> None:
    replay(talk(("B", "hi"), ("A", THREAT), ("A", "x"), ("A", "y"), step=60 * 24 * 16), book)
    assert [bool(context.history.get("A")) for _, context in seen] == [False, False, True, False]


def test_people_are_as_the_case_says_and_new_where_it_says_nothing(
    book: Rulebook, seen: list[tuple[Draft, Context]]
) -> None:
    people = {"S": {"role": "staff", "band": "16-17", "tenure_days": 10}, "A": {"band": "13-15"}}
    replay(talk(("S", "hi"), ("A", "hi"), ("Z", "hi"), people=people), book)
    staff, youth, stranger = (draft.author for draft, _ in seen)
    assert (staff.role, staff.band, (replaying.START - staff.joined_at).days) == ("staff", "", 10)
    assert (youth.role, youth.band, youth.joined_at) == ("youth", "13-15", replaying.START)
    assert (stranger.role, stranger.band, stranger.joined_at) == ("youth", "", replaying.START)


def test_names_after_an_at_are_who_a_text_is_written_to(book: Rulebook, seen: list[tuple[Draft, Context]]) -> None:
    people = {"maple-finch": {}, "Quiet Owl": {}, "B": {}}
    replay(talk(("B", "@Maple-Finch and @quiet owl hi, @nobody @b"), people=people), book)
    assert seen[0][0].to == ("maple-finch", "Quiet Owl")
    assert set(seen[0][1].people) == {"B", "maple-finch", "Quiet Owl"}


def test_a_greeting_by_half_a_name_is_written_to_whoever_wrote_there(
    book: Rulebook, seen: list[tuple[Draft, Context]]
) -> None:
    replay(talk(("maple-finch", "hi"), ("B", "hey maple"), ("B", "hey quiet"), ("maple-finch", "hey maple")), book)
    assert [draft.to for draft, _ in seen] == [(), ("maple-finch",), (), ()]


def test_a_crash_is_a_counted_hold_and_no_conduct(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = pipeline.screen

    def broken(draft: Draft, context: Context, rulebook: Rulebook) -> Verdict:
        if draft.text == "boom":
            raise KeyError("words someone wrote")
        return real(draft, context, rulebook)

    monkeypatch.setattr(pipeline, "screen", broken)
    with caplog.at_level(logging.ERROR):
        found = replay(talk(("A", "hi"), ("B", "boom"), ("A", "hi")), book)
    assert found.actions == ("publish", "hold", "publish")
    assert (found.unscreened, found.routes) == (1, ("queue",))
    assert set(found.first_tier.values()) == {None}
    assert "words someone wrote" not in caplog.text


@pytest.mark.parametrize("source", [{}, {"messages": [{}, {"text": ""}, {"from": "A"}]}])
def test_cases_with_next_to_nothing_have_results(book: Rulebook, source: dict[str, Any]) -> None:
    found = replay(case_from(source, "x"), book)
    assert (found.max_score, set(found.actions) <= {"publish"}) == (0, True)


def test_lines_are_screened_one_at_a_time_as_they_are_asked_for(
    book: Rulebook, seen: list[tuple[Draft, Context]]
) -> None:
    stream = verdicts(talk(("A", "one"), ("B", "two")), book)
    next(stream)
    assert len(seen) == 1
