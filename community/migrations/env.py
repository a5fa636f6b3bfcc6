"""Alembic's entry: compares the tables of both packages with the database it is handed."""

from __future__ import annotations

from alembic import context

import community.tables
from moderation.store.base import Base as ModerationBase

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[community.tables.metadata, ModerationBase.metadata],
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
