"""Up to which fact of identity a person's tokens count no more."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("standings", sa.Column("void_before", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("standings") as batch_op:
        batch_op.drop_column("void_before")
