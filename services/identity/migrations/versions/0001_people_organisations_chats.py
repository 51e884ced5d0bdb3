"""people, organisations, chat accounts, and the house's own tables

Revision ID: 0001
Revises:
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("company", "self_employed", "pharmacy", "public", "foundation", "association", "vendor")
STATES = ("active", "proposal", "deleted", "absent")


def one_of(column: str, words: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade() -> None:
    house_tables()
    organisations_and_people()
    chat_accounts()


def house_tables() -> None:
    revision_type = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "events",
        sa.Column("revision", revision_type, autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_events_event_id")),
    )
    unsent = sa.text("NOT sent")
    op.create_index("ix_events_unsent", "events", ["revision"], sqlite_where=unsent, postgresql_where=unsent)
    counters = op.create_table(
        "counters",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.bulk_insert(counters, [{"name": "events", "value": 0}])
    op.create_table(
        "answers",
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("token_id", sa.String(36), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_answers")),
        sa.UniqueConstraint("token_id", name=op.f("uq_answers_token_id")),
    )
    op.create_table(
        "sources",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )


def organisations_and_people() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.String(9), nullable=False),
        sa.Column("oid", sa.String(100), nullable=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("name_key", sa.String(600), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("kind_by_operator", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(one_of("kind", KINDS), name=op.f("ck_organisations_organisationkind")),
        sa.CheckConstraint(one_of("state", STATES), name=op.f("ck_organisations_registerstate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("business_id", name=op.f("uq_organisations_business_id")),
        sa.UniqueConstraint("oid", name=op.f("uq_organisations_oid")),
    )
    op.create_index(op.f("ix_organisations_name_key"), "organisations", ["name_key"])
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_key", sa.String(400), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("chat_team", sa.String(40), nullable=True),
        sa.Column("chat_user", sa.String(40), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_people_code_digest")),
        sa.UniqueConstraint("chat_team", "chat_user", name=op.f("uq_people_chat_team")),
    )
    op.create_index(op.f("ix_people_name_key"), "people", ["name_key"])
    op.create_table(
        "members",
        sa.Column("organisation", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("main_user", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_members_organisation")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_members_person")),
        sa.PrimaryKeyConstraint("organisation", "person", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_person"), "members", ["person"])


def chat_accounts() -> None:
    op.create_table(
        "chat_links",
        sa.Column("chat_team", sa.String(40), nullable=False),
        sa.Column("chat_user", sa.String(40), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_chat_links_person")),
        sa.PrimaryKeyConstraint("chat_team", "chat_user", name=op.f("pk_chat_links")),
    )
    op.create_index(op.f("ix_chat_links_person"), "chat_links", ["person"])
    op.create_table(
        "chat_languages",
        sa.Column("chat_team", sa.String(40), nullable=False),
        sa.Column("chat_user", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.PrimaryKeyConstraint("chat_team", "chat_user", name=op.f("pk_chat_languages")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nonce_digest", sa.String(64), nullable=False),
        sa.Column("chat_team", sa.String(40), nullable=False),
        sa.Column("chat_user", sa.String(40), nullable=False),
        sa.Column("chat_name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(64), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method", sa.String(200), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_attempts_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("nonce_digest", name=op.f("uq_attempts_nonce_digest")),
    )
    op.create_index("ix_attempts_expires_at", "attempts", ["expires_at"])


def downgrade() -> None:
    for table in (
        "attempts",
        "chat_languages",
        "chat_links",
        "members",
        "people",
        "organisations",
        "sources",
        "answers",
        "counters",
        "events",
    ):
        op.drop_table(table)
