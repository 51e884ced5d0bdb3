"""One piece of work: its rows, its facts and what it lets others know land together, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from sqlalchemy import Connection, MetaData, func, select, update

from shared.contracts.base import Event, RequestIdReused
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
    _hooks: list[Callable[[], None]] = field(default_factory=list)

    def publish(self, event: EventT) -> EventT:
        """Announce *event* once, and only if, this transaction commits; return it with its revision."""
        counters, events = self.metadata.tables["counters"], self.metadata.tables["events"]
        # The row's lock lasts until the commit, so revisions are in the order of commits.
        counting = update(counters).where(counters.c.name == "events").values(value=counters.c.value + 1)
        revision = self.connection.execute(counting.returning(counters.c.value)).scalar_one()
        numbered = event.model_copy(update={"revision": revision})
        self.connection.execute(
            events.insert(),
            {
                "revision": revision,
                "event_id": str(event.event_id),
                "subject": event.subject,
                "payload": numbered.model_dump_json(),
                "sent": False,
            },
        )
        return numbered

    def revision(self) -> int:
        """The latest fact, this transaction's own included."""
        counters = self.metadata.tables["counters"]
        query = select(counters.c.value).where(counters.c.name == "events")
        found: int = self.connection.execute(query).scalar_one()
        return found

    def waiting(self) -> int:
        """How many facts the stream does not have yet."""
        events = self.metadata.tables["events"]
        return self.connection.execute(
            select(func.count()).select_from(events).where(~events.c.sent)
        ).scalar_one()

    def hear(self, source: str, revision: int) -> Heard:
        """Note that fact *revision* of *source* takes effect in this transaction, if it is the next."""
        sources = self.metadata.tables["sources"]
        known = self._take_source(source)
        if revision <= known:
            return Heard.BEFORE
        if revision > known + 1:
            return Heard.TOO_EARLY
        self.connection.execute(update(sources).where(sources.c.name == source).values(revision=revision))
        return Heard.NEXT

    def heard(self, source: str) -> int:
        """The latest fact of *source* that has taken effect here."""
        sources = self.metadata.tables["sources"]
        query = select(sources.c.revision).where(sources.c.name == source)
        return self.connection.execute(query).scalar_one_or_none() or 0

    def _take_source(self, source: str) -> int:
        """The same as heard(), and nobody else hears of *source* until this transaction ends."""
        sources = self.metadata.tables["sources"]
        query = select(sources.c.revision).where(sources.c.name == source).with_for_update()
        known: int | None = self.connection.execute(query).scalar_one_or_none()
        if known is None:
            # A row that is not there can't be locked: of two who hear their first fact, one waits here.
            upsert(self.connection, sources, {"name": source, "revision": 0}, key=["name"], over=False)
            known = int(self.connection.execute(query).scalar_one())
        return known

    def answered(self, request_id: str, fingerprint: str) -> str | None:
        """
        What was answered to this very request before, if anything was.

        Raises:
            RequestIdReused: something else was asked under this id.
        """
        answers = self.metadata.tables["answers"]
        query = select(answers.c.fingerprint, answers.c.reply).where(answers.c.request_id == request_id)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.fingerprint != fingerprint:
            raise RequestIdReused
        return str(row.reply)

    def on_commit(self, hook: Callable[[], None]) -> None:
        """Run *hook* on the event loop's thread after the commit, before anybody is answered."""
        self._hooks.append(hook)

    def committed(self) -> None:
        """Tell those who wait for the commit. The writer calls this, once."""
        for hook in self._hooks:
            hook()
