"""the language of a case."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain statement, not a batch: a batch makes the table anew, which the rows that point at it forbid.
    # Cases from before stay without one: a migration reads nobody's words.
    op.execute(
        "ALTER TABLE mod_case ADD COLUMN language VARCHAR(24) DEFAULT '' NOT NULL"
        " CONSTRAINT ck_mod_case_language CHECK (language IN ('en', 'es', 'mixed', ''))"
    )


def downgrade() -> None:
    op.drop_column("mod_case", "language")
