"""What people do about their own safety, and what staff decisions put in front of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from community import realtime
from community.accounts.models import Account
from community.actors import AnyActor, MemberActor
from community.errors import DomainError, NotFound
from community.safety.models import Block, Notice, Restriction
from community.safety.notices import LINKS, SHAPES
from community.web.commands import text as clean
from moderation import service as moderation
from moderation.core.model import Kind, Ref
from moderation.runtime import Runtime

MUTE_HOURS = 24
LONGEST_BREAK = timedelta(days=14)  # youth-community.md, statement 10
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """A notice to be given. `kind` is one of SHAPES in `community/safety/notices.py`.

    `own` are words of the person it is for, kept where an answer would be: what they asked with.
    """

    kind: str
    data: Mapping[str, Any]
    body: str = field(repr=False, default="")
    own: str = field(repr=False, default="")
    case_id: int | None = None
    other_id: int | None = None


def give_notice(session: Session, account_id: int, note: Note, *, now: datetime) -> Notice:
    """Put a notice under You and, at once, on the person's open pages. Its words are made when it is read."""
    row = Notice(
        account_id=account_id,
        kind=note.kind,
        data=dict(note.data),
        body=note.body,
        case_id=note.case_id,
        other_id=note.other_id,
        created_at=now,
        reply=note.own or None,
    )
    session.add(row)
    session.flush()
    public_id = session.scalars(select(Account.public_id).where(Account.id == account_id)).one()
    realtime.publish(session, realtime.person_channel(public_id), "notice:new", {"notice": {"id": row.id}})
    return row


def withdraw_notices(session: Session, account_id: int, kinds: Collection[str], *, message_id: int) -> None:
    """Take back a person's notes of these kinds about one message."""
    about = (Notice.account_id == account_id, Notice.kind.in_(kinds), Notice.data["message"].as_integer() == message_id)
    session.execute(delete(Notice).where(*about), execution_options={"synchronize_session": False})


def access_person(session: Session, actor: AnyActor, public_id: str) -> Account:
    """The other person, for a block, mute or report. Raises NotFound for nobody, oneself, and other age bands."""
    other = session.scalar(select(Account).where(Account.public_id == public_id, Account.ended_at.is_(None)))
    if other is None or other.id == actor.id:
        raise NotFound
    if isinstance(actor, MemberActor) and other.kind == "member" and other.band != actor.band:
        raise NotFound
    return other


def block(session: Session, actor: MemberActor, public_id: str, *, until: datetime | None, now: datetime) -> Account:
    """Stop seeing a person: for good and both ways, or one way until a time (a mute). Staff can't be blocked."""
    other = access_person(session, actor, public_id)
    if other.kind == "staff":
        raise DomainError("block-staff")
    standing = session.get(Block, (actor.id, other.id))
    if standing is not None and standing.until is None and until is not None:
        return other  # a mute must not weaken a block
    session.execute(delete(Block).where(Block.blocker_id == actor.id, Block.blocked_id == other.id))
    session.add(Block(blocker_id=actor.id, blocked_id=other.id, created_at=now, until=until))
    session.flush()
    if until is None:
        moderation.remember(session, [moderation.spoke_against(other.public_id, now)])
    # Who blocked whom is nobody's business: the audit says that it happened, not to whom.
    moderation.record(session, actor=actor.public_id, event="block.made", subject=actor.public_id, at=now, data={})
    return other


def unblock(session: Session, actor: MemberActor, public_id: str, *, now: datetime) -> None:
    """See a person again. Harmless when there was no block."""
    other = access_person(session, actor, public_id)
    session.execute(delete(Block).where(Block.blocker_id == actor.id, Block.blocked_id == other.id))
    moderation.record(session, actor=actor.public_id, event="block.undone", subject=actor.public_id, at=now, data={})


def ask_to_talk(
    session: Session, runtime: Runtime, actor: MemberActor, text: str, *, now: datetime, ref: Ref | None = None
) -> int:
    """Ask the team to talk. Opens a case two adults or more can read; returns its number."""
    words = clean(text, longest=LONGEST_NOTE) if text.strip() else ""  # asking without a word is asking
    case_id = moderation.ask_staff(session, runtime, person_id=actor.public_id, text=words, ref=ref, at=now)
    give_notice(session, actor.id, Note("talk-sent", {}, own=words, case_id=case_id), now=now)
    return case_id


def access_notice(session: Session, actor: AnyActor, notice_id: int) -> Notice:
    """One of the actor's own notices. Raises NotFound for anyone else's."""
    row = session.get(Notice, notice_id)
    if row is None or row.account_id != actor.id:
        raise NotFound
    return row


def choose(
    session: Session, runtime: Runtime, actor: MemberActor, notice_id: int, choice: str, *, now: datetime
) -> Notice:
    """Answer a card. Mute, block, showing staff and asking to talk are done at once; the rest is only remembered."""
    row = access_notice(session, actor, notice_id)
    if row.chosen is not None and choice not in LINKS:
        return row  # answered already: a second tap does nothing twice
    other = session.get(Account, row.other_id) if row.other_id else None
    if choice == "mute" and other is not None:
        block(session, actor, other.public_id, until=now + timedelta(hours=MUTE_HOURS), now=now)
    elif choice == "block" and other is not None:
        block(session, actor, other.public_id, until=None, now=now)
    elif choice in {"talk", "show", "with-me"}:
        ref = Ref(Kind.MESSAGE, str(row.data["message"])) if choice == "show" and "message" in row.data else None
        ask_to_talk(session, runtime, actor, "", now=now, ref=ref)
    row.chosen, row.chosen_at = choice, now
    session.flush()
    return row


def reply(session: Session, runtime: Runtime, actor: MemberActor, notice_id: int, text: str, *, now: datetime) -> None:
    """Answer a note from staff. The words join the case, where the whole team on it can read them."""
    row = access_notice(session, actor, notice_id)
    if row.case_id is None or not SHAPES[row.kind].may_reply or row.reply is not None:
        raise NotFound
    words = clean(text, longest=LONGEST_NOTE)
    moderation.member_reply(session, runtime, case_id=row.case_id, person_id=actor.public_id, text=words, at=now)
    row.reply = words
    session.flush()


def restrict(
    session: Session, account: Account, *, until: datetime, reason: str, guideline: str, by: str, now: datetime
) -> None:
    """Start a dated break; the person's sockets leave the rooms at once. Raises DomainError if it is too long."""
    if not now < until <= now + LONGEST_BREAK:
        raise DomainError("break-length")
    session.add(
        Restriction(
            account_id=account.id,
            reason=reason,
            guideline=guideline,
            starts_at=now,
            ends_at=until,
            decided_by=by,
        )
    )
    session.flush()
    data = {"until": until.isoformat(), "reason": reason, "guideline": guideline}
    give_notice(session, account.id, Note("limit", data), now=now)
    realtime.leave_rooms(session, account.public_id)


def lift_restriction(session: Session, account: Account, *, until: datetime, now: datetime) -> None:
    """End the running break that was to last until then, and say so unless another one still runs."""
    running = (Restriction.account_id == account.id, Restriction.lifted_at.is_(None), Restriction.ends_at > now)
    session.execute(update(Restriction).where(*running, Restriction.ends_at == until).values(lifted_at=now))
    if session.scalar(select(Restriction.id).where(*running).limit(1)) is not None:
        return
    give_notice(session, account.id, Note("limit-over", {}), now=now)
