"""logins at Suomi.fi that were refused here, and in which browser each login was

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("saml_sessions") as batch:
        batch.alter_column("person", existing_type=sa.Uuid(), nullable=True)
        batch.add_column(sa.Column("browser", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("DELETE FROM saml_sessions WHERE person IS NULL")
    with op.batch_alter_table("saml_sessions") as batch:
        batch.drop_column("browser")
        batch.alter_column("person", existing_type=sa.Uuid(), nullable=False)
