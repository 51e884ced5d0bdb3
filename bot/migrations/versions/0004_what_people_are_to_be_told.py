"""What people are still to be told, how they want to be told, and who has left."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "tellings",
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("organisation", sa.String(length=36), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("subject", "fact", "mark", "person", name=op.f("pk_tellings")),
    )
    op.create_index("ix_tellings_due", "tellings", ["told_at", "due_at"])
    op.create_table(
        "wishes",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("rest_days", sa.Boolean(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("urgencies", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_wishes")),
    )
    op.create_table(
        "digests",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_digests")),
    )
    op.create_table(
        "leavers",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_leavers")),
    )


def downgrade() -> None:
    for table in ("leavers", "digests", "wishes", "tellings"):
        op.drop_table(table)
