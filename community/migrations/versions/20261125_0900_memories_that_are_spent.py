"""memories that are spent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BY_SIGNAL = "ix_mod_observation_author_ref_spent_signal_at_target_ref"
BY_KEY = "ix_mod_observation_author_ref_spent_target_ref_signal_at"
# What a newer row, as sure, of the same author, target and signal outlives; the newest three always stay.
OUTLIVED = """
UPDATE mod_observation SET spent = true WHERE id IN (
    SELECT id FROM (
        SELECT id, confidence,
            row_number() OVER (PARTITION BY author_ref, target_ref, signal ORDER BY at DESC, id DESC) AS number,
            max(confidence) OVER (
                PARTITION BY author_ref, target_ref, signal ORDER BY at DESC, id DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS surest
        FROM mod_observation
    ) AS seen
    WHERE number > 3 AND surest >= confidence
)
"""


def upgrade() -> None:
    # Plain statements, not a batch: a batch makes the table anew.
    op.add_column("mod_observation", sa.Column("spent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(OUTLIVED)
    op.drop_index(op.f("ix_mod_observation_author_ref_at"), table_name="mod_observation")
    op.create_index(op.f(BY_SIGNAL), "mod_observation", ["author_ref", "spent", "signal", "at", "target_ref"])
    op.create_index(op.f(BY_KEY), "mod_observation", ["author_ref", "spent", "target_ref", "signal", "at"])


def downgrade() -> None:
    op.drop_index(op.f(BY_KEY), table_name="mod_observation")
    op.drop_index(op.f(BY_SIGNAL), table_name="mod_observation")
    op.create_index(op.f("ix_mod_observation_author_ref_at"), "mod_observation", ["author_ref", "at"])
    op.drop_column("mod_observation", "spent")
