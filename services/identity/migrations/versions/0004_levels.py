"""how sure an identification was

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("people", "attempts")
LEVELS = ("basic", "substantial", "high")


def upgrade() -> None:
    # Empty for what was noted before: nobody can say afterwards, and those acts want a fresh one anyway.
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(
                    "level",
                    sa.Enum(*LEVELS, name="level", native_enum=False, create_constraint=True, length=40),
                    nullable=True,
                )
            )


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_level"), type_="check")
            batch.drop_column("level")
