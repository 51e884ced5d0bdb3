"""Insert, or do something about the row that is there: both databases can, each by a statement of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite


def upsert(
    connection: Connection, table: Table, values: Mapping[str, Any], *, key: Sequence[str], over: bool = True
) -> None:
    """Put a row of *values* in *table*; where one with the same *key* stands, write over it, or leave it."""
    changed = {name: value for name, value in values.items() if name not in key}
    if connection.dialect.name == "postgresql":
        # A tenth of the time that importing SQLAlchemy takes, and no use to those on SQLite.
        from sqlalchemy.dialects import postgresql

        there = postgresql.insert(table).values(values)
        connection.execute(
            there.on_conflict_do_update(index_elements=key, set_=changed)
            if over
            else there.on_conflict_do_nothing(index_elements=key)
        )
        return
    here = sqlite.insert(table).values(values)
    connection.execute(
        here.on_conflict_do_update(index_elements=key, set_=changed)
        if over
        else here.on_conflict_do_nothing(index_elements=key)
    )
