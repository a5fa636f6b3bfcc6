"""where words stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mod_running",
        sa.Column("author_ref", sa.String(length=64), nullable=False),
        sa.Column("says", sa.Float(), nullable=False),
        sa.Column("hears", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("says >= 0 AND hears >= 0", name=op.f("ck_mod_running_not_negative")),
        sa.PrimaryKeyConstraint("author_ref", name=op.f("pk_mod_running")),
    )
    op.create_index(op.f("ix_mod_running_at"), "mod_running", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mod_running_at"), table_name="mod_running")
    op.drop_table("mod_running")
