"""The queue as one staff member sees it: open cases, most urgent first; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true, tuple_
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from moderation.core.language import Language
from moderation.core.model import Tier
from moderation.desk.done import Done, in_words, people_of
from moderation.ports import Person, Staff
from moderation.runtime import Runtime
from moderation.store.cases import Case, CaseKind, CasePerson, CaseState
from moderation.store.decisions import DecisionRow

PAGE = 50
# Reasons the desk has words for itself: what comes from people or from the house, not from a rule.
OWN_WORDS = frozenset(
    {
        "talk",
        "report-move",
        "report-pictures",
        "report-offer",
        "report-mean",
        "report-worry",
        "report-other",
        "system-unscreened",
        "member-asked-review",
        "case-still-open",
        "toxicity-adviser",
        "conduct",
        "care",
    }
)
LIGHTER = (Tier.P2, Tier.P3)
TIER_NAMES = {Tier.P0: "now", Tier.P1: "today", Tier.P2: "digest", Tier.P3: "log"}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for staff: from the rulebook (`text`), or an id of the desk's own texts (`text_id`)."""

    text: str
    text_id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the queue. `left` is minutes to its deadline, negative when late, None without a clock.

    Once somebody looked (`looked_at`) it is what was left then: taking a late case does not make it on time.
    """

    id: int
    tier: str
    kind: str
    title: Words
    left: int | None
    looked_at: bool
    who: str = field(repr=False)
    holder: str
    mine: bool
    replied: bool
    language: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Open cases, most urgent first, of one `language` or all; and how many there are in all, whichever are shown.

    `urgent`: a case that can't wait has had no human look, shown or not.
    """

    rows: Sequence[Row]
    total: int
    shown: int
    unscreened: int
    urgent: bool
    more: bool
    language: Language


