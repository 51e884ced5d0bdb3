"""What grants rest on, what Suomi.fi vouched for, and what operators decided on main users."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "grants", sa.Column("ground", sa.String(length=40), nullable=False, server_default="granted")
    )
    op.add_column("grants", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "mandates",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.String(length=9), nullable=False),
        sa.Column("by_register", sa.Text(), nullable=False),
        sa.Column("by_mandate", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "business_id", name=op.f("pk_mandates")),
    )
    op.create_index("ix_mandates_business_id", "mandates", ["business_id"])
    op.create_table(
        "main_user_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("program", sa.String(length=20), nullable=False),
        sa.Column("token_id", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_main_user_decisions")),
    )
    op.create_index("ix_main_user_decisions_organisation", "main_user_decisions", ["organisation"])
    op.create_table(
        "main_user_removals",
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("latest", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_main_user_removals")),
    )


def downgrade() -> None:
    op.drop_table("main_user_removals")
    op.drop_table("main_user_decisions")
    op.drop_table("mandates")
    with op.batch_alter_table("grants") as batch_op:
        batch_op.drop_column("proved_at")
        batch_op.drop_column("ground")
