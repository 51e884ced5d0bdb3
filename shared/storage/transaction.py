"""One piece of work: its rows, its facts and what it lets others know land together, or not at all."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, MetaData, Update

from shared.contracts.base import Event, RequestIdReused
from shared.storage import statements
from shared.storage.gathering import Gathering
from shared.storage.upsert import upsert

EventT = TypeVar("EventT", bound=Event)


class Heard(Enum):
    """Whether a fact of another service is the next one, an old one, or one too early."""

    NEXT = auto()
    BEFORE = auto()
    TOO_EARLY = auto()


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a decision reads and writes through. Committing is nobody's job but the writer's."""

    connection: Connection
    metadata: MetaData
    gathering: Gathering
    _hooks: list[Callable[[], None]] = field(default_factory=list)

    def publish(self, event: EventT) -> EventT:
        """Announce *event* once, and only if, this transaction commits; return it with its revision."""
        return self.publish_written(event)[0]

    def publish_written(self, event: EventT) -> tuple[EventT, str]:
        """As publish(); and give the fact as it is written, too, for whoever keeps it as evidence."""
        revision = self.gathering.next_revision()
        numbered = event.model_copy(update={"revision": revision})
        payload = numbered.model_dump_json()
        self.gathering.put(
            statements.ADD_EVENT,
            {
                "revision": revision,
                "event_id": str(event.event_id),
                "subject": event.subject,
                "payload": payload,
                "sent": False,
            },
        )
        return numbered, payload

    def revision(self) -> int:
        """The latest fact that is on disk."""
        found: int = self.connection.execute(statements.LATEST_EVENT).scalar_one()
        return found

    def later(
        self,
        statement: Insert | Update,
        row: Mapping[str, Any],
        *,
        key: Hashable | None = None,
        value: object = None,
    ) -> None:
        """
        Write *row* with this commit, together with those of other decisions.

        No query sees it before, unless after settle(); but at_hand() gives *value* for *key*.
        """
        self.gathering.put(statement, row, key=key, value=value)

    def at_hand(self, key: Hashable) -> object | None:
        """What this commit is going to write under *key*, or has kept under it."""
        return self.gathering.recall(key)

    def keep(self, key: Hashable, value: object) -> None:
        """Have *value*, which was read and locked, at hand for the decisions of this commit."""
        self.gathering.keep(key, value)

    def settle(self) -> None:
        """Write what was left for later, so that queries see it."""
        self.gathering.write()

    def take_turn(self) -> None:
        """Wait until whoever announces or takes a turn just now has ended; what is read then knows of it."""
        self.gathering.revision()

    def waiting(self) -> int:
        """How many facts the stream does not have yet."""
        return self.connection.execute(statements.UNSENT).scalar_one()

    def hear(self, source: str, revision: int) -> Heard:
        """Note that fact *revision* of *source* takes effect in this transaction, if it is the next."""
        known = self._take_source(source)
        if revision <= known:
            return Heard.BEFORE
        if revision > known + 1:
            return Heard.TOO_EARLY
        self.connection.execute(statements.MOVE_SOURCE, {"source": source, "to": revision})
        return Heard.NEXT

    def heard(self, source: str) -> int:
        """The latest fact of *source* that has taken effect here."""
        return self.connection.execute(statements.FIND_SOURCE, {"source": source}).scalar_one_or_none() or 0

    def heard_of_all(self) -> dict[str, int]:
        """The same of every service whose facts are heard here."""
        return {row.name: row.revision for row in self.connection.execute(statements.ALL_SOURCES)}

    def _take_source(self, source: str) -> int:
        """The same as heard(), and nobody else hears of *source* until this transaction ends."""
        sources, this = self.metadata.tables["sources"], {"source": source}
        known: int | None = self.connection.execute(statements.TAKE_SOURCE, this).scalar_one_or_none()
        if known is None:
            # A row that is not there can't be locked: of two who hear their first fact, one waits here.
            upsert(self.connection, sources, {"name": source, "revision": 0}, key=["name"], over=False)
            known = int(self.connection.execute(statements.TAKE_SOURCE, this).scalar_one())
        return known

    def answered(self, request_id: str, fingerprint: str) -> str | None:
        """
        What was answered to this very request before, if anything was.

        Raises:
            RequestIdReused: something else was asked under this id.
        """
        row = self.gathering.answer(request_id)
        if row is None:
            return None
        if row["fingerprint"] != fingerprint:
            raise RequestIdReused
        return str(row["reply"])

    def on_commit(self, hook: Callable[[], None]) -> None:
        """Run *hook* on the event loop's thread after the commit, before anybody is answered."""
        self._hooks.append(hook)

    def committed(self) -> None:
        """Tell those who wait for the commit. The writer calls this, once."""
        for hook in self._hooks:
            hook()
