"""Engines for the two databases, with what each needs to be trusted."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def writing_engine(url: str, *, threads: int) -> Engine:
    """An engine whose transactions take turns where they touch the same rows."""
    if not is_sqlite(url):
        return create_engine(
            url,
            pool_size=threads,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "options": "-c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000"
                " -c synchronous_commit=on"
            },
        )
    engine = create_engine(url, hide_parameters=True)
    _prepare_sqlite(engine)

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        # SQLite drops FOR UPDATE without a word: two transactions could read a row before either writes.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(url: str, *, threads: int) -> Engine:
    """An engine for readers, which never wait for a writer, see one state, and can't change it."""
    if not is_sqlite(url):
        return create_engine(
            url,
            pool_size=threads,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                # A host that is gone without a word gives back within half a minute the locks that it held.
                "options": "-c default_transaction_read_only=on"
                " -c default_transaction_isolation=repeatable\\ read"
                " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
            },
        )
    engine = create_engine(url, hide_parameters=True, pool_size=threads, max_overflow=0)
    _prepare_sqlite(engine)

    @event.listens_for(engine, "connect")
    def only_read(connection: Any, _: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode the default (NORMAL) may lose the last commits when the power fails.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
