"""words to text in Spanish, and what a visitor says is wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain statements: both databases add and drop a column in place, and the partial indexes stay untouched.
    op.add_column("listing_concern", sa.Column("what", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("listing_revision", sa.Column("text_word_es", sa.String(length=20), nullable=False, server_default=""))
    # Boards that have these two lines already get their Spanish word; a check made before did not hear it.
    op.execute(
        "UPDATE listing_revision SET text_word_es = 'AYUDA', assured_date = NULL"
        " WHERE kind = 'line' AND author_id IS NULL AND text_line IN ('988', '741741')"
    )


def downgrade() -> None:
    op.drop_column("listing_revision", "text_word_es")
    op.drop_column("listing_concern", "what")
