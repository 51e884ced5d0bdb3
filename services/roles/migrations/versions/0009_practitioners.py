"""which register an organisation's entry is in: each is as old as its own reading

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "organisations",
        sa.Column("register_name", sa.String(length=40), nullable=False, server_default="organisations"),
    )


def downgrade() -> None:
    op.execute("DELETE FROM register_reads WHERE name <> 'organisations'")
    with op.batch_alter_table("organisations") as batch:
        batch.drop_column("register_name")
