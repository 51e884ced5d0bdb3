"""The history of the database leads to the tables that the code expects."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from services.contacts.storage import METADATA
from shared.storage.migrations import upgrade


def test_the_migrations_make_the_tables_that_the_code_knows(database_url: str) -> None:
    upgrade("services.contacts", database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
        counted = connection.execute(text("SELECT value FROM counters WHERE name = 'events'")).scalar_one()
    engine.dispose()

    assert differences == []
    assert counted == 0


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    upgrade("services.contacts", database_url)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE counters SET value = 3"))

    upgrade("services.contacts", database_url)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM counters")).scalar_one() == 3
    engine.dispose()


def test_a_new_sqlite_file_keeps_a_write_ahead_log(sqlite_url: str) -> None:
    upgrade("services.contacts", sqlite_url)
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    engine.dispose()
