"""Whatever comes in: screening answers, never lets a text pass because it broke, and its work grows with the text."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation import fail_closed
from moderation.core import phrases
from moderation.core.model import Action, Author, Context, Draft, Kind, Observation, Ref, Role, Tier, Utterance, Verdict
from moderation.core.rules import Rulebook
from moderation.evaluate.__main__ import main
from moderation.evaluate.cases import Case, case_from
from moderation.evaluate.replay import replay
from moderation.rulebook import shipped

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
WRITER = Author("w", Role.YOUTH, "16-17", AT - timedelta(days=3))
READER = Author("r", Role.YOUTH, "13-15", AT - timedelta(days=90))
THREAT = "pay me or i'll send it to your whole school"
LONGEST = 10_000
ANY = st.text(st.characters(), max_size=300)  # every code point, halves of characters too


def draft(text: Any, **more: Any) -> Draft:
    return Draft(**{"author": WRITER, "kind": Kind.MESSAGE, "at": AT, "place": "room", "text": text, **more})


def context(*lines: Any, history: Any = None, **more: Any) -> Context:
    said = [Utterance(who, AT - timedelta(minutes=1), Ref(Kind.MESSAGE, "1"), text) for who, text in lines]
    return Context(**{"recent": said, "people": {"w": WRITER, "r": READER}, "history": history or {}, **more})


def screen(text: Any, around: Context | None = None, **more: Any) -> Verdict:
    return fail_closed.screen(shipped(), draft(text, **more), around or context(("r", "hi")))


def sound(verdict: Verdict, text: str) -> bool:
    """Whether this is a whole answer about `text`: nothing broke, and every mark lies inside."""
    inside = all(0 <= f.span.start < f.span.end <= len(text) for f in verdict.findings)
    return inside and not verdict.unscreened and verdict.action in set(Action) and verdict.score >= 0


# Runs that would make a careless reader or pattern work: each is repeated up to LONGEST characters.
REPEATED = {
    "a letter": "a",
    "letters apart": "a ",
    "letters dotted": "s.",
    "letters dashed": "a-b-",
    "an emoji that is a word": "📸",
    "emoji and words": "📸 tu ",
    "half a character": "\ud800",
    "other half first": "\udc00\ud800",
    "marks on marks": "\u0301",
    "nothing to see": "\u200b",
    "turned round": "\u202ea",
    "a ligature of eighteen": "ﷺ",
    "a NUL": "\0",
    "quotation marks": '"',
    "ends": "?!.",
    "lines": "\n",
    "at signs": "a@",
    "addresses that never end": "a.b-c+",
    "links that never start": "http://",
    "hosts": "a.co",
    "amounts": "$1,1",
    "times": "1:1",
    "brackets": "(555",
    "underscores": "_a",
    "stretched": "aaab",
    "stars": "a*b~",
    "gaps to try": "keep x ",
    "a phrase": "dont tell your mom ",
    "a phrase in disguise": "d0nt t3ll your m0m ",
    "reported each time": "he said dont tell your mom ",
    "told and asked": "send me a pic she asked me to ",
    "an excuse each time": "dont tell your mom its a surprise ",
    "a threat": "pay me or ",
    "Spanish": "no le digas a tu mama que ",
}


def filled(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@given(ANY, ANY, ANY)
def test_any_text_after_any_text_is_screened(before: str, between: str, text: str) -> None:
    for around in (context(("r", before), ("w", between)), Context()):
        assert sound(screen(text, around), text)


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_ten_thousand_characters_are_screened(unit: str) -> None:
    text = filled(unit, LONGEST)
    verdict = screen(text, context(("r", text), ("w", text)))
    assert sound(verdict, text)
    assert len(verdict.findings) <= 40


def test_every_word_that_opens_a_pattern_thousands_of_times() -> None:
    rulebook = shipped()
    anchors = sorted({anchor.rstrip("*") for _, pattern in rulebook.finder.patterns for anchor in pattern.anchors})
    for seed in range(3):
        shuffled = random.Random(seed).choices(anchors, k=LONGEST // 4)
        text = " ".join(shuffled)[:LONGEST]
        assert sound(screen(text), text)


def test_a_thousand_made_up_texts() -> None:
    """Pieces the reader and the patterns care about, in every order; always the same ones."""
    rng = random.Random(7)
    words = sorted(shipped().words.known)
    odd = [*REPEATED.values(), "@r", "555-0138", "a@b.org", "https://x.org/", "\ufeff", "\u2028", "İ", "ß", "½", "٣"]
    for _ in range(1000):
        made = [rng.choice(odd) if rng.random() < 0.4 else rng.choice(words) for _ in range(rng.randrange(30))]
        text = rng.choice(["", " ", "\n"]).join(made)
        assert sound(screen(text, context(("r", "hi"), ("w", rng.choice(words)))), text)


@pytest.mark.parametrize("text", [None, 3, 2.5, b"pay me", ["pay me"], {}, object()])
def test_what_is_no_text_waits_for_a_person(text: Any) -> None:
    for around in (context(), context(("r", "hi"), ("w", "and"))):
        verdict = screen(text, around)
        assert (verdict.action, verdict.unscreened, verdict.tier) == (Action.HOLD, True, Tier.P1)


@pytest.mark.parametrize(
    "more",
    [
        {"author": None},
        {"at": None},
        {"at": "18:00"},
        {"at": datetime(2026, 3, 2)},  # noqa: DTZ001 - a clock without a zone is the point
        {"author": Author("w", Role.YOUTH, "16-17", datetime(2026, 3, 2))},  # noqa: DTZ001
        {"author": Author("w", Role.YOUTH, "16-17", None)},  # type: ignore[arg-type]
        {"to": None},
    ],
)
def test_fields_of_a_wrong_kind_never_let_a_threat_pass(more: dict[str, Any]) -> None:
    assert screen(THREAT, **more).action is Action.HOLD


@pytest.mark.parametrize(
    ("author", "around"),
    [
        (Author("w", "robot", 7, AT), context(("r", "hi"))),  # type: ignore[arg-type]
        (Author("", Role.YOUTH, "99-100", AT), context(("r", "hi"))),
        (WRITER, Context()),
        (WRITER, context(("stranger", "hi"))),
        (WRITER, context(("r", "hi"), people={})),
        (WRITER, context(("r", ""), ("w", ""))),
        (Author("w", Role.YOUTH, "16-17", datetime.min.replace(tzinfo=UTC)), context(("r", "hi"))),
        (Author("w", Role.YOUTH, "16-17", datetime.max.replace(tzinfo=UTC)), context(("r", "hi"))),
    ],
    ids=[
        "a robot",
        "no id",
        "nobody there",
        "a stranger",
        "nobody described",
        "empty lines",
        "joined in year 1",
        "9999",
    ],
)
def test_missing_and_absurd_people_change_no_threat(author: Author, around: Context) -> None:
    verdict = screen(THREAT, around, author=author)
    assert (verdict.action, verdict.tier, verdict.unscreened) == (Action.HOLD, Tier.P0, False)


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 29, 40_000])
def test_a_clock_that_went_backwards_is_screened(days: int) -> None:
    then = AT + timedelta(days=days)
    history = {"w": [Observation("w", "r", "secrecy_request", 0.9, then, Ref(Kind.MESSAGE, "1"))]}
    recent = [
        Utterance("r", then, Ref(Kind.MESSAGE, "1"), "hi"),
        Utterance("w", then, Ref(Kind.MESSAGE, "2"), "pay me"),
    ]
    verdict = screen(THREAT, context(history=history, recent=recent, met={"r": then}))
    assert (verdict.action, verdict.tier, verdict.unscreened) == (Action.HOLD, Tier.P0, False)


@pytest.mark.parametrize("confidence", [float("inf"), None, "sure"])
def test_memories_of_a_wrong_kind_never_let_a_text_pass(confidence: Any) -> None:
    remembered = {"w": [Observation("w", "r", "secrecy_request", confidence, AT)]}
    assert screen("whats your address", context(("r", "hi"), history=remembered)).action is Action.HOLD


def test_a_score_that_is_no_number_is_not_screened(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Verdict:
        return Verdict(Action.PUBLISH, score=float("nan"))

    monkeypatch.setattr(fail_closed.pipeline, "screen", broken)
    verdict = screen("hello")
    assert (verdict.action, verdict.unscreened) == (Action.HOLD, True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | ANY,
        lambda inner: st.lists(inner) | st.dictionaries(ANY, inner),
        max_leaves=8,
    ),
    st.lists(
        st.fixed_dictionaries(
            {}, optional={"from": ANY | st.none(), "t": st.floats() | st.integers() | ANY, "text": ANY | st.none()}
        ),
        max_size=6,
    ),
)
def test_a_case_of_anything_is_replayed(odd: Any, messages: list[dict[str, Any]]) -> None:
    """Whatever a file holds in place of what it should: each message gets an answer."""
    people = {"A": {"role": odd, "band": odd, "tenure_days": odd}, "": odd}
    source = {
        "id": odd,
        "participants": people,
        "harm_onset": odd,
        "signals": odd,
        "concern": odd,
        "messages": messages,
    }
    found = replay(case_from(source, "x"), shipped())
    assert len(found.actions) == len(messages)
    assert found.unscreened == 0
    json.dumps(found.as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("days", [7_301, 40_000, 9_000_000, 10**30, float("nan"), float("inf"), -5])
def test_an_endless_membership_is_no_membership(days: float) -> None:
    source = {"participants": {"A": {"tenure_days": days}}, "messages": [{"from": "A", "text": THREAT}]}
    found = replay(case_from(source, "x"), shipped())
    assert (found.actions, found.unscreened) == (("hold",), 0)


def test_files_with_half_characters_are_evaluated_and_explained(tmp_path: Any, capsys: Any) -> None:
    path, out = tmp_path / "odd.jsonl", tmp_path / "out.jsonl"
    path.write_text('{"id": "\\ud800", "family": "\\udfff", "messages": [{"from": "\\ud801", "text": "hi \\ud800"}]}')
    assert main([str(path), "--processes", "1", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["actions"] == ["publish"]
    assert main([str(path), "--explain", "\\ud800"]) == 0
    assert "hi \\ud800" in capsys.readouterr().out


def worked(act: Callable[[], object]) -> int:
    """How many lines of moderation/core ran: the work, whatever the machine."""
    lines = 0

    def watch(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        if "moderation/core" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        act()
    finally:
        sys.settrace(before)
    return lines


# Twice the text may cost twice the work and a little for what is done once; the square would cost four times.
MOST_GROWTH = 2.4


@pytest.mark.parametrize("unit", [pytest.param(unit, id=name) for name, unit in REPEATED.items()])
def test_twice_the_text_is_twice_the_work_at_most(unit: str) -> None:
    short, long = filled(unit, 600), filled(unit, 1200)
    once, twice = (worked(lambda text=text: screen(text)) for text in (short, long))  # type: ignore[misc]
    assert twice <= once * MOST_GROWTH


def test_no_pattern_of_the_rulebook_can_try_without_bound(book: Rulebook) -> None:
    """Regular expressions work out of sight, so they are looked at: every repeat ends, but for the letters of one word.

    With MAX_WAYS ways from each place and words of 40 letters, what a pattern costs grows with the text alone.
    """
    lookups = [book.finder, book.gate_finder, book.open_calls, book.for_youth]
    lookups += [one for phrase in book.phrases for one in (phrase.alongside, phrase.unless) if one is not None]
    every = {pattern.source: pattern for one in lookups for _, pattern in one.patterns}
    assert len(every) > 500
    for source, pattern in every.items():
        bounded = pattern.regex.pattern.replace("[^ .?]+", "")
        assert "*" not in bounded.replace(r"\*", ""), source
        assert "+" not in bounded.replace(r"\+", ""), source
        assert phrases.compile_pattern(source, book.dictionary).regex.pattern == pattern.regex.pattern  # under MAX_WAYS


@pytest.fixture
def book() -> Rulebook:
    return shipped()


@pytest.mark.parametrize("case", [Case("x", ()), case_from({"messages": [{}] * 50}, "x")], ids=["empty", "all empty"])
def test_empty_talk_is_nothing(case: Case) -> None:
    assert set(replay(case, shipped()).actions) <= {"publish"}