def queue(
    session: Session, runtime: Runtime, staff: Staff, *, language: Language = Language.UNKNOWN, limit: int = PAGE
) -> Queue:
    """Open cases by tier, then deadline; those this person is in are left out. Five statements, whatever the size."""
    waiting = (Case.state == CaseState.OPEN, _not_in_it(staff))
    wanted = _reads(language)
    cases = session.scalars(
        select(Case).where(*waiting, wanted).order_by(Case.tier, Case.deadline, Case.id).limit(limit + 1)
    ).all()
    asked = (wanted, Case.kind == CaseKind.UNSCREENED, and_(Case.tier == Tier.P0, Case.looked_at.is_(None)))
    sums = (func.coalesce(func.sum(sql_case((one, 1), else_=0)), 0) for one in asked)
    total, shown, unscreened, urgent = session.execute(select(func.count(), *sums).where(*waiting)).one()
    people = runtime.host.people(session, people_in(cases))
    now = runtime.clock()
    rows = [row_of(case, runtime, staff, people, now) for case in cases[:limit]]
    return Queue(rows, total, int(shown), int(unscreened), bool(urgent), len(cases) > limit, language)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decided case in the list of what was done: who decided it, when, and what it did."""

    id: int
    title: Words
    who: str = field(repr=False)
    by: str
    at: datetime
    done: Done | None


def decided(session: Session, runtime: Runtime, staff: Staff, *, before: int = 0, limit: int = PAGE) -> list[Decided]:
    """Decided cases, newest decision first, after case `before` in that order; those this person is in are left out."""
    done = select(Case).where(Case.state == CaseState.DECIDED, _not_in_it(staff))
    last = session.get(Case, before) if before else None
    if last is not None and last.decided_at is not None:
        done = done.where(tuple_(Case.decided_at, Case.id) < tuple_(last.decided_at, last.id))
    cases = session.scalars(done.order_by(Case.decided_at.desc(), Case.id.desc()).limit(limit)).all()
    standing = (DecisionRow.case_id.in_([case.id for case in cases]), DecisionRow.undone_at.is_(None))
    # In order, so that the newest of a case is the one that stays.
    rows = {row.case_id: row for row in session.scalars(select(DecisionRow).where(*standing).order_by(DecisionRow.id))}
    wanted = {ref for case in cases for ref in (case.subject_ref, case.decided_by) if ref}
    people = runtime.host.people(session, wanted.union(*map(people_of, rows.values())))

    def name(ref: str | None) -> str:
        return people[ref].name if ref is not None and ref in people else ""

    return [
        Decided(
            case.id,
            wording(runtime, case.title, staff.language, title=True),
            name(case.subject_ref),
            name(case.decided_by),
            case.decided_at,
            in_words(rows[case.id], people) if case.id in rows else None,
        )
        for case in cases
        if case.decided_at is not None
    ]


def next_case(
    session: Session,
    runtime: Runtime,
    staff: Staff,
    *,
    after: int = 0,
    lighter: bool = False,
    language: Language = Language.UNKNOWN,
) -> int | None:
    """The most urgent open case nobody else holds, the one just left (`after`) aside; None when there is none.

    `lighter` leaves out what is now or today: for someone who has read enough of that. `language`: as the queue shows.
    """
    now = runtime.clock()
    free = (
        Case.state == CaseState.OPEN,
        _not_in_it(staff),
        Case.id != after,
        _reads(language),
        *((Case.tier.in_(LIGHTER),) if lighter else ()),
        (Case.claimed_until.is_(None)) | (Case.claimed_until <= now) | (Case.claimed_by == staff.id),
    )
    return session.scalar(select(Case.id).where(*free).order_by(Case.tier, Case.deadline, Case.id).limit(1))


def just_decided(session: Session, staff: Staff, decision_id: int) -> tuple[int, int] | None:
    """(decision, case) when this is a standing decision of this very person, so that undoing it stays at hand."""
    row = session.get(DecisionRow, decision_id) if decision_id else None
    if row is None or row.by_ref != staff.id or row.undone_at is not None:
        return None
    return row.id, row.case_id


def wording(runtime: Runtime, rule_id: str, language: str, *, title: bool = False) -> Words:
    """The words of a rule: the rulebook's own, else the desk's; plain "flagged" for a rule the book no longer has."""
    if rule_id in runtime.rulebook.wordings:
        say = runtime.rulebook.title if title else runtime.rulebook.reason
        return Words(say(rule_id, language), "")
    own = rule_id if rule_id in OWN_WORDS else "conduct"
    return Words("", f"desk-{'title' if title else 'reason'}-{own}")


def row_of(case: Case, runtime: Runtime, staff: Staff, people: Mapping[str, Person], now: datetime) -> Row:
    """One case as a row of the queue."""
    held = case.claimed_by is not None and case.claimed_until is not None and case.claimed_until > now
    subject = people.get(case.subject_ref)
    holder = people.get(case.claimed_by or "") if held else None
    return Row(
        id=case.id,
        tier=TIER_NAMES[case.tier],
        kind=case.kind.value,
        title=wording(runtime, case.title, staff.language, title=True),
        left=None if case.deadline is None else int((case.deadline - (case.looked_at or now)).total_seconds() // 60),
        looked_at=case.looked_at is not None,
        who=subject.name if subject else "",
        holder=holder.name if holder else "",
        mine=held and case.claimed_by == staff.id,
        replied=case.replied_at is not None,
        language=case.language.value,
    )


def _not_in_it(staff: Staff) -> ColumnElement[bool]:
    """Cases this person is no part of: nobody reads or decides their own."""
    return Case.id.not_in(select(CasePerson.case_id).where(CasePerson.person_ref == staff.id))


def _reads(language: Language) -> ColumnElement[bool]:
    """Cases for who asked for one language, with those in both or in none that is clear: else nobody takes them."""
    if language is Language.UNKNOWN:
        return true()
    return Case.language.in_((language, Language.MIXED, Language.UNKNOWN))


def people_in(cases: Sequence[Case]) -> list[str]:
    """Everyone whose name a row of these cases needs."""
    return [ref for case in cases for ref in (case.subject_ref, case.claimed_by) if ref]
