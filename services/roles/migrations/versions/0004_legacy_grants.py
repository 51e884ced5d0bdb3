"""Grants that Katso had, what was said of them, and the waves in which their holders are invited."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "legacy_grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("line_key", sa.String(length=64), nullable=False),
        sa.Column("holder_key", sa.String(length=64), nullable=False),
        sa.Column("katso_id", sa.String(length=80), nullable=True),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("katso_role", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "valid",
                "pending",
                "ended",
                name="katsostatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("receiver", sa.String(length=9), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_grants")),
        sa.UniqueConstraint("organisation", "line_key", name=op.f("uq_legacy_grants_organisation")),
    )
    op.create_index("ix_legacy_grants_person", "legacy_grants", ["person"])
    op.create_table(
        "legacy_sayings",
        sa.Column("legacy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program", sa.String(length=20), nullable=False),
        sa.Column("token_id", sa.String(length=36), nullable=False),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["legacy_id"], ["legacy_grants.id"], name=op.f("fk_legacy_sayings_legacy_id")
        ),
        sa.PrimaryKeyConstraint("legacy_id", "number", name=op.f("pk_legacy_sayings")),
    )
    op.create_table(
        "legacy_offers",
        sa.Column("legacy_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["legacy_id"], ["legacy_grants.id"], name=op.f("fk_legacy_offers_legacy_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_legacy_offers_grant_id")),
        sa.PrimaryKeyConstraint("legacy_id", "grant_id", name=op.f("pk_legacy_offers")),
    )
    op.create_table(
        "waves",
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "number", name=op.f("pk_waves")),
    )


def downgrade() -> None:
    op.drop_table("waves")
    op.drop_table("legacy_offers")
    op.drop_table("legacy_sayings")
    op.drop_table("legacy_grants")
