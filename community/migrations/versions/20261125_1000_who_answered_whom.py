"""who answered whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mod_tie",
        sa.Column("way", sa.String(length=129), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sittings", sa.Integer(), nullable=False),
        sa.CheckConstraint("sittings >= 1 AND first_at <= last_at", name=op.f("ck_mod_tie_in_order")),
        sa.PrimaryKeyConstraint("way", name=op.f("pk_mod_tie")),
    )
    op.create_index(op.f("ix_mod_tie_last_at"), "mod_tie", ["last_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mod_tie_last_at"), table_name="mod_tie")
    op.drop_table("mod_tie")
