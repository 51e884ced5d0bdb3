"""Rows that the decisions of one commit put aside, to be written together at its end."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Insert, Update

from shared.storage import statements

Row = Mapping[str, Any]
Aside = tuple[Insert | Update, Row]
Mark = tuple[int, int | None, int | None]


@dataclass(slots=True)
class Gathering:
    """
    What the decisions of one commit put aside: rows for each table, and the number of the latest fact.

    Sixty-four acceptances write sixty-four rows of a table by one statement, and count their facts by one
    update. The counter's row is locked from the first fact to the commit, so revisions are in the order of
    commits. A row put aside under a key can be recalled; whoever queries its table must write() before.
    """

    connection: Connection
    _rows: list[Aside] = field(default_factory=list)
    _keys: dict[Hashable, tuple[int, Aside, object]] = field(default_factory=dict)
    _kept: dict[Hashable, object] = field(default_factory=dict)
    _answers: dict[str, Row | None] = field(default_factory=dict)
    _revision: int | None = None
    _written: int | None = None

    def put(
        self, statement: Insert | Update, row: Row, *, key: Hashable | None = None, value: object = None
    ) -> None:
        """Write *row* at the end; until then *key*, if there is one, recalls *value*."""
        aside = statement, row
        if key is not None:
            self._keys[key] = len(self._rows), aside, value
        self._rows.append(aside)

    def recall(self, key: Hashable) -> object | None:
        """What was last put aside under *key*, or else what was kept under it."""
        place, aside, value = self._keys.get(key, (len(self._rows), None, None))
        # Rows taken back leave their places to others.
        return value if place < len(self._rows) and self._rows[place] is aside else self._kept.get(key)

    def keep(self, key: Hashable, value: object) -> None:
        """Remember what was read, and is locked, until something else is written under *key*."""
        self._kept[key] = value

    def put_answer(self, row: Row) -> None:
        """Keep an answer."""
        self.put(statements.ADD_ANSWER, row, key=("answer", row["request_id"]), value=row)

    def look_up(self, request_ids: Sequence[str]) -> None:
        """Find the answers to all of these at once; each will be asked about."""
        found = self.connection.execute(statements.FIND_ANSWERS, {"requests": request_ids}).mappings()
        self._answers = dict.fromkeys(request_ids) | {row["request_id"]: dict(row) for row in found}

    def answer(self, request_id: str) -> Row | None:
        """What was answered under this id, in this commit or before."""
        aside = self.recall(("answer", request_id))
        if isinstance(aside, Mapping):
            return aside
        if request_id in self._answers:
            return self._answers[request_id]
        found = self.connection.execute(statements.FIND_ANSWERS, {"requests": [request_id]})
        row = found.mappings().one_or_none()
        return dict(row) if row else None

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
        together: dict[Insert | Update, list[Row]] = {}
        for statement, row in self._rows:
            together.setdefault(statement, []).append(row)
        for statement, rows in together.items():
            self.connection.execute(statement, rows)
        if self._rows:
            for key in self._keys:
                self._kept.pop(key, None)
            self._rows.clear()
            self._keys.clear()
            # What was written may answer what was looked up in vain.
            self._answers.clear()
