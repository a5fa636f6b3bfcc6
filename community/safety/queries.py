"""Questions about blocks, notices and breaks; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import Session, aliased

from community.accounts.models import Account
from community.safety.models import Block, Notice, Restriction
from community.safety.notices import QUIET, SHAPES


def hidden_authors(session: Session, account_id: int, *, now: datetime) -> set[int]:
    """Accounts whose messages this person must not see: blocked or muted by them, or blocking them."""
    mine = select(Block.blocked_id).where(Block.blocker_id == account_id, or_(Block.until.is_(None), Block.until > now))
    theirs = select(Block.blocker_id).where(Block.blocked_id == account_id, Block.until.is_(None))
    return set(session.scalars(mine.union(theirs)))


def hidden_from(session: Session, author_ids: Collection[int], *, now: datetime) -> dict[int, frozenset[str]]:
    """For each author, the public ids of people who must not receive their messages. One statement."""
    blocker, blocked = aliased(Account), aliased(Account)
    rows = session.execute(
        select(Block.blocker_id, Block.blocked_id, Block.until, blocker.public_id, blocked.public_id)
        .join(blocker, blocker.id == Block.blocker_id)
        .join(blocked, blocked.id == Block.blocked_id)
        .where(or_(Block.blocked_id.in_(author_ids), Block.blocker_id.in_(author_ids)))
    )
    away: dict[int, set[str]] = {}
    for blocker_id, blocked_id, until, blocker_public, blocked_public in rows:
        if until is None or until > now:
            away.setdefault(blocked_id, set()).add(blocker_public)
        if until is None:
            away.setdefault(blocker_id, set()).add(blocked_public)
    return {author: frozenset(people) for author, people in away.items()}


def running_break(session: Session, account_id: int, *, now: datetime) -> Restriction | None:
    """The break in force, the one that ends last; None when there is none."""
    return session.scalars(
        select(Restriction)
        .where(Restriction.account_id == account_id, Restriction.lifted_at.is_(None), Restriction.ends_at > now)
        .order_by(Restriction.ends_at.desc())
        .limit(1)
    ).first()


def notices(session: Session, account_id: int, *, limit: int = 50) -> Sequence[Notice]:
    """A person's notices, newest first."""
    mine = select(Notice).where(Notice.account_id == account_id).order_by(Notice.id.desc()).limit(limit)
    return session.scalars(mine).all()


# The most protective first, so that a card about danger is never behind a page of small ones.
_RANK = case({kind: shape.rank for kind, shape in SHAPES.items()}, value=Notice.kind, else_=len(SHAPES))


def open_notices(session: Session, account_id: int, *, limit: int = 10) -> Sequence[Notice]:
    """Cards that wait for a person's answer: the most protective kind first, then the oldest. Quiet ones are not."""
    waiting = (*_open(account_id), Notice.kind.not_in(QUIET))
    return session.scalars(select(Notice).where(*waiting).order_by(_RANK, Notice.id).limit(limit)).all()


def notes_wait(session: Session, account_id: int) -> bool:
    """True if a note waits for an answer."""
    waiting = select(Notice.id).where(*_open(account_id), Notice.kind.not_in(QUIET))
    return session.scalar(waiting.limit(1)) is not None


def _open(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return Notice.account_id == account_id, Notice.chosen.is_(None), Notice.reply.is_(None)


def blocks(session: Session, account_id: int, *, now: datetime) -> list[tuple[str, str, datetime | None]]:
    """(public id, name, until) of everyone this person blocks or mutes now."""
    rows = session.execute(
        select(Account.public_id, Account.handle, Block.until)
        .join(Account, Account.id == Block.blocked_id)
        .where(Block.blocker_id == account_id, or_(Block.until.is_(None), Block.until > now))
        .order_by(Block.created_at.desc())
        .limit(100)
    )
    return [(public, name, until) for public, name, until in rows]
