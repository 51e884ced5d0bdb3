"""links that wait for a new identification, and what was signed before a link ended

Revision ID: 0005
Revises: 0004
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("chat_links", sa.Column("waits", sa.String(length=20), nullable=True))
    op.add_column("people", sa.Column("void_before", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("void_before")
    with op.batch_alter_table("chat_links") as chat_links:
        chat_links.drop_column("waits")
