"""The desk in a browser without JavaScript: what comes first, what stays covered, what a refusal says and keeps."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community import clock
from community.i18n import translate
from moderation import service
from moderation.core.duties import Duty
from moderation.core.model import Context, Tier
from moderation.desk import health, pages
from moderation.ports import Line
from moderation.store.audit import AuditRow
from moderation.store.cases import Case, CaseState, Flag
from moderation.store.decisions import DecisionRow
from moderation.store.evidence import Evidence
from tests.factories import People, Someone
from tests.moderation.fakes import draft, message, reason, verdict


@dataclass
class Desk:
    people: People
    author: Someone
    target: Someone
    rowan: Someone

    def open(
        self,
        tier: Tier = Tier.P1,
        *,
        author: Someone | None = None,
        text: str = "i can pick you up",
        rule: str = "r3-meet",
    ) -> int:
        """A case on a line of its own; `author` other than the usual one makes it a case apart."""
        who = author or self.author
        number = 1000 + len(self.rows(Case)) + len(self.rows(Evidence))
        written = replace(draft(text, author=who.id), at=clock.now())
        found = verdict(reason(rule, tier), target=self.target.id)
        with self.people.house.database.writing() as session:
            return service.open_case(
                session, self.people.house.runtime, ref=message(number), draft=written, verdict=found, held=True
            )

    def rows(self, model: Any) -> list[Any]:
        with self.people.house.database.reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def page(self, path: str, who: Someone | None = None) -> str:
        answer = (who or self.rowan).http.get(path)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def decide(self, case_id: int, who: Someone | None = None, **fields: str) -> Any:
        with self.people.house.database.reading() as session:
            version = session.get_one(Case, case_id).version
        ready = {"version": str(version), "guideline": "no-concern", "confidence": "high", "reason": "Fine."}
        return (who or self.rowan).post(f"/desk/cases/{case_id}/decide", **{**ready, **fields})


@pytest.fixture
def desk(people: People) -> Desk:
    return Desk(
        people, people.member("fern-signal", days=2), people.member("slow-tuesday"), people.moderator(name="Rowan")
    )


def in_order(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'class="queue-row"[^>]*data-case="(\d+)"', page)]


def test_the_most_serious_comes_first_however_late_it_came(desk: Desk) -> None:
    quiet = [desk.open(Tier.P3, author=desk.people.member()) for _ in range(4)]
    late = desk.open(Tier.P2, author=desk.people.member())
    urgent = desk.open(Tier.P0)
    assert in_order(desk.page("/desk")) == [urgent, late, *quiet]
    assert desk.rowan.post("/desk/next").headers["Location"].endswith(f"/desk/cases/{urgent}")


def test_an_empty_queue_says_so(desk: Desk) -> None:
    assert "Nothing is waiting." in desk.page("/desk")
    assert desk.rowan.post("/desk/next").headers["Location"].endswith("/desk")


def test_the_fragment_for_live_updates_is_only_rows(desk: Desk) -> None:
    case_id = desk.open()
    rows = desk.page("/desk/queue-rows")
    assert in_order(rows) == [case_id]
    assert 'data-total="1"' in rows
    assert "<html" not in rows


def test_covered_words_are_nowhere_until_asked_and_marked_then(desk: Desk) -> None:
    case_id = desk.open()
    page = desk.page(f"/desk/cases/{case_id}")
    assert "pick you up" not in page
    assert "Covered text" in page
    line = desk.rows(Evidence)[0]
    shown = desk.rowan.post(f"/desk/cases/{case_id}/lines/{line.id}").get_data(as_text=True)
    assert "<mark>i ca</mark>n pick you up" in shown
    fetched = desk.rowan.http.post(
        f"/desk/cases/{case_id}/lines/{line.id}",
        headers={"Accept": "application/json", "X-CSRFToken": re.search(r'name="csrf_token" value="([^"]+)"', page)[1]},
    )
    assert fetched.json == {"pieces": [["i ca", True], ["n pick you up", False]], "heavy": 1}
    assert [row.event for row in desk.rows(AuditRow)].count("evidence:shown") == 2


def test_a_held_line_of_another_case_is_covered_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    host = desk.people.house.runtime.host
    at = clock.now()
    around = [
        Line(message(1), desk.target.id, at, "published", "an open line"),
        Line(message(2), desk.target.id, at, "held", "words that wait"),
        Line(message(3), desk.target.id, at, "removed", "words taken down"),
    ]
    monkeypatch.setattr(host, "context", lambda *_args, **_more: around)
    page = desk.page(f"/desk/cases/{desk.open()}")
    assert "an open line" in page
    assert "words that wait" not in page
    assert "words taken down" not in page


def test_a_line_another_case_flagged_is_covered_though_it_is_in_the_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone's worst line is not context to be read in passing."""
    other = desk.people.member("kite-mango")
    desk.open(author=other, text="their worst line")
    (flag,) = desk.rows(Flag)
    host, at = desk.people.house.runtime.host, clock.now()
    lines = [
        Line(flag.ref, other.id, at, "published", "@slow-tuesday their worst line"),
        Line(message(1), desk.target.id, at, "published", "an open line"),
    ]
    monkeypatch.setattr(host, "context", lambda *_args, **_more: lines)
    case_id = desk.open()
    page = desk.page(f"/desk/cases/{case_id}")
    assert "an open line" in page
    assert "their worst line" not in page
    covered = next(line for line in desk.rows(Evidence) if line.case_id == case_id and line.author_ref == other.id)
    shown = desk.rowan.post(f"/desk/cases/{case_id}/lines/{covered.id}").get_data(as_text=True)
    assert "their worst line" in shown


