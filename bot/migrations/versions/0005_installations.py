"""Workspaces that the bot is installed in, and those on the way."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=True),
        sa.Column("enterprise", sa.String(length=40), nullable=True),
        sa.Column("org_wide", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bot_user", sa.String(length=40), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installer", sa.String(length=40), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renewing_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_installations")),
    )
    op.create_table(
        "installing",
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_installing")),
    )
    op.create_index(op.f("ix_installing_expires_at"), "installing", ["expires_at"])
    op.create_table(
        "workspaces",
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("enterprise", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_workspaces")),
    )


def downgrade() -> None:
    for table in ("workspaces", "installing", "installations"):
        op.drop_table(table)
