"""for which organisations a chat workspace may be used

Revision ID: 0003
Revises: 0002
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.id"], name=op.f("fk_workspaces_organisation")
        ),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_workspaces_person")),
        sa.PrimaryKeyConstraint("team", "organisation", name=op.f("pk_workspaces")),
    )
    op.create_index(op.f("ix_workspaces_organisation"), "workspaces", ["organisation"])
    # Workspaces in which main users are reached already go on being used for their organisations.
    people = sa.table("people", sa.column("id"), sa.column("chat_team"))
    members = sa.table(
        "members", sa.column("person"), sa.column("organisation"), sa.column("main_user", sa.Boolean)
    )
    now = sa.literal(datetime.now(UTC), sa.DateTime(timezone=True))
    in_use = (
        sa.select(people.c.chat_team, members.c.organisation, now)
        .join(members, members.c.person == people.c.id)
        .where(members.c.main_user, people.c.chat_team.is_not(None))
        .distinct()
    )
    names = ("team", "organisation", "bound_at")
    workspaces = sa.table("workspaces", *(sa.column(name) for name in names))
    op.execute(sa.insert(workspaces).from_select(names, in_use))


def downgrade() -> None:
    op.drop_table("workspaces")
