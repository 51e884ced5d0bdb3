"""Katso IDs, and the one that was shown on the way to a strong identification

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "katso_ids",
        sa.Column("katso_id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("upgraded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('sub', 'strengthened')", name=op.f("ck_katso_ids_katsokind")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_katso_ids_person")),
        sa.PrimaryKeyConstraint("katso_id", name=op.f("pk_katso_ids")),
    )
    op.create_index(op.f("ix_katso_ids_person"), "katso_ids", ["person"])
    op.add_column("attempts", sa.Column("katso_id", sa.String(length=80), nullable=True))
    op.add_column("attempts", sa.Column("katso_browser", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("attempts") as batch:
        batch.drop_column("katso_browser")
        batch.drop_column("katso_id")
    op.drop_table("katso_ids")
