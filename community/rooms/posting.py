"""The chat path: a batch of messages screened, stored, audited and announced in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from community.accounts.lasting import Lasting
from community.errors import DomainError
from community.rooms import queries
from community.rooms.admission import Admitted, Parcel, admit
from community.rooms.announcing import announce, next_revisions, people_in
from community.rooms.models import Message
from community.rooms.offers import offer_choices
from community.rooms.screening import Screened, screen_batch
from community.rooms.wire import MessageRow, snippet, wire, without_quote
from community.safety.queries import hidden_from
from moderation import service as moderation
from moderation.core.model import (
    Kind,
    Observation,
    Ref,
    Route,
    Running,
    Tier,
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
    screened: dict[int, Screened] = {}
    for index, one in zip(fresh, screen_batch(session, runtime, list(fresh.values()), now), strict=True):
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
    # Two lists, not one of pairs: for two pairs or more SQLite reads the whole table.
    authors, clients = ({key[part] for key in keys} for part in (0, 1))
    known = select(Message.author_id, Message.client_id, Message.id, Message.room_id)
    found = session.execute(known.where(Message.author_id.in_(authors), Message.client_id.in_(clients)))
    stored = [row for row in found if (row.author_id, row.client_id) in keys]
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


def _store(session: Session, runtime: Runtime, items: Sequence[Screened], now: datetime) -> list[Outcome]:
    if not items:
        return []
    stored = _insert(session, items, now)
    away = hidden_from(session, people_in(stored), now=now)
    moderation.remember(session, _observations(items, stored))
    moderation.keep_running(session, _moved(items))
    moderation.keep_ties(session, {way: one for item in items if not item.held for way, one in item.ties.items()})
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


def _insert(session: Session, items: Sequence[Screened], now: datetime) -> list[MessageRow]:
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


def _observations(items: Sequence[Screened], stored: Sequence[MessageRow]) -> list[Observation]:
    pairs = zip(items, stored, strict=True)
    return [replace(seen, ref=_ref(row.id)) for item, row in pairs for seen in item.verdict.observations]


def _moved(items: Sequence[Screened]) -> dict[str, Running]:
    """Where writers' words stand after this batch: those that are at nothing and were need no row."""
    after: dict[str, Running] = {}
    for item in items:
        after |= item.verdict.running
    return after


def _entries(items: Sequence[Screened], stored: Sequence[MessageRow], now: datetime) -> list[moderation.Entry]:
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
