"""Bring a service's database up to date. One history per service, no alembic.ini."""

from pathlib import Path
from typing import Any, Literal

from alembic import command, context
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from sqlalchemy import Connection, MetaData, TypeDecorator, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from shared.storage.engines import writing_engine

EVERYTHING = "UPDATE events SET sent = false"


def config(package: str, url: str) -> Config:
    """Alembic's view of *package*, e.g. ``services.roles``."""
    settings = Config()
    settings.set_main_option("script_location", f"{package}:migrations")
    settings.attributes["url"] = url
    return settings


def upgrade(package: str, url: str) -> None:
    """Bring the database at *url* to the newest form, making it if it is a file that does not exist."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(package, url), "head")
    # On SQLite this makes the file keep a write-ahead log. Its connections would do so, too; but two that
    # begin at once are in each other's way, and one would be told that the database is locked.
    engine = writing_engine(url, threads=1)
    engine.connect().close()
    engine.dispose()


def republish(url: str) -> int:
    """Mark every fact as unsent, so that a stream which was lost is filled again; return how many."""
    engine = create_engine(url)
    with engine.begin() as connection:
        known = inspect(connection).has_table("events")
        count = connection.execute(text(EVERYTHING)).rowcount if known else 0
    engine.dispose()
    return count


def run(metadata: MetaData) -> None:
    """The whole body of every service's ``migrations/env.py``."""
    engine = create_engine(context.config.attributes["url"])
    if engine.dialect.name == "sqlite":
        # By itself the driver begins no transaction before tables change, and would keep half of what failed.
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            _migrate(connection, metadata)
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, metadata: MetaData) -> None:
    context.configure(
        connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        render_item=_render_plain,
    )
    with context.begin_transaction():
        context.run_migrations()


def _render_plain(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones beneath, so history imports nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False
