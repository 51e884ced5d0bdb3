"""logins that were refused

Revision ID: 0006
Revises: 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "refused_logins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_logins")),
    )
    op.create_index("ix_refused_logins_last_at", "refused_logins", ["last_at"])


def downgrade() -> None:
    op.drop_index("ix_refused_logins_last_at", "refused_logins")
    op.drop_table("refused_logins")
