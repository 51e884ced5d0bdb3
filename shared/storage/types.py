"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, aware and in UTC on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum], *, checked: bool = True) -> Enum:
    """
    One of a few words, stored as the word itself and checked by the database.

    Columns that are added to a table which has rows are not *checked*: SQLite would write the table anew.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=checked,
        length=40,
        values_callable=lambda of: [one.value for one in of],
    )
