"""The history of the database leads to what the code expects."""

from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from services.identity.storage import METADATA
from shared.storage.migrations import config, upgrade


def test_the_migrations_make_the_tables_that_the_code_expects(database_url: str) -> None:
    upgrade("services.identity", database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()

    assert differences == []


def test_the_migrations_lead_back_to_nothing(database_url: str) -> None:
    upgrade("services.identity", database_url)
    downgrade(config("services.identity", database_url), "base")
    engine = create_engine(database_url)
    left = inspect(engine).get_table_names()
    engine.dispose()

    assert left == ["alembic_version"]
