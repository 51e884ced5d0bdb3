"""which register an entry, a reading and a customer's entry is of

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FIRST = "organisations"
OTHERS = "register_runs", "register_findings", "organisations"


def upgrade() -> None:
    # First by itself: a column that is new in a table that is copied has no value for the rows that are copied.
    op.add_column("register_entries", of_register())
    with op.batch_alter_table("register_entries") as batch:
        batch.drop_constraint("pk_register_entries", type_="primary")
        batch.create_primary_key("pk_register_entries", ["register_name", "oid"])
        # Only for the rows that were there: from now on it is told of each.
        batch.alter_column("register_name", existing_type=sa.String(length=40), server_default=None)
    for table in OTHERS:
        op.add_column(table, of_register())
    with op.batch_alter_table("organisations") as batch:
        batch.drop_constraint("uq_organisations_oid", type_="unique")
        batch.create_index("ix_organisations_oid", ["oid"])


def downgrade() -> None:
    op.execute("UPDATE organisations SET oid = NULL WHERE register_name <> 'organisations'")
    with op.batch_alter_table("organisations") as batch:
        batch.drop_index("ix_organisations_oid")
        batch.create_unique_constraint("uq_organisations_oid", ["oid"])
    op.execute("DELETE FROM register_runs WHERE register_name <> 'organisations'")
    op.execute("DELETE FROM register_findings WHERE register_name <> 'organisations'")
    op.execute("DELETE FROM register_entries WHERE register_name <> 'organisations'")
    for table in OTHERS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("register_name")
    with op.batch_alter_table("register_entries") as batch:
        batch.drop_constraint("pk_register_entries", type_="primary")
        batch.create_primary_key("pk_register_entries", ["oid"])
        batch.drop_column("register_name")


def of_register() -> sa.Column[str]:
    return sa.Column("register_name", sa.String(length=40), nullable=False, server_default=FIRST)
