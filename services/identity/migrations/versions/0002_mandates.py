"""what Suomi.fi vouched for, and who is asking it

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "mandates",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.String(9), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_mandates_person")),
        sa.PrimaryKeyConstraint("person", "business_id", name=op.f("pk_mandates")),
    )
    op.create_table(
        "mandate_errands",
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_mandate_errands_person")),
        sa.PrimaryKeyConstraint("attempt", name=op.f("pk_mandate_errands")),
    )
    op.create_index("ix_mandate_errands_expires_at", "mandate_errands", ["expires_at"])


def downgrade() -> None:
    op.drop_table("mandate_errands")
    op.drop_table("mandates")
