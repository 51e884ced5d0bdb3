"""Every history of a database leads to the tables that the code expects."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from shared.storage.migrations import upgrade

HISTORIES = {
    "services.identity": "services.identity.storage",
    "services.roles": "services.roles.storage",
    "services.contacts": "services.contacts.storage",
    "bot": "bot.installations.tables",
}


@pytest.mark.parametrize("package", HISTORIES)
def test_the_migrations_make_the_tables_that_the_code_knows(package: str, database_url: str) -> None:
    upgrade(package, database_url)
    metadata = import_module(HISTORIES[package]).METADATA
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert metadata.tables
    assert differences == []
