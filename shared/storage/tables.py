"""The tables that every service has beside its own; each service's migrations create them."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

from shared.storage.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata() -> MetaData:
    """
    A service's metadata, with the house's own tables in it.

    *events* holds every fact that the service ever announced, and whether the stream has it; *counters*
    the number of the latest; *answers* what was answered to each command; *sources* up to which fact of
    another service we have heard.
    """
    of_service = MetaData(naming_convention=NAMING)
    events = Table(
        "events",
        of_service,
        Column(
            "revision", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        Column("event_id", String(36), nullable=False, unique=True),
        Column("subject", String(200), nullable=False),
        Column("payload", Text, nullable=False),
        Column("sent", Boolean(create_constraint=False), nullable=False),
    )
    # Over unsent facts only, as the migrations make it; saying so here would import both dialects.
    Index("ix_events_unsent", events.c.revision)
    Table(
        "counters",
        of_service,
        Column("name", String(40), primary_key=True),
        Column("value", BigInteger, nullable=False),
    )
    Table(
        "answers",
        of_service,
        Column("request_id", String(36), primary_key=True),
        Column("fingerprint", String(64), nullable=False),
        Column("token_id", String(36), nullable=True, unique=True),
        Column("reply", Text, nullable=False),
        Column("answered_at", UtcDateTime, nullable=False),
    )
    Table(
        "sources",
        of_service,
        Column("name", String(40), primary_key=True),
        Column("revision", BigInteger, nullable=False),
    )
    return of_service
