"""How things come to the desk: a verdict, a report, a person who asks to talk, an answer to the team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.core.model import Draft, Reason, Ref, Tier, Verdict
from moderation.core.rules import heading
from moderation.ports import Line
from moderation.runtime import Runtime
from moderation.service.casework import announce, append_event
from moderation.service.intake import Intake, add_flags, flag, news, take_in
from moderation.service.reading_words import care_title, flags_of, is_care, what_hurts, what_it_says
from moderation.service.screening import spoke_against
from moderation.store import observations
from moderation.store.audit import record
from moderation.store.cases import Case, CaseKind, CasePerson, CaseState, Flag, Part, Source

# Lines kept around a flagged content (requirements/moderation-desk.md, statement 8).
LINES_AROUND = 20
# The flag of a text its author asked us to look at.
ON_REQUEST = "member-asked-review"
# Longest text a person may send the team with a report, a question or an answer, in characters.
WORDS_LIMIT = 4000


class Topic(StrEnum):
    """What a person says is going on when they tell us (voice 6.9, in its order)."""

    MOVE = "move"
    PICTURES = "pictures"
    OFFER = "offer"
    MEAN = "mean"
    WORRY = "worry"
    OTHER = "other"


# The first three are what recruiting and pressure look like to a young person: same day. Worry goes to care.
_TOPIC_TIER = {
    Topic.MOVE: Tier.P1,
    Topic.PICTURES: Tier.P1,
    Topic.OFFER: Tier.P1,
    Topic.MEAN: Tier.P2,
    Topic.WORRY: Tier.P1,
    Topic.OTHER: Tier.P2,
}

# Telling us these about somebody counts for 30 days in what screening makes of their words (detection.md R13); a worry
# about somebody says nothing against them.
_SPEAKS_AGAINST = frozenset({Topic.MOVE, Topic.PICTURES, Topic.OFFER, Topic.MEAN})


def open_case(session: Session, runtime: Runtime, *, ref: Ref, draft: Draft, verdict: Verdict, held: bool) -> int:
    """Put a stored text before the desk: opens a case, or joins the author's open one. Returns the case's id.

    Conduct and care never share a case: a verdict with both routes opens or joins one of each, and the conduct one is
    returned. The text itself and `LINES_AROUND` lines before it are copied, with the earlier contents reasons name.
    """
    lines = _around(session, runtime, ref, draft, verdict.reasons, held=held)
    first = 0
    for kind, reasons in _split(runtime, verdict):
        tier = verdict.tier if kind is CaseKind.CONDUCT else None  # what shifts lowered stays lowered
        tier = tier or min((reason.tier for reason in reasons), default=Tier.P2)
        intake = Intake(
            kind=kind,
            tier=tier,
            at=draft.at,
            subject=draft.author.id,
            title=heading(reasons).rule_id if reasons else kind.value,
            place=draft.place,
            others=tuple((person, Part.TARGET) for person in _targets(draft, verdict)),
            lines=lines,
            flags=[_rule_flag(reason, ref, verdict, _targets(draft, verdict), held=held) for reason in reasons],
        )
        case_id = take_in(session, runtime, intake)
        first = first or case_id
    return first


def report(
    session: Session, runtime: Runtime, *, ref: Ref, reporter_id: str, topic: str, note: str, at: datetime
) -> int:
    """A person tells us about a content. Returns the case's id; telling us twice adds nothing twice.

    Raises LookupError when the host has no such content, ValueError for an unknown topic or an over-long note.
    """
    about = Topic(topic)
    words = _words(note)
    lines = runtime.host.context(session, ref, before=LINES_AROUND, after=LINES_AROUND)
    subject = next((line for line in lines if line.ref == ref), None)
    if subject is None:
        raise LookupError("nothing there to report")
    rule_id = f"report-{about.value}"
    told = session.scalars(
        select(Flag.case_id).where(
            Flag.rule_id == rule_id,
            Flag.reporter_ref == reporter_id,
            Flag.ref_kind == ref.kind.value,
            Flag.ref_id == ref.id,
            Flag.outcome.is_(None),
        )
    ).first()
    if told is not None:
        return told
    urgent, held = what_hurts(session, runtime, reporter_id, words, at), subject.state == "held"
    tier = min((_TOPIC_TIER[about], *(reason.tier for reason in urgent)))
    if about in _SPEAKS_AGAINST:
        observations.add(session, [spoke_against(subject.author_id, at)])
    return take_in(
        session,
        runtime,
        Intake(
            kind=CaseKind.CARE if about is Topic.WORRY else CaseKind.REPORT,
            tier=tier,
            at=at,
            subject=subject.author_id,
            title=urgent[0].rule_id if urgent and urgent[0].tier < _TOPIC_TIER[about] else rule_id,
            others=((reporter_id, Part.REPORTER),),
            lines=lines,
            flags=[
                flag(Source.REPORT, rule_id, _TOPIC_TIER[about], ref=ref, held=held, reporter=reporter_id),
                *flags_of(urgent),
            ],
            actor=reporter_id,
            event="told",
            words=words,
        ),
    )


def ask_staff(session: Session, runtime: Runtime, *, person_id: str, text: str, ref: Ref | None, at: datetime) -> int:
    """A person asks to talk with the team, perhaps about a content. Returns the case's id; one open talk a person.

    Raises ValueError for an over-long text.
    """
    lines = runtime.host.context(session, ref, before=LINES_AROUND, after=0) if ref is not None else ()
    return _talk(session, runtime, person_id, _words(text), lines=lines, ref=ref, at=at)


def member_reply(session: Session, runtime: Runtime, *, case_id: int, person_id: str, text: str, at: datetime) -> None:
    """A person in a case answers the team. An answer to a closed case starts a talk that names it: none is lost.

    The words wait to be read, so the clock runs again. Screening may raise the tier; nothing is held against anybody.

    Raises LookupError when the person is not in the case, ValueError for an empty or over-long text.
    """
    words = _words(text)
    if not words:
        raise ValueError("an answer needs words")
    case = session.get(Case, case_id, with_for_update=True)
    parts = select(CasePerson.part).where(CasePerson.case_id == case_id, CasePerson.person_ref == person_id)
    if case is None or session.scalars(parts).first() is None:
        raise LookupError("no such case for this person")
    if case.state is CaseState.DECIDED:
        _talk(session, runtime, person_id, words, at=at, about=case_id)
        return
    urgent = what_it_says(session, runtime, person_id, words, at)
    # The worst of the words, or of the case; never the log tier, which nobody has to read.
    tier = min(case.tier, Tier.P2, *(reason.tier for reason in urgent))
    title = care_title(runtime, urgent) if person_id == case.subject_ref else ""
    news(runtime, case, tier=tier, at=at, title=title)
    add_flags(session, case, flags_of(urgent, Source.MEMBER), at)
    case.version += 1
    case.replied_at = at
    data = {"tier": tier.value, "urgent": bool(urgent)}
    append_event(session, case, actor=person_id, event="member-reply", at=at, text=words, data=data)
    record(session, actor=person_id, event="case:member-reply", subject=f"case:{case.id}", at=at)
    announce(session, runtime, case)


def _talk(  # noqa: PLR0913 - every part of an intake that differs between asking and answering
    session: Session,
    runtime: Runtime,
    person_id: str,
    words: str,
    *,
    at: datetime,
    lines: Sequence[Line] = (),
    ref: Ref | None = None,
    about: int | None = None,
) -> int:
    look = what_hurts if about is None else what_it_says  # an answer is read for all it may say
    urgent = look(session, runtime, person_id, words, at)
    return take_in(
        session,
        runtime,
        Intake(
            kind=CaseKind.TALK,
            tier=min((Tier.P1, *(reason.tier for reason in urgent))),
            at=at,
            subject=person_id,
            title=care_title(runtime, urgent) or "talk",
            lines=lines,
            flags=[
                flag(Source.MEMBER, "talk", Tier.P1, ref=ref, held=False),
                *flags_of(urgent),
            ],
            actor=person_id,
            event="asked",
            words=words,
            about=about,
        ),
    )


def _words(text: str) -> str:
    if len(text) > WORDS_LIMIT:
        raise ValueError("too long")
    return text.strip()


def _split(runtime: Runtime, verdict: Verdict) -> list[tuple[CaseKind, list[Reason]]]:
    """Which cases a verdict opens: conduct first, care apart. Without reasons it was sent on request."""
    if verdict.unscreened:
        return [(CaseKind.UNSCREENED, list(verdict.reasons))]
    caring = [reason for reason in verdict.reasons if is_care(runtime, reason)]
    conduct = [reason for reason in verdict.reasons if reason not in caring]
    if not verdict.reasons:
        conduct = [Reason(ON_REQUEST, 1, (), Tier.P2)]
    kinds = ((CaseKind.CONDUCT, conduct), (CaseKind.CARE, caring))
    return [(kind, reasons) for kind, reasons in kinds if reasons]


def _targets(draft: Draft, verdict: Verdict) -> tuple[str, ...]:
    """The people a text was written to, as far as anybody knows, its author left out."""
    found = [*verdict.targets, *(person for finding in verdict.findings for person in finding.target_ids)]
    return tuple(dict.fromkeys(person for person in found if person != draft.author.id))


def _rule_flag(reason: Reason, ref: Ref, verdict: Verdict, targets: tuple[str, ...], *, held: bool) -> dict[str, Any]:
    return flag(
        Source.RULE,
        reason.rule_id,
        reason.tier,
        ref=ref,
        held=held,
        rule_version=reason.rule_version,
        signals=reason.signals,
        findings=verdict.findings,
        earlier=reason.refs,
        targets=targets,
        score=verdict.score,
    )


def _around(
    session: Session, runtime: Runtime, ref: Ref, draft: Draft, reasons: Sequence[Reason], *, held: bool
) -> list[Line]:
    """The text itself, the lines before it, and every earlier content a reason names, wherever that was."""
    lines = list(runtime.host.context(session, ref, before=LINES_AROUND, after=0))
    known = {line.ref for line in lines}
    for earlier in dict.fromkeys(other for reason in reasons for other in reason.refs):
        if earlier not in known:
            lines += [line for line in runtime.host.context(session, earlier, before=0, after=0) if line.ref == earlier]
    if ref not in known:
        state = "held" if held else "published"
        lines.append(Line(ref=ref, author_id=draft.author.id, at=draft.at, state=state, text=draft.text))
    return lines
