"""Rows that many decisions of one commit write, and none of them reads back: written together at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Insert

from shared.storage import statements

Row = Mapping[str, Any]
Mark = tuple[int, int | None, int | None]


@dataclass(slots=True)
class Gathering:
    """
    What the decisions of one commit put aside: rows for each table, and the number of the latest fact.

    Sixty-four acceptances insert sixty-four rows by one statement, and count their facts by one update. The
    counter's row is locked from the first fact to the commit, so revisions are in the order of commits.
    """

    connection: Connection
    _rows: list[tuple[Insert, Row]] = field(default_factory=list)
    _answers: dict[str, int] = field(default_factory=dict)
    _revision: int | None = None
    _written: int | None = None

    def put(self, statement: Insert, row: Row) -> None:
        """Insert *row* at the end."""
        self._rows.append((statement, row))

    def put_answer(self, row: Row) -> None:
        """Insert an answer at the end; it can be found before."""
        self._answers[row["request_id"]] = len(self._rows)
        self.put(statements.ADD_ANSWER, row)

    def answer(self, request_id: str) -> Row | None:
        """An answer that was put aside in this commit."""
        place = self._answers.get(request_id)
        if place is None or place >= len(self._rows):
            return None
        row = self._rows[place][1]
        return row if row.get("request_id") == request_id else None

    def next_revision(self) -> int:
        """The number of one more fact."""
        self._revision = self.revision() + 1
        return self._revision

    def revision(self) -> int:
        """The number of the latest fact, locked for this commit."""
        if self._revision is None:
            found: int = self.connection.execute(statements.TAKE_COUNTER).scalar_one()
            self._revision = self._written = found
        return self._revision

    def mark(self) -> Mark:
        """Where things stand, to come back to."""
        return len(self._rows), self._revision, self._written

    def back_to(self, mark: Mark) -> None:
        """Forget what was put aside since *mark*."""
        count, self._revision, self._written = mark
        del self._rows[count:]

    def write(self) -> None:
        """Write down all that was put aside."""
        if self._revision != self._written:
            self.connection.execute(statements.SET_COUNTER, {"latest": self._revision})
            self._written = self._revision
        together: dict[Insert, list[Row]] = {}
        for statement, row in self._rows:
            together.setdefault(statement, []).append(row)
        for statement, rows in together.items():
            self.connection.execute(statement, rows)
        self._rows.clear()
        self._answers.clear()