def test_a_rule_the_book_no_longer_has_breaks_no_page(desk: Desk) -> None:
    case_id = desk.open(rule="retired-long-ago")
    assert "Flagged message" in desk.page("/desk")
    assert "This message was flagged." in desk.page(f"/desk/cases/{case_id}")


def test_opening_a_case_is_written_down(desk: Desk) -> None:
    case_id = desk.open()
    desk.page(f"/desk/cases/{case_id}")
    last = desk.rows(AuditRow)[-1]
    assert (last.actor, last.event, last.subject) == (desk.rowan.id, "case:opened-page", f"case:{case_id}")


def test_a_taken_case_names_who_has_it(desk: Desk) -> None:
    case_id = desk.open()
    avery = desk.people.moderator(name="Avery")
    assert desk.rowan.post(f"/desk/cases/{case_id}/claim").status_code == 303
    refused = avery.post(f"/desk/cases/{case_id}/claim")
    assert refused.status_code == 409
    assert "Rowan has this case until" in refused.get_data(as_text=True)
    assert "Rowan is on it" in desk.page("/desk", avery)
    assert desk.decide(case_id, avery).status_code == 409


def test_a_stale_decision_says_what_is_new_and_keeps_what_was_typed(desk: Desk) -> None:
    case_id = desk.open()
    desk.people.moderator(name="Avery").post(f"/desk/cases/{case_id}/note", text="see the other line")
    refused = desk.decide(case_id, version="1", reason="My own words about it.", **{"keep-open": "yes"})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "note for the team" in page
    assert "My own words about it." in page
    assert re.search(r'name="keep-open"[^>]*checked', page)


@pytest.mark.parametrize("missing", ["guideline", "confidence", "reason"])
def test_dismissing_needs_its_reasons_too(desk: Desk, missing: str) -> None:
    case_id = desk.open()
    refused = desk.decide(case_id, **{missing: ""})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.get_data(as_text=True)


def test_a_waiting_line_must_be_decided_before_closing(desk: Desk) -> None:
    refused = desk.decide(desk.open())
    assert refused.status_code == 422
    assert "A held message has no outcome yet" in refused.get_data(as_text=True)


def test_after_deciding_the_way_back_stays_at_hand(desk: Desk) -> None:
    with desk.people.house.database.writing() as session:
        talk = service.ask_staff(
            session, desk.people.house.runtime, person_id=desk.target.id, text="can we talk", ref=None, at=clock.now()
        )
    to = desk.decide(talk, guideline="care", then="next").headers["Location"]
    page = desk.page(to)
    assert f"Case {talk} is decided." in page
    undo = re.search(r'action="(/desk/decisions/\d+/undo)"', page)
    assert undo is not None
    assert "is decided." not in desk.page(to, desk.people.moderator(name="Avery"))
    assert desk.rowan.post(undo[1]).status_code == 303
    assert in_order(desk.page("/desk")) == [talk]


def test_keeping_a_case_open_and_going_on_leads_to_another(desk: Desk) -> None:
    first, second = desk.open(Tier.P0), desk.open(author=desk.people.member())
    to = desk.decide(first, then="next", **{"keep-open": "yes"}).headers["Location"]
    assert f"/desk/cases/{second}" in to


def test_staff_in_a_case_neither_see_nor_open_it(desk: Desk) -> None:
    insider = desk.people.moderator(name="Avery")
    case_id = desk.open(author=insider)
    assert in_order(desk.page("/desk", insider)) == []
    assert insider.http.get(f"/desk/cases/{case_id}").status_code == 404
    assert insider.post(f"/desk/cases/{case_id}/lines/1").status_code == 404
    assert desk.decide(case_id, insider).status_code == 404


