"""The history of the database leads to what the code expects."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from services.identity.storage import METADATA
from shared.storage.migrations import config, upgrade

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def test_the_migrations_make_the_tables_that_the_code_expects(database_url: str) -> None:
    upgrade("services.identity", database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()

    assert differences == []


def test_entries_of_the_register_that_were_read_before_stay_when_there_are_more_registers(
    database_url: str,
) -> None:
    command.upgrade(config("services.identity", database_url), "0012")
    engine = create_engine(database_url)
    before = Table("register_entries", MetaData(), autoload_with=engine)
    row = {
        column.name: {"VARCHAR": "x", "BOOLEAN": True, "DATETIME": NOW, "TIMESTAMP": NOW}[
            str(column.type).partition("(")[0].partition(" ")[0]
        ]
        for column in before.columns
        if not column.nullable
    } | {"sector": "1", "state": "active"}
    with engine.begin() as connection:
        connection.execute(before.insert(), row)
    upgrade("services.identity", database_url)
    after = Table("register_entries", MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        (kept,) = connection.execute(after.select()).mappings()
    engine.dispose()

    assert (kept["oid"], kept["register_name"]) == ("x", "organisations")


def test_a_migration_that_fails_half_way_leaves_nothing_behind(database_url: str) -> None:
    command.upgrade(config("services.identity", database_url), "0012")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE register_findings ADD COLUMN register_name VARCHAR(40)"))
    with pytest.raises(SQLAlchemyError):
        upgrade("services.identity", database_url)
    half_way = {column["name"] for column in inspect(engine).get_columns("register_entries")}
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE register_findings DROP COLUMN register_name"))
    upgrade("services.identity", database_url)
    whole = {column["name"] for column in inspect(engine).get_columns("register_entries")}
    engine.dispose()

    assert whole - half_way == {"register_name"}


def test_the_migrations_lead_back_to_nothing(database_url: str) -> None:
    upgrade("services.identity", database_url)
    downgrade(config("services.identity", database_url), "base")
    engine = create_engine(database_url)
    left = inspect(engine).get_table_names()
    engine.dispose()

    assert left == ["alembic_version"]
