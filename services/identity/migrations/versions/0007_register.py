"""the whole national register, its readings, and what was found wrong

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in of_organisations():
        op.add_column("organisations", column)
    entries()
    readings()


def entries() -> None:
    op.create_table(
        "register_entries",
        sa.Column("oid", sa.String(length=100), nullable=False),
        sa.Column("parent", sa.String(length=100), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("health_operating", sa.Boolean(), nullable=False),
        sa.Column("social_operating", sa.Boolean(), nullable=False),
        sa.Column("health_service", sa.Boolean(), nullable=False),
        sa.Column("social_service", sa.Boolean(), nullable=False),
        sa.Column("municipality", sa.String(length=200), nullable=False),
        sa.Column("street_address", sa.String(length=200), nullable=False),
        sa.Column("post_address", sa.String(length=200), nullable=False),
        sa.Column("post_number", sa.String(length=200), nullable=False),
        sa.Column("post_office", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("state_since", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("trouble", sa.String(length=60), nullable=False),
        sa.CheckConstraint("sector IN ('1', '2')", name=op.f("ck_register_entries_sector")),
        sa.CheckConstraint(
            "state IN ('active', 'proposal', 'deleted', 'absent')",
            name=op.f("ck_register_entries_registerstate"),
        ),
        sa.PrimaryKeyConstraint("oid", name=op.f("pk_register_entries")),
    )
    op.create_index("ix_register_entries_parent", "register_entries", ["parent"])
    op.create_index("ix_register_entries_business_id", "register_entries", ["business_id"])


def readings() -> None:
    op.create_table(
        "register_seen",
        sa.Column("oid", sa.String(length=140), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("oid", name=op.f("pk_register_seen")),
    )
    counts = (
        "listing",
        "page",
        "items",
        "read",
        "added",
        "changed",
        "unchanged",
        "refused",
        "gone",
        "restarts",
    )
    op.create_table(
        "register_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("going", sa.Integer(), nullable=True),
        sa.Column("runner", sa.String(length=40), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_runs")),
        sa.UniqueConstraint("going", name=op.f("uq_register_runs_going")),
    )
    op.create_table(
        "register_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("oid", sa.String(length=140), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.String(length=100), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("gone_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_findings")),
    )
    op.create_index("ix_register_findings_gone_at", "register_findings", ["gone_at"])


def downgrade() -> None:
    for table in ("register_findings", "register_runs", "register_seen", "register_entries"):
        op.drop_table(table)
    with op.batch_alter_table("organisations") as batch_op:
        for column in reversed(of_organisations()):
            batch_op.drop_column(column.name)


def of_organisations() -> list[sa.Column[object]]:
    return [
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=60), nullable=False, server_default=""),
        sa.Column("keeper", sa.String(length=40), nullable=True),
        sa.Column("parent", sa.String(length=100), nullable=True),
        sa.Column("parent_state", sa.String(length=40), nullable=True),
        sa.Column("parent_valid_from", sa.Date(), nullable=True),
        sa.Column("parent_valid_until", sa.Date(), nullable=True),
    ]
