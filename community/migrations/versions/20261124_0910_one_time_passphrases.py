"""one time passphrases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Plain statements, not a batch: a batch makes the table anew, which the rows that point at it forbid.
def upgrade() -> None:
    op.add_column('account', sa.Column('passphrase_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('account', 'passphrase_until')
