"""Alembic's entry: compares the tables of both packages with the database it is handed."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import community.tables
from moderation.store.base import Base as ModerationBase


def plain_types(kind: str, item: object, _context: object) -> Literal[False] | str:
    """Migrations name the database's own types: what they made must not change when our code does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[community.tables.metadata, ModerationBase.metadata],
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