def test_reading_without_deciding_has_no_form(desk: Desk) -> None:
    case_id = desk.open()
    reader = desk.people.staff(Duty.CASE_READ, name="Sam")
    page = desk.page(f"/desk/cases/{case_id}", reader)
    assert 'id="decision"' not in page
    assert "Deciding is another duty" in page
    assert desk.decide(case_id, reader).status_code == 403


def test_a_break_is_only_offered_with_its_duty(desk: Desk) -> None:
    case_id = desk.open()
    without = desk.people.staff(Duty.CASE_READ, Duty.CASE_DECIDE, name="Sam")
    assert 'name="break-' not in desk.page(f"/desk/cases/{case_id}", without)
    page = desk.page(f"/desk/cases/{case_id}")
    assert 'name="break-' in page
    assert re.findall(r'<option value="\d+">(\d+ (?:hour|day)s?)</option>', page) == [
        "1 hour",
        "4 hours",
        "1 day",
        "3 days",
        "7 days",
    ]


def test_what_was_before_is_counted_and_named(desk: Desk) -> None:
    rulebook, at = desk.people.house.runtime.rulebook, clock.now()
    first = desk.open()
    asked = service.screen(rulebook, replace(draft("how old are you", author=desk.author.id), at=at), Context())
    with desk.people.house.database.writing() as session:
        seen = replace(asked.observations[0], target_id=desk.target.id, ref=message(1), at=at - timedelta(days=3))
        service.remember(session, [seen])
        session.get_one(Case, first).flagged_at -= timedelta(days=9)
    second = desk.open()
    assert second != first
    page = desk.page(f"/desk/cases/{second}")
    assert "Towards slow-tuesday: 1 such message" in re.sub("[\u2068\u2069]", "", page)
    assert f'href="/desk/cases/{first}"' in page


def test_missing_cases_lines_and_decisions_are_not_found(desk: Desk) -> None:
    case_id = desk.open()
    other = desk.open(author=desk.people.member())
    line = desk.rows(Evidence)[0]
    assert desk.rowan.http.get("/desk/cases/99999").status_code == 404
    assert desk.rowan.post(f"/desk/cases/{other}/lines/{line.id}").status_code == 404
    assert desk.rowan.post("/desk/decisions/99999/undo").status_code == 404
    assert desk.rowan.post(f"/desk/cases/{case_id}/lines/{line.id}").status_code == 200


def test_the_desk_speaks_spanish(people: People) -> None:
    desk = Desk(people, people.member(), people.member(), people.moderator(name="Rowan", language="es"))
    page = desk.page(f"/desk/cases/{desk.open()}")
    assert "Por qué está aquí" in page
    assert "Texto cubierto" in page


def test_what_was_decided_stays_in_reach_with_its_undo(desk: Desk) -> None:
    first, second = desk.open(author=desk.people.member()), desk.open(author=desk.people.member())
    with desk.people.house.database.writing() as session:
        for number, case_id in enumerate((first, second)):
            case = session.get_one(Case, case_id)
            case.state, case.decided_by = CaseState.DECIDED, desk.rowan.id
            case.decided_at = clock.now() - timedelta(minutes=10 - number)
    page = desk.page("/desk/decided")
    assert [int(one) for one in re.findall(r"/desk/cases/(\d+)", page)] == [second, first]
    assert f"/desk/cases/{first}" not in desk.page(f"/desk/decided?before={first}")
    assert f"/desk/cases/{first}" in desk.page(f"/desk/decided?before={second}")


def test_a_ready_note_is_in_the_language_its_reader_chose(desk: Desk) -> None:
    spanish = desk.people.member("luna-clara", language="es")
    page = desk.page(f"/desk/cases/{desk.open(author=spanish)}")
    assert "Hola, luna-clara. Soy Rowan" in page
    assert "reads Spanish" in page
    assert "Hi slow-tuesday. I&#39;m Rowan" in page


def test_flagged_messages_have_the_same_number_at_the_line_and_at_the_choice(desk: Desk) -> None:
    case_id = desk.open()
    desk.open(text="tell nobody")
    page = desk.page(f"/desk/cases/{case_id}")
    assert [page.count(f"message {number}") for number in (1, 2, 3)] == [1, 1, 0]
    assert [page.count(f"Message {number}, flagged") for number in (1, 2, 3)] == [1, 1, 0]


def plain(page: str) -> str:
    return re.sub("[\u2068\u2069]", "", page)


def answer(desk: Desk, case_id: int, text: str, who: Someone) -> None:
    with desk.people.house.database.writing() as session:
        service.member_reply(
            session, desk.people.house.runtime, case_id=case_id, person_id=who.id, text=text, at=clock.now()
        )


