"""The chat path: a batch of messages screened, stored, audited and announced in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.orm import Session

from community.accounts.lasting import Lasting
from community.accounts.models import Account
from community.actors import screening_author
from community.errors import DomainError
from community.rooms import queries
from community.rooms.addressing import named_in, written_to
from community.rooms.admission import Admitted, Parcel, admit
from community.rooms.announcing import announce, next_revisions, people_in
from community.rooms.models import Message, Room
from community.rooms.offers import offer_choices
from community.rooms.wire import MessageRow, snippet, wire, without_quote
from community.safety.queries import hidden_from
from moderation import service as moderation
from moderation.core.model import (
    RECENT_LINES,
    Action,
    Context,
    Draft,
    Kind,
    Observation,
    Ref,
    Route,
    Running,
    Tier,
    Utterance,
    Verdict,
)
from moderation.runtime import Runtime

NEEDS_A_PERSON = frozenset({Tier.P0, Tier.P1, Tier.P2})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: "published", "held", "nudge", or "refused" with the error to show."""

    state: str
    message: dict[str, Any] | None = field(repr=False, default=None)
    error: DomainError | None = None
    topic: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Screened:
    """An admitted message with what screening said of it."""

    admitted: Admitted
    draft: Draft
    verdict: Verdict

    @property
    def stored(self) -> bool:
        """False for a text whose writer is asked first: it may never be sent."""
        return self.verdict.action is not Action.NUDGE or self.admitted.command.review

    @property
    def held(self) -> bool:
        """True if a person looks first: by verdict, or because the member asked for it."""
        return self.verdict.action is not Action.PUBLISH or self.admitted.command.review


def post(
    session: Session, runtime: Runtime, parcels: Sequence[Parcel], *, now: datetime, lasting: Lasting
) -> list[Outcome]:
    """Post a batch, one parcel a sender at most. Statements grow with the rooms of a batch, not with its messages.

    Refusals are outcomes, not exceptions, so that they do not undo their neighbours. A repeated client id is answered
    with what is already stored.
    """
    answers = admit(session, parcels, now=now, lasting=lasting)
    outcomes: dict[int, Outcome] = {}
    admitted: dict[int, Admitted] = {}
    for index, answer in enumerate(answers):
        if isinstance(answer, DomainError):
            outcomes[index] = Outcome("refused", error=answer)
        else:
            admitted[index] = answer
    outcomes |= _repeats(session, admitted, now)
    fresh = {index: item for index, item in admitted.items() if index not in outcomes}
    screened: dict[int, _Screened] = {}
    for index, one in zip(fresh, _screen(session, runtime, list(fresh.values()), now), strict=True):
        if one.stored:
            screened[index] = one
        else:
            spans = tuple((span.start, span.end) for span in one.verdict.private)
            outcomes[index] = Outcome("nudge", topic=one.verdict.nudge, spans=spans)
    outcomes |= dict(zip(screened, _store(session, runtime, list(screened.values()), now), strict=True))
    return [outcomes[index] for index in range(len(parcels))]


def _repeats(session: Session, admitted: dict[int, Admitted], now: datetime) -> dict[int, Outcome]:
    """A client that lost its ack sends again under the same client id: say what became of the first, as it is now."""
    keys = {(item.sender.account_id, item.command.client_id): index for index, item in admitted.items()}
    if not keys:
        return {}
    known = select(Message.author_id, Message.client_id, Message.id, Message.room_id)
    stored = session.execute(known.where(tuple_(Message.author_id, Message.client_id).in_(list(keys)))).all()
    if not stored:
        return {}
    rows = {row.id: row for row in queries.these(session, [one.id for one in stored])}
    away = hidden_from(session, people_in(list(rows.values())), now=now)
    outcomes = {}
    for author_id, client_id, message_id, room_id in stored:
        index, row = keys[(author_id, client_id)], rows[message_id]
        if room_id != admitted[index].room.id:
            outcomes[index] = Outcome("refused", error=DomainError("bad-request"))
            continue
        if row.reply_author_pk is not None and row.author_id in away.get(row.reply_author_pk, ()):
            row = without_quote(row)
        outcomes[index] = Outcome("held" if row.state == "held" else "published", wire(row, for_author=True))
    return outcomes


def _screen(session: Session, runtime: Runtime, items: Sequence[Admitted], now: datetime) -> list[_Screened]:
    if not items:
        return []
    recent = {room.id: _recent(session, room) for room in {item.room.id: item.room for item in items}.values()}
    senders = [item.sender for item in items]
    people = {one.public_id: screening_author(one.public_id, one.kind, one.band, one.joined_at) for one in senders}
    for lines in recent.values():
        people |= {row.public_id: screening_author(row.public_id, row.kind, row.band, row.created_at) for row in lines}
    named = named_in(session, items)
    people |= {person.id: person for person in named.values()}
    history = moderation.load_history(session, list(people), now - moderation.MEMORY)
    last = (lines[-1].public_id for lines in recent.values() if lines)
    running = moderation.load_running(session, {one.public_id for one in senders} | set(last))
    said = {
        room_id: [Utterance(row.public_id, row.sent_at, _ref(row.id), row.text) for row in lines]
        for room_id, lines in recent.items()
    }
    screened = []
    for item in items:
        draft = Draft(
            author=people[item.sender.public_id],
            kind=Kind.MESSAGE,
            at=now,
            place=f"room:{item.room.id}",
            text=item.command.text,
            to=written_to(item, named),
        )
        context = Context(said[item.room.id], people, history, running=running)
        one = _Screened(item, draft, moderation.screen(runtime.rulebook, draft, context))
        if one.stored:
            running |= one.verdict.running  # whoever comes next in this batch starts from here
        screened.append(one)
    return screened


