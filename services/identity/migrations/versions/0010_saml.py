"""answers of Suomi.fi that were taken in, and the logins there that they began

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "saml_answers",
        sa.Column("assertion", sa.String(64), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("ticket", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assertion", name=op.f("pk_saml_answers")),
        sa.UniqueConstraint("ticket", name=op.f("uq_saml_answers_ticket")),
    )
    op.create_index("ix_saml_answers_expires_at", "saml_answers", ["expires_at"])
    op.create_table(
        "saml_sessions",
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("name_digest", sa.String(64), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("sp_qualifier", sa.Text(), nullable=False),
        sa.Column("session_index", sa.String(200), nullable=False),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_saml_sessions_person")),
        sa.PrimaryKeyConstraint("attempt", name=op.f("pk_saml_sessions")),
    )
    op.create_index(op.f("ix_saml_sessions_name_digest"), "saml_sessions", ["name_digest"])
    op.create_index("ix_saml_sessions_expires_at", "saml_sessions", ["expires_at"])

    # How often an attempt was refused is asked each time that an answer is brought for it.
    op.create_index("ix_refused_logins_attempt", "refused_logins", ["attempt"])


def downgrade() -> None:
    op.drop_index("ix_refused_logins_attempt", "refused_logins")
    op.drop_table("saml_sessions")
    op.drop_table("saml_answers")
