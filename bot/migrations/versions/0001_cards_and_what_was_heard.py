"""Messages that may have to be changed, events heard, buttons pressed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("ts", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind", "person", name=op.f("pk_cards")),
    )
    op.create_table(
        "heard",
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_heard")),
    )
    op.create_index(op.f("ix_heard_heard_at"), "heard", ["heard_at"])
    op.create_table(
        "pressed",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pressed")),
    )
    op.create_index(op.f("ix_pressed_pressed_at"), "pressed", ["pressed_at"])


def downgrade() -> None:
    for table in ("pressed", "heard", "cards"):
        op.drop_table(table)
