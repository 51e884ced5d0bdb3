"""What the register says of an organisation and of what it hangs from, and when it was last read."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for column in of_organisations():
        op.add_column("organisations", column)
    op.create_table(
        "register_reads",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_register_reads")),
    )


def downgrade() -> None:
    op.drop_table("register_reads")
    with op.batch_alter_table("organisations") as batch_op:
        for column in reversed(of_organisations()):
            batch_op.drop_column(column.name)


def of_organisations() -> list[sa.Column[object]]:
    return [
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=60), nullable=False, server_default=""),
        sa.Column("parent_state", sa.String(length=40), nullable=True),
        sa.Column("parent_valid_from", sa.Date(), nullable=True),
        sa.Column("parent_valid_until", sa.Date(), nullable=True),
    ]