def _recent(session: Session, room: Room) -> Sequence[Any]:
    rows = session.execute(
        select(
            Message.id,
            Message.sent_at,
            Message.text,
            Account.public_id,
            Account.kind,
            Account.band,
            Account.created_at,
        )
        .join(Account, Account.id == Message.author_id)
        .where(Message.room_id == room.id, Message.state == "published")
        .order_by(Message.id.desc())
        .limit(RECENT_LINES)
    ).all()
    return rows[::-1]


def _store(session: Session, runtime: Runtime, items: Sequence[_Screened], now: datetime) -> list[Outcome]:
    if not items:
        return []
    stored = _insert(session, items, now)
    away = hidden_from(session, people_in(stored), now=now)
    moderation.remember(session, _observations(items, stored))
    moderation.keep_running(session, _moved(items))
    moderation.record_many(session, _entries(items, stored, now))
    outcomes = []
    for item, row in zip(items, stored, strict=True):
        if not item.held:
            announce(session, item.admitted.room, row, away)
        outcomes.append(Outcome("held" if item.held else "published", wire(row, for_author=True)))
        if item.held or item.verdict.tier in NEEDS_A_PERSON or Route.CARE in item.verdict.routes:
            case_id = moderation.open_case(
                session, runtime, ref=_ref(row.id), draft=item.draft, verdict=item.verdict, held=item.held
            )
            offer_choices(session, row, item.verdict, case_id, away=away.get(row.author_pk, frozenset()), now=now)
    return outcomes


def _insert(session: Session, items: Sequence[_Screened], now: datetime) -> list[MessageRow]:
    revisions = next_revisions(session, [item.admitted.room.id for item in items])
    values: list[dict[str, Any]] = [
        {
            "room_id": item.admitted.room.id,
            "author_id": item.admitted.sender.account_id,
            "client_id": item.admitted.command.client_id,
            "text": item.admitted.command.text,
            "state": "held" if item.held else "published",
            "revision": revision,
            "reply_to": item.admitted.command.reply_to,
            "sent_at": now,
            "was_published": not item.held,
        }
        for item, revision in zip(items, revisions, strict=True)
    ]
    # Matched by their own key, not by order: for SQLite that would cost a statement a row.
    returned = session.execute(insert(Message).returning(Message.author_id, Message.client_id, Message.id), values)
    ids = {(author_id, client_id): message_id for author_id, client_id, message_id in returned}
    return [
        _row(
            item.admitted,
            ids[value["author_id"], value["client_id"]],
            value["revision"],
            value["state"],
            now,
            value["text"],
        )
        for item, value in zip(items, values, strict=True)
    ]


def _observations(items: Sequence[_Screened], stored: Sequence[MessageRow]) -> list[Observation]:
    pairs = zip(items, stored, strict=True)
    return [replace(seen, ref=_ref(row.id)) for item, row in pairs for seen in item.verdict.observations]


def _moved(items: Sequence[_Screened]) -> dict[str, Running]:
    """Where writers' words stand after this batch: those that are at nothing and were need no row."""
    after: dict[str, Running] = {}
    for item in items:
        after |= item.verdict.running
    return after


def _entries(items: Sequence[_Screened], stored: Sequence[MessageRow], now: datetime) -> list[moderation.Entry]:
    """One audit entry a room and batch, naming the messages and what was decided, never the words."""
    by_room: dict[int, list[list[Any]]] = {}
    for item, row in zip(items, stored, strict=True):
        by_room.setdefault(item.admitted.room.id, []).append([row.id, row.author_id, row.state])
    return [
        moderation.Entry("system", "messages.stored", f"room:{room_id}", now, {"messages": messages})
        for room_id, messages in by_room.items()
    ]


def _row(item: Admitted, message_id: int, revision: int, state: str, sent_at: datetime, text: str) -> MessageRow:
    quoted = item.reply
    return MessageRow(
        id=message_id,
        revision=revision,
        client_id=item.command.client_id,
        state=state,
        was_published=state == "published",
        sent_at=sent_at,
        text=text,
        author_pk=item.sender.account_id,
        author_id=item.sender.public_id,
        author_name=item.sender.name,
        author_kind=item.sender.kind,
        reply=None if quoted is None else snippet(quoted.message_id, quoted.author_name, quoted.text, quoted.state),
        reply_author_pk=None if quoted is None else quoted.author_pk,
    )


def _ref(message_id: int) -> Ref:
    return Ref(Kind.MESSAGE, str(message_id))
