"""How sure it was who decided."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("grants", "decisions")
LEVELS = ("basic", "substantial", "high")


def upgrade() -> None:
    # Empty for what was decided before: evidence is not added to afterwards.
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
