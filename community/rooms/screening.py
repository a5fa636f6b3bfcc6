"""What screening makes of a batch: read once for all of it what each message is screened beside, then each in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from community.accounts.models import Account
from community.actors import screening_author
from community.rooms.addressing import named_in, written_to
from community.rooms.admission import Admitted
from community.rooms.models import Message, Room
from moderation import service as moderation
from moderation.core.direction import within_earshot
from moderation.core.model import RECENT_LINES, Action, Context, Draft, Kind, Ref, Utterance, Verdict
from moderation.core.ties import Answers, Way, asked, gone, met
from moderation.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Screened:
    """An admitted message with what screening said of it, and what becomes of its writer's ties if the room sees it."""

    admitted: Admitted
    draft: Draft
    verdict: Verdict
    ties: Mapping[Way, Answers]

    @property
    def stored(self) -> bool:
        """False for a text whose writer is asked first: it may never be sent."""
        return self.verdict.action is not Action.NUDGE or self.admitted.command.review

    @property
    def held(self) -> bool:
        """True if a person looks first: by verdict, or because the member asked for it."""
        return self.verdict.action is not Action.PUBLISH or self.admitted.command.review


def screen_batch(session: Session, runtime: Runtime, items: Sequence[Admitted], now: datetime) -> list[Screened]:
    """Each message with its verdict, in order. Statements grow with the rooms of a batch, not with its messages."""
    if not items:
        return []
    recent = {room.id: _recent(session, room) for room in {item.room.id: item.room for item in items}.values()}
    senders = [item.sender for item in items]
    people = {one.public_id: screening_author(one.public_id, one.kind, one.band, one.joined_at) for one in senders}
    for lines in recent.values():
        people |= {row.public_id: screening_author(row.public_id, row.kind, row.band, row.created_at) for row in lines}
    named = named_in(session, items)
    people |= {person.id: person for person in named.values()}
    people |= {
        one.author_id: screening_author(one.author_id, one.author_kind, one.author_band, one.author_joined_at)
        for one in (item.reply for item in items)
        if one is not None
    }
    said = {
        room_id: [Utterance(row.public_id, row.sent_at, Ref(Kind.MESSAGE, str(row.id)), row.text) for row in lines]
        for room_id, lines in recent.items()
    }
    near = {room_id: {row.handle_key: people[row.public_id] for row in lines} for room_id, lines in recent.items()}
    drafts = [
        Draft(
            author=people[item.sender.public_id],
            kind=Kind.MESSAGE,
            at=now,
            place=f"room:{item.room.id}",
            text=item.command.text,
            to=written_to(item, named, near[item.room.id]),
        )
        for item in items
    ]
    last = [lines[-1].public_id for lines in recent.values() if lines]
    heard = {person for draft in drafts for person in (draft.author.id, *draft.to)}
    running = moderation.load_running(session, heard.union(last))
    scenes = [(draft, Context(said[item.room.id], people)) for item, draft in zip(items, drafts, strict=True)]
    history = moderation.load_history(session, _speaking(scenes), now)
    looked_into = {one.public_id for one in senders if one.is_looked_into}
    guarded = moderation.load_guarded(session, looked_into)
    ties = moderation.load_ties(session, {way for scene in scenes for way in asked(*scene)})
    screened = []
    for item, (draft, scene) in zip(items, scenes, strict=True):
        context = replace(
            scene,
            history=history,
            met=met(draft, scene, ties),
            running=running,
            guarded=guarded.get(draft.author.id, frozenset()),
        )
        verdict = moderation.screen(runtime.rulebook, draft, context)
        one = Screened(item, draft, verdict, gone(draft, people, ties))
        if one.stored:
            running |= one.verdict.running  # whoever comes next in this batch starts from here
        screened.append(one)
    return screened


def _speaking(scenes: Sequence[tuple[Draft, Context]]) -> dict[str, set[str]]:
    """Each writer of a batch, and everyone they may be speaking to."""
    speaking: dict[str, set[str]] = {}
    for draft, context in scenes:
        speaking.setdefault(draft.author.id, set()).update(within_earshot(draft, context))
    return speaking


def _recent(session: Session, room: Room) -> Sequence[Any]:
    rows = session.execute(
        select(
            Message.id,
            Message.sent_at,
            Message.text,
            Account.public_id,
            Account.handle_key,
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