def care_case(desk: Desk, *, care: tuple[Tier, str] = (Tier.P0, "self_harm_crisis")) -> int:
    tier, rule = care
    written = replace(draft("i took a bunch of pills", author=desk.author.id), at=clock.now())
    found = verdict(reason(rule, tier, signals=(rule,)), target=desk.target.id)
    with desk.people.house.database.writing() as session:
        runtime = desk.people.house.runtime
        return service.open_case(session, runtime, ref=message(5000), draft=written, verdict=found, held=False)


def test_an_answer_on_a_case_already_looked_at_stands_out_with_its_words_and_a_clock(desk: Desk) -> None:
    case_id = desk.open(Tier.P2)
    desk.rowan.post(f"/desk/cases/{case_id}/claim")
    assert "on time" in desk.page("/desk")
    answer(desk, case_id, "i took a bunch of pills", desk.author)
    row = plain(desk.page("/desk/queue-rows"))
    assert "on time" not in row
    assert 'class="wrote"' in row
    assert re.search(r"1[45] min left", row)
    page = desk.page(f"/desk/cases/{case_id}")
    assert page.index("i took a bunch of pills") < page.index('id="why"')


def test_taking_a_late_case_does_not_make_it_on_time(desk: Desk) -> None:
    case_id = desk.open(Tier.P1)
    with desk.people.house.database.writing() as session:
        session.get_one(Case, case_id).deadline = clock.now() - timedelta(minutes=5, seconds=30)
    desk.rowan.post(f"/desk/cases/{case_id}/claim")
    row = plain(desk.page("/desk/queue-rows"))
    assert "late by 6 min" in row
    assert "on time" not in row


def test_in_a_care_case_its_author_comes_first_and_no_arrow_points_at_anybody(desk: Desk) -> None:
    page = plain(desk.page(f"/desk/cases/{care_case(desk)}"))
    assert "→" not in page
    assert "also there: slow-tuesday" in re.sub(r"\s+", " ", page)
    assert re.findall(r'name="care-([^"]+)"', page) == [desk.author.id, desk.target.id]


def test_a_report_that_joined_says_so_near_the_top_with_its_topic_and_words(desk: Desk) -> None:
    host = desk.people.house.runtime.host
    case_id = desk.open(Tier.P2)
    said = Line(message(1), desk.author.id, clock.now(), "published", "an open line")
    with pytest.MonkeyPatch.context() as patch, desk.people.house.database.writing() as session:
        patch.setattr(host, "context", lambda *_args, **_more: [said])
        joined = service.report(
            session, desk.people.house.runtime, ref=message(1), reporter_id=desk.target.id, topic="mean",
            note="he keeps calling me names", at=clock.now(),
        )  # fmt: skip
    assert joined == case_id
    page = desk.page(f"/desk/cases/{case_id}")
    assert page.index("Told us: mean or hateful") < page.index("he keeps calling me names") < page.index('id="why"')


def test_a_reason_seldom_decided_on_is_not_judged(desk: Desk) -> None:
    case_id = care_case(desk)
    desk.decide(case_id, guideline="no-concern")
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    assert "not known yet" in page
    assert "right 0 of" not in page


