"""Who may post where: the checks every message passes before it is screened, read for a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from community.accounts.lasting import Lasting
from community.accounts.models import RIGHTS_VERSION, Account, DeviceSession, HeldDuty
from community.errors import DomainError, Forbidden, NotFound
from community.rooms.models import Message, Room
from community.safety.models import Restriction
from community.safety.queries import hidden_from
from moderation import service as moderation
from moderation.core.duties import Duty


@dataclass(frozen=True, slots=True)
class SendMessage:
    """What a browser asks for. `review` is the member's own choice to let staff look before it goes out."""

    room: str
    client_id: str
    text: str = field(repr=False)
    reply_to: int | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way, and the device session that sent it."""

    session_id: int
    command: SendMessage


# What is read of whoever writes or is answered, in the order of the fields of `Sender` and the last of `Original`.
_WHO = (Account.id, Account.public_id, Account.handle, Account.kind, Account.band, Account.created_at)


@dataclass(frozen=True, slots=True)
class Sender:
    """What posting needs to know of an author, as of this moment. `is_looked_into`: a case that can't wait is open."""

    account_id: int
    public_id: str
    name: str = field(repr=False)
    kind: str
    band: str | None
    joined_at: datetime
    has_read_rights: bool
    break_until: datetime | None
    is_looked_into: bool


@dataclass(frozen=True, slots=True)
class Original:
    """The message that is being answered."""

    message_id: int
    room_id: int
    state: str
    text: str = field(repr=False)
    author_pk: int
    author_id: str
    author_name: str = field(repr=False)
    author_kind: str
    author_band: str | None
    author_joined_at: datetime


@dataclass(frozen=True, slots=True)
class Admitted:
    """A parcel that may go on to screening."""

    command: SendMessage
    sender: Sender
    room: Room
    reply: Original | None


def admit(
    session: Session, parcels: Sequence[Parcel], *, now: datetime, lasting: Lasting
) -> list[Admitted | DomainError]:
    """One answer a parcel, in order: admitted, or the refusal to show. Two to five statements, whatever the size."""
    senders = _senders(session, {parcel.session_id for parcel in parcels}, now, lasting)
    rooms = {
        room.slug: room
        for room in session.scalars(select(Room).where(Room.slug.in_({parcel.command.room for parcel in parcels})))
    }
    readers = _room_readers(session, senders.values())
    originals = _originals(session, {p.command.reply_to for p in parcels if p.command.reply_to is not None})
    away = hidden_from(session, {one.author_pk for one in originals.values()}, now=now) if originals else {}
    answers: list[Admitted | DomainError] = []
    for parcel in parcels:
        try:
            sender = senders.get(parcel.session_id)
            room = _checked(sender, rooms.get(parcel.command.room), readers)
            reply = _checked_reply(originals, away, parcel.command.reply_to, room, sender)
            answers.append(Admitted(parcel.command, sender, room, reply))  # type: ignore[arg-type]  # checked above
        except DomainError as refusal:
            answers.append(refusal)
    return answers


def _senders(session: Session, session_ids: set[int], now: datetime, lasting: Lasting) -> dict[int, Sender]:
    running = (
        select(Restriction.ends_at)
        .where(Restriction.account_id == Account.id, Restriction.lifted_at.is_(None), Restriction.ends_at > now)
        .order_by(Restriction.ends_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            DeviceSession.id,
            *_WHO,
            Account.rights_version,
            running,
            DeviceSession.started_at,
            DeviceSession.seen_at,
            DeviceSession.shared_device,
            moderation.is_looked_into(Account.public_id),
        )
        .join(Account, Account.id == DeviceSession.account_id)
        .where(DeviceSession.id.in_(session_ids), DeviceSession.ended_at.is_(None), Account.ended_at.is_(None))
    )
    return {
        row[0]: Sender(*row[1:7], has_read_rights=row[7] == RIGHTS_VERSION, break_until=row[8], is_looked_into=row[12])
        for row in rows
        if not lasting.is_over(started_at=row[9], seen_at=row[10], shared=row[11], now=now)
    }


def _room_readers(session: Session, senders: Iterable[Sender]) -> set[int]:
    staff = [sender.account_id for sender in senders if sender.kind == "staff"]
    if not staff:
        return set()
    held = select(HeldDuty.account_id).where(HeldDuty.account_id.in_(staff), HeldDuty.duty == Duty.CASE_READ.value)
    return set(session.scalars(held))


def _originals(session: Session, message_ids: set[int]) -> dict[int, Original]:
    if not message_ids:
        return {}
    rows = session.execute(
        select(Message.id, Message.room_id, Message.state, Message.text, *_WHO)
        .join(Account, Account.id == Message.author_id)
        .where(Message.id.in_(message_ids), Message.was_published)
    )
    return {row[0]: Original(*tuple(row)) for row in rows}


def _checked(sender: Sender | None, room: Room | None, readers: set[int]) -> Room:
    if sender is None:
        raise Forbidden("session-ended")
    if room is None:
        raise NotFound
    if sender.kind == "member":
        if room.band != sender.band:
            raise NotFound
        if not sender.has_read_rights:
            raise Forbidden("rights-first")
        if sender.break_until is not None:
            raise Forbidden("on-a-break")
    elif sender.account_id not in readers:
        raise NotFound
    if not room.is_open:
        raise Forbidden("room-closed")
    return room


def _checked_reply(
    originals: dict[int, Original],
    away: Mapping[int, frozenset[str]],
    reply_to: int | None,
    room: Room,
    sender: Sender | None,
) -> Original | None:
    if reply_to is None or sender is None:
        return None
    original = originals.get(reply_to)
    # Words this sender must not see cannot be answered either: the answer would carry them.
    if original is None or original.room_id != room.id or sender.public_id in away.get(original.author_pk, ()):
        raise DomainError("reply-gone")
    return original
