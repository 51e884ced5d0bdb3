"""Roles that are offered anew before they end, and the order in which grants run out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("grants", sa.Column("renews", sa.Uuid(), nullable=True))
    op.create_index("ix_grants_due", "grants", ["status", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_grants_due", "grants")
    with op.batch_alter_table("grants") as batch_op:
        batch_op.drop_column("renews")