def test_a_care_decision_counts_as_right_for_the_reason_to_care(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_DECIDED", 1)
    case_id = care_case(desk)
    desk.decide(case_id, guideline="care", **{f"care-{desk.author.id}": "yes", f"note-{desk.author.id}": "Hi"})
    assert "right 1 of 1" in plain(desk.page(f"/desk/cases/{case_id}"))


def test_a_care_case_where_nothing_was_wrong_counts_as_a_mistake(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_DECIDED", 1)
    case_id = care_case(desk)
    desk.decide(case_id, guideline="no-concern")
    assert "right 0 of 1" in plain(desk.page(f"/desk/cases/{case_id}"))


def taken_back(desk: Desk, case_id: int, monkeypatch: pytest.MonkeyPatch) -> Evidence:
    """The held line of this case, which its author takes back after it was copied."""
    line = next(one for one in desk.rows(Evidence) if one.case_id == case_id)
    now = Line(line.ref, line.author_ref, line.at, "withdrawn", line.text)
    host = desk.people.house.runtime.host
    monkeypatch.setattr(host, "context", lambda _session, ref, **_more: [now] if ref == line.ref else [])
    return line


def test_what_was_taken_back_says_so_and_can_only_be_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = desk.open()
    line = taken_back(desk, case_id, monkeypatch)
    page = desk.page(f"/desk/cases/{case_id}")
    assert page.count('<span class="tag">taken back</span>') == 2
    assert '<span class="tag">held</span>' not in page
    assert f'name="line-message:{line.ref_id}"' not in page
    assert desk.decide(case_id).status_code == 303


def test_letting_through_what_was_taken_back_says_which_message(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = desk.open()
    line = taken_back(desk, case_id, monkeypatch)
    refused = desk.decide(case_id, **{f"line-message:{line.ref_id}": "release"})
    assert refused.status_code == 409
    assert "Message 1 was taken back by its writer" in plain(refused.get_data(as_text=True))


def test_a_choice_about_a_held_message_can_be_unpicked(desk: Desk) -> None:
    case_id = desk.open()
    page = desk.page(f"/desk/cases/{case_id}")
    assert re.search(r'name="line-message:\d+" value="" checked', page)
    name = re.search(r'name="(line-message:\d+)"', page)
    assert name is not None
    assert desk.decide(case_id, **{name[1]: ""}).status_code == 422
    assert desk.decide(case_id, **{name[1]: "", "keep-open": "yes"}).status_code == 303


def test_a_decided_case_says_what_was_done_and_an_undo_that_the_note_stays(desk: Desk) -> None:
    case_id = care_case(desk)
    note = {f"care-{desk.author.id}": "yes", f"note-{desk.author.id}": "Hi, how are you now?"}
    desk.decide(case_id, guideline="care", reason="She needs a call.", **note)
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    for words in (
        "A note went to fern-signal.",
        "Hi, how are you now?",
        "No rule: this is about care.",
        "For the team: She needs a call.",
        "Taking this back does not call the note back",
    ):
        assert words in page
    assert "A note went to fern-signal." in plain(desk.page("/desk/decided"))
    undo = re.search(r'action="(/desk/decisions/\d+/undo)"', page)
    assert undo is not None
    desk.rowan.post(undo[1])
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    assert "Taken back by Rowan" in page
    assert "A note went to fern-signal." in page
    assert "Taking the decision back did not call it back" in page
    assert undo[1] not in page


def test_a_break_and_a_line_kept_down_are_said_in_words(desk: Desk) -> None:
    case_id = desk.open()
    (line,) = desk.rows(Evidence)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.people.house.runtime.host, "apply", lambda *_args, **_more: None)
        fields = {f"line-message:{line.ref_id}": "remove", f"break-{desk.author.id}": "24", "told": "Not here."}
        assert desk.decide(case_id, guideline="private-offers", **fields).status_code == 303
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    assert "1 message was kept from the room. fern-signal got a break from the rooms: 1 day." in page
    assert "For the person concerned: Not here." in page


def test_a_line_shown_twice_counts_once_and_the_page_can_say_so_at_once(desk: Desk) -> None:
    case_id = desk.open()
    (line,) = desk.rows(Evidence)
    for _ in range(2):
        desk.rowan.post(f"/desk/cases/{case_id}/lines/{line.id}")
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    assert "shown in the last 24 hours: 1 (20 are enough for one person)</p>" in page
    assert 'data-text="Covered lines you have shown in the last 24 hours: {n} (20 are' in page


def test_an_answer_to_a_closed_case_leads_back_to_it(desk: Desk) -> None:
    case_id = care_case(desk)
    desk.decide(case_id, guideline="care")
    answer(desk, case_id, "i took a bunch of pills", desk.author)
    (talk,) = in_order(desk.page("/desk"))
    page = plain(desk.page(f"/desk/cases/{talk}"))
    assert f"This answers a note from case {case_id}." in page
    assert re.search(r"1[45] min left", page)


def around(desk: Desk, monkeypatch: pytest.MonkeyPatch, *lines: Line) -> None:
    """What stood in the room around whatever is flagged next."""
    monkeypatch.setattr(desk.people.house.runtime.host, "context", lambda *_args, **_more: list(lines))


def test_what_others_said_in_between_is_folded_away_and_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at, other, friend = clock.now(), desk.people.member("kite-mango"), desk.people.member("paper-comet")
    around(
        desk,
        monkeypatch,
        Line(message(1), desk.target.id, at, "published", "by the one it was written to"),
        Line(message(2), other.id, at, "published", "soccer at noon"),
        Line(message(3), friend.id, at, "held", "words of another case"),
        Line(message(4), other.id, at, "published", "@slow-tuesday hey that is odd"),
        Line(message(5), friend.id, at, "published", "ok then", answers=desk.author.id),
        Line(message(6), friend.id, at, "published", "@kite-mango me too"),
    )
    page = plain(desk.page(f"/desk/cases/{desk.open()}"))
    folds = [re.sub(r"\s+", " ", one) for one in re.findall(r"<details class=\"fold\">(.*?)</details>", page, re.S)]
    asides = [one for one in folds if "by others" in one]
    assert ["2 lines by others" in asides[0], "1 line by others" in asides[1]] == [True, True]
    assert ["soccer" in asides[0], "me too" in asides[1]] == [True, True]
    assert "words of another case" not in page
    for seen in ("by the one it was written to", "hey that is odd", "ok then"):
        assert seen in page
        assert not any(seen in one for one in asides)


def test_a_flagged_line_is_never_folded_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = desk.people.member("kite-mango")
    around(
        desk, monkeypatch, Line(message(1000), stranger.id, clock.now(), "held", "whoever is said to have written it")
    )
    page = desk.page(f"/desk/cases/{desk.open()}")
    assert "by others" not in page
    assert page.count('class="line is-flagged"') == 1


def test_what_they_wrote_since_is_shown_as_it_is_now_and_covered_like_the_rest(desk: Desk) -> None:
    desk.people.room()
    stranger = desk.people.member("kite-mango")
    case_id = desk.open()
    for who, text in (
        (desk.author, "are you there"),
        (stranger, "soccer at noon"),
        (desk.author, "send the money by tonight or i show everyone your picture"),
        (desk.target, "yes i am"),
    ):
        sent = {"room": "talk", "client_id": text[:20], "text": text}
        who.socket().emit("message:send", sent, callback=True)
    elsewhere = desk.open(author=stranger, text="later, and apart")
    assert elsewhere != case_id
    held = next(line for line in desk.rows(Evidence) if "money" in line.text)
    page = plain(desk.page(f"/desk/cases/{case_id}"))
    since = page[page.index('id="since-title"') :] if 'id="since-title"' in page else ""
    assert held.case_id == case_id  # what was flagged since is part of the case already
    assert "are you there" in page
    assert "yes i am" in since
    assert "soccer" not in since
    assert "money by tonight" not in page


def test_a_covered_line_written_since_is_fetched_by_reference_and_written_down(desk: Desk) -> None:
    desk.people.room()
    case_id = desk.open()
    sent = {"room": "talk", "client_id": "x", "text": "i said that badly"}
    number = desk.author.socket().emit("message:send", sent, callback=True)["message"]["id"]
    assert "i said that badly" in desk.page(f"/desk/cases/{case_id}")
    assert desk.author.post(f"/messages/{number}/withdraw").status_code in (200, 204, 303)
    assert "i said that badly" not in desk.page(f"/desk/cases/{case_id}")
    path = f"/desk/cases/{case_id}/since/message:{number}"
    assert "i said that badly" in desk.rowan.post(path).get_data(as_text=True)
    looked = [(row.event, row.subject) for row in desk.rows(AuditRow)]
    assert ("content:shown", f"message:{number}") in looked
    assert "shown in the last 24 hours: 1 (" in plain(desk.page(f"/desk/cases/{case_id}"))
    assert desk.rowan.post(f"/desk/cases/{desk.open(author=desk.target)}/since/message:{number}").status_code == 404
    assert desk.rowan.post(f"/desk/cases/{case_id}/since/message:999").status_code == 404
    for nothing in ("listing:x", "message:²", "message:٣", "message:" + "9" * 26, "message:" + "9" * 5000):
        assert desk.rowan.post(f"/desk/cases/{case_id}/since/{nothing}").status_code == 404, nothing[:20]


def test_in_a_care_case_only_its_author_is_followed(desk: Desk) -> None:
    desk.people.room()
    case_id = care_case(desk)
    for who in (desk.author, desk.target):
        sent = {"room": "talk", "client_id": "x", "text": f"a line by {who.name}"}
        who.socket().emit("message:send", sent, callback=True)
    page = desk.page(f"/desk/cases/{case_id}")
    assert "a line by fern-signal" in page
    assert "a line by slow-tuesday" not in page


def test_enough_for_a_day_says_so_and_offers_something_lighter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = desk.open(Tier.P0)
    light = desk.open(Tier.P2, author=desk.people.member())
    monkeypatch.setattr(pages, "HEAVY_A_DAY", 2)
    lines = desk.rows(Evidence)
    for line, said in ((lines[0], False), (lines[0], False), (lines[1], True)):
        page = plain(desk.rowan.post(f"/desk/cases/{line.case_id}/lines/{line.id}").get_data(as_text=True))
        assert ('id="rest" hidden' not in page) is said
    assert 'id="rest" hidden' not in desk.page("/desk")
    assert 'id="rest" hidden' in desk.page("/desk", desk.people.moderator(name="Avery"))
    assert desk.rowan.post("/desk/next?lighter=yes").headers["Location"].endswith(f"/desk/cases/{light}")
    assert desk.rowan.post("/desk/next").headers["Location"].endswith(f"/desk/cases/{heavy}")


def test_what_was_shown_the_day_before_counts_no_more(desk: Desk) -> None:
    case_id = desk.open()
    (line,) = desk.rows(Evidence)
    desk.rowan.post(f"/desk/cases/{case_id}/lines/{line.id}")
    for hours, shown in ((23, 1), (25, 0)):
        with desk.people.house.database.reading() as session:
            since = clock.now() + timedelta(hours=hours) - timedelta(days=1)
            assert service.count_shown(session, desk.rowan.id, since) == shown


def test_many_held_messages_can_be_decided_at_once_and_each_still_alone(desk: Desk) -> None:
    case_id = desk.open()
    assert 'name="all-held"' not in desk.page(f"/desk/cases/{case_id}")
    for number in range(4):
        desk.open(text=f"another {number}")
    page = desk.page(f"/desk/cases/{case_id}")
    assert "All 5 held messages" in plain(page)
    assert page.index("Decide one by one") < page.index("Message 1, flagged")
    own = dict.fromkeys(re.findall(r'name="(line-message:\d+)"', page), "")
    only = next(iter(own))
    with pytest.MonkeyPatch.context() as patch:
        done: list[object] = []
        patch.setattr(desk.people.house.runtime.host, "apply", lambda _session, effect, **_more: done.append(effect))
        fields = {**own, only: "remove", "all-held": "release", "told": "Not here."}
        assert desk.decide(case_id, **fields).status_code == 303
    assert [type(effect).__name__ for effect in done] == ["Release"] * 4 + ["Remove"]
    outcomes = [flag.outcome.value for flag in desk.rows(Flag)]
    assert sorted(outcomes) == ["released"] * 4 + ["removed"]


def test_the_adviser_that_is_not_there_is_said_at_the_queue_and_not_in_every_case(desk: Desk) -> None:
    assert "Toxicity adviser" in desk.page("/desk")
    assert "Toxicity adviser" not in desk.page(f"/desk/cases/{desk.open()}")


@pytest.mark.parametrize(("language", "case", "message"), [("en", "case", "message"), ("es", "caso", "mensaje")])
def test_giving_a_case_back_and_letting_a_message_through_say_which_is_which(
    language: str, case: str, message: str
) -> None:
    back, through = (translate(language, one) for one in ("desk-let-go", "desk-do-release"))
    assert (case in back, message in back) == (True, False)
    assert (case in through, message in through) == (False, True)
    assert back.split()[0] != through.split()[0]


def test_ready_words_for_the_person_are_in_their_language_and_an_empty_field_is_still_refused(desk: Desk) -> None:
    spanish = desk.people.member("luna-clara", language="es")
    case_id = desk.open(author=spanish)
    page = html.unescape(desk.page(f"/desk/cases/{case_id}"))
    assert len(re.findall(r'data-told="[^"]{40,}"', page)) == len(service.GUIDELINES)
    assert 'data-told="Las fotos se pueden pasar' in page
    assert re.search(r'<textarea[^>]*name="told"[^>]*lang="es"[^>]*></textarea>', page)
    lines = dict.fromkeys(re.findall(r'name="(line-message:\d+)"', page), "remove")
    refused = desk.decide(case_id, guideline="pictures", told="  ", **lines)
    assert refused.status_code == 422
    said = html.unescape(refused.get_data(as_text=True))
    assert "Write why, for the person concerned." in said
    assert re.search(r'<textarea[^>]*name="told"[^>]*>Las fotos se pueden pasar', said)


def test_what_nobody_was_told_is_not_kept_as_if_they_were(desk: Desk) -> None:
    case_id = care_case(desk)
    desk.decide(case_id, guideline="care", told="Ready words nobody got.")
    assert "For the person concerned" not in desk.page(f"/desk/cases/{case_id}")
    assert [row.told for row in desk.rows(DecisionRow)] == [""]


def test_an_age_says_where_it_comes_from(desk: Desk) -> None:
    page = plain(desk.page(f"/desk/cases/{desk.open()}"))
    assert page.count("age band 16-17, from their join code") == 2
    for someone, words in (
        (desk.people.moderator(name="Avery"), "adult: staff account"),
        (desk.people.provider(name="Cedar desk"), "adult: provider account"),
    ):
        page = plain(desk.page(f"/desk/cases/{desk.open(author=someone)}"))
        assert page.count(words) == 1
        assert page.count("from their join code") == 1
    assert "never guessed" in page


def test_a_case_is_found_by_its_language_and_one_without_is_found_by_all(desk: Desk) -> None:
    made = {
        name: desk.open(author=desk.people.member(), text=text)
        for name, text in (
            ("en", "i can pick you up at the station"),
            ("es", "yo paso por ti y te llevo a mi casa"),
            ("", "lol omg"),
        )
    }
    mixed = desk.people.member()
    made["mixed"] = desk.open(author=mixed, text="i can pick you up at the station")
    assert desk.open(author=mixed, text="yo paso por ti y te llevo a mi casa") == made["mixed"]
    assert {one.id: one.language.value for one in desk.rows(Case)} == {number: name for name, number in made.items()}
    assert in_order(desk.page("/desk")) == list(made.values())
    for language in ("en", "es", "mixed"):
        page = plain(desk.page(f"/desk?language={language}"))
        found = {made[language], made["mixed"], made[""]}
        assert set(in_order(page)) == found
        assert f"{len(found)} of 4 open cases" in page
        assert set(in_order(desk.page(f"/desk/queue-rows?language={language}"))) == found
    assert len(in_order(desk.page("/desk?language=xx"))) == 4
    desk.people.moderator(name="Avery").post(f"/desk/cases/{made['mixed']}/claim")
    desk.people.moderator(name="Sam").post(f"/desk/cases/{made['']}/claim")
    taken = desk.rowan.post("/desk/next?language=es").headers["Location"]
    assert f"/desk/cases/{made['es']}?language=es" in taken


def test_the_language_asked_for_stays_whatever_is_done_to_a_case(desk: Desk) -> None:
    """Taking it, letting go, a note, a covered line, deciding, undoing; and every way on from its page."""
    case_id = desk.open(text="yo paso por ti y te llevo a mi casa")
    (line,) = desk.rows(Evidence)
    here, asked = f"/desk/cases/{case_id}", "?language=es"
    done = desk.rowan.post(f"{here}/note{asked}", text="look")
    assert done.headers["Location"].endswith(here + asked)
    for act, to in (("claim", here), ("let-go", "/desk")):
        assert desk.rowan.post(f"{here}/{act}{asked}").headers["Location"].endswith(to + asked)
    desk.rowan.post(f"{here}/claim")
    pages_of_it = [
        desk.page(here + asked),
        desk.rowan.post(f"{here}/lines/{line.id}{asked}").get_data(as_text=True),
        desk.page(f"/desk{asked}"),
    ]
    for page in pages_of_it:
        ways = re.findall(r'(?:href|action)="(/desk[^"]*)"', page.split('class="language-filter"')[0])
        assert len(ways) > 1
        assert not [way for way in ways if "language=es" not in way]
        assert '"rest": "/desk?language=es"' in html.unescape(page)
    with desk.people.house.database.reading() as session:
        version = session.get_one(Case, case_id).version
    fields = {"version": str(version), "guideline": "no-concern", "confidence": "high", "reason": "Fine."}
    lines = dict.fromkeys(re.findall(r'name="(line-message:\d+)"', pages_of_it[0]), "remove")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.people.house.runtime.host, "apply", lambda *_args, **_more: None)
        decided = desk.rowan.post(f"{here}/decide{asked}", then="stay", told="No.", **fields, **lines)
        assert decided.headers["Location"].endswith(here + asked)
        assert f'action="/desk/decisions/1/undo{asked}"' in desk.page(here + asked)
        undone = desk.rowan.post(f"/desk/decisions/1/undo{asked}")
    assert undone.headers["Location"].endswith(here + asked)


def test_all_languages_are_one_link_away_and_a_made_up_one_is_not_kept(desk: Desk) -> None:
    desk.open()
    ways = re.findall(r'<a class="tag" href="([^"]*)"', desk.page("/desk?language=es"))
    assert ways == ["/desk", "/desk?language=en", "/desk?language=es", "/desk?language=mixed"]
    assert "language=xx" not in desk.page("/desk?language=xx")


def test_a_filter_never_silences_what_cannot_wait(desk: Desk) -> None:
    desk.open(Tier.P0, text="i can pick you up at the station")
    rows = desk.page("/desk/queue-rows?language=es")
    assert in_order(rows) == []
    assert 'data-total="1" data-now="yes"' in rows


def test_the_talk_around_says_nothing_of_the_language(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = Line(message(1), desk.target.id, clock.now(), "published", "hola que tal, como te va por aqui")
    around(desk, monkeypatch, spanish)
    desk.open(text="i can pick you up at the station")
    assert desk.rows(Case)[0].language.value == "en"


def test_nobody_reads_a_stranger_or_an_older_line_through_a_case(desk: Desk) -> None:
    desk.people.room()
    sent = {"room": "talk", "client_id": "x", "text": "a line of my own"}
    older = desk.author.socket().emit("message:send", sent, callback=True)["message"]["id"]
    case_id = desk.open()
    stranger = desk.people.member("kite-mango").socket().emit("message:send", sent, callback=True)["message"]["id"]
    later = desk.target.socket().emit("message:send", sent, callback=True)["message"]["id"]
    care = care_case(desk)
    for case, number, status in (
        (case_id, older, 404),
        (case_id, stranger, 404),
        (case_id, later, 200),
        (care, later, 404),
    ):
        assert desk.rowan.post(f"/desk/cases/{case}/since/message:{number}").status_code == status
    assert [row.event for row in desk.rows(AuditRow)].count("content:shown") == 1
