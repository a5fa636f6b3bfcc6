"""To whom a message is written, as far as its words say: the person it answers, everyone it names with an @, or whoever
it greets by the first part of a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from community.accounts.models import Account
from community.actors import screening_author
from community.rooms.admission import Admitted
from moderation.core.model import Author, Role
from moderation.core.naming import greeted, keys_after_at, meant


def named_in(session: Session, items: Sequence[Admitted]) -> dict[str, Author]:
    """Everyone these messages could name, by the key of their name. One statement, none when nothing is named."""
    keys = {key for item in items for tries in keys_after_at(item.command.text) for key in tries}
    if not keys:
        return {}
    rows = session.execute(
        select(Account.handle_key, Account.public_id, Account.kind, Account.band, Account.created_at).where(
            Account.handle_key.in_(keys), Account.ended_at.is_(None)
        )
    )
    return {row.handle_key: screening_author(row.public_id, row.kind, row.band, row.created_at) for row in rows}


def written_to(item: Admitted, named: Mapping[str, Author], near: Mapping[str, Author]) -> tuple[str, ...]:
    """Public ids, the person answered first. Only people who can read this room count: its band, and staff.

    `near` are those of the room's last lines, by the key of their name: only they are greeted by half a name.
    """
    to = [] if item.reply is None else [item.reply.author_id]
    for tries in keys_after_at(item.command.text):
        found = next((named[key] for key in tries if key in named), None)
        if found is not None and _reads(found, item):
            to.append(found.id)
    part = "" if to else greeted(item.command.text)
    if part:
        others = {key: one.id for key, one in near.items() if one.id != item.sender.public_id and _reads(one, item)}
        to = [others[key] for key in (meant(part, others),) if key is not None]
    return tuple(dict.fromkeys(person for person in to if person != item.sender.public_id))


def _reads(person: Author, item: Admitted) -> bool:
    return person.role is Role.STAFF or person.band == item.room.band
