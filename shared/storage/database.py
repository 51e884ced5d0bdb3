"""Where decisions are made, and made to last."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError, IntegrityError

from shared.contracts.base import Command, Message
from shared.storage.engines import is_sqlite, reading_engine, writing_engine
from shared.storage.gathering import Gathering
from shared.storage.transaction import Transaction

T = TypeVar("T")
Decision = Callable[[Transaction], T]
Foresee = Callable[[Transaction, Sequence[Command[Any]]], None]

MOST_PER_COMMIT = 128
READERS = 3
WRITERS = 4
TRIES = 3
# PostgreSQL's words for "somebody was quicker; look again": serialization failure, deadlock, lock timeout,
# and a row of the same key. Looked at again, the decision sees that row and says what it has to say of it.
LOST_RACES = {"40001", "40P01", "55P03", "23505"}


@dataclass(frozen=True, slots=True)
class _Wish:
    """A command to answer once, and what fetches for several of its kind what they will ask for."""

    request_id: str
    command: Command[Any]
    foresee: Foresee | None


@dataclass(slots=True)
class _Waiting:
    decision: Decision[Any]
    answer: asyncio.Future[Any]
    wish: "_Wish | None" = None
    transaction: Transaction | None = None
    result: Any = None
    problem: BaseException | None = None


class Database:
    """
    A service's database, with the writers that decisions go through.

    Decisions are plain functions of a transaction. On SQLite one thread takes all that wait, gives each a
    savepoint and commits them together: one flush to disk answers many callers, and none of them is
    answered before it. On PostgreSQL a few threads take one decision each; rows are locked, and the server
    gathers the flushes. The callers can't tell.
    """

    def __init__(self, url: str, metadata: MetaData) -> None:
        self.url = url
        self.metadata = metadata
        self.together = is_sqlite(url)
        self.threads = 1 if self.together else WRITERS
        self.writer_engine = writing_engine(url, threads=self.threads)
        self.reader_engine = reading_engine(url, threads=READERS)
        self.news = asyncio.Event()
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    async def decide(self, decision: Decision[T]) -> T:
        """Run *decision*; return what it returned, or raise what it raised, once that is on disk."""
        return await self._decide(decision, None)

    async def _decide(self, decision: Decision[T], wish: _Wish | None) -> T:
        waiting = _Waiting(decision, asyncio.get_running_loop().create_future(), wish)
        self._queue.put(waiting)
        answer: T = await waiting.answer
        return answer

    async def decide_once(
        self,
        command: Command[Any],
        *,
        person: str,
        token_id: str,
        decision: Callable[[Transaction], Message],
        foresee: Foresee | None = None,
    ) -> bytes:
        """
        Run *decision* unless *command* was answered before; return the answer, the same each time.

        The answer is kept in the transaction that holds the effect; *person* must be the same, too. Where
        several share a commit, *foresee* is called before with the commands that came with it.

        Raises:
            RequestIdReused: something else was asked, or by somebody else, under this request id.
        """
        request_id = str(command.request_id)
        wish = command.model_dump_json(exclude={"request_id", "deadline"})
        fingerprint = hashlib.sha256(f"{command.subject}\0{person}\0{wish}".encode()).hexdigest()

        def once(tx: Transaction) -> bytes:
            if (before := tx.answered(request_id, fingerprint)) is not None:
                return before.encode()
            reply = decision(tx).model_dump_json()
            tx.gathering.put_answer(
                {
                    "request_id": request_id,
                    "fingerprint": fingerprint,
                    "token_id": token_id or None,
                    "reply": reply,
                    "answered_at": datetime.now(UTC),
                }
            )
            return reply.encode()

        return await self._decide(once, _Wish(request_id, command, foresee))

    async def read(self, reading: Callable[[Transaction], T]) -> T:
        """Run *reading* on a thread of its own, seeing one consistent state."""

        def run() -> T:
            with self.reader_engine.begin() as connection:
                return reading(Transaction(connection, self.metadata, Gathering(connection)))

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Keep the writers at work until the block ends, then let them finish what waits."""
        loop = asyncio.get_running_loop()
        writers = [
            Thread(target=self._write, args=(loop,), name=f"writer-{number}")
            for number in range(self.threads)
        ]
        for writer in writers:
            writer.start()
        try:
            yield
        finally:
            for _ in writers:
                self._queue.put(None)
            for writer in writers:
                await asyncio.to_thread(writer.join)
            self._readers.shutdown()
            self.writer_engine.dispose()
            self.reader_engine.dispose()

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        while batch := self._next_batch():
            self._commit(batch)
            loop.call_soon_threadsafe(self._tell, batch)

    def _commit(self, batch: list[_Waiting]) -> None:
        careful = False
        for attempt in range(1, TRIES + 1):
            try:
                self._run_together(batch, careful=careful)
            except BaseException as error:
                # The writer must outlive any one decision; each caller gets the cause.
                if attempt < TRIES and self._is_worth_another_try(error, careful=careful):
                    careful = self.together
                    continue
                _fail(batch, error)
            return

    def _is_worth_another_try(self, error: BaseException, *, careful: bool) -> bool:
        if self.together:
            return not careful and isinstance(error, _Disturbed | IntegrityError)
        return isinstance(error, DBAPIError) and _lost_a_race(error)

    def _run_together(self, batch: list[_Waiting], *, careful: bool) -> None:
        with self.writer_engine.begin() as connection:
            gathering = Gathering(connection)
            if wishes := [waiting.wish for waiting in batch if waiting.wish is not None]:
                _look_ahead(Transaction(connection, self.metadata, gathering), wishes)
            for waiting in batch:
                waiting.problem = None
                waiting.transaction = Transaction(connection, self.metadata, gathering)
                if self.together:
                    self._attempt(waiting, waiting.transaction, careful=careful)
                else:
                    waiting.result = waiting.decision(waiting.transaction)
            gathering.write()

    def _attempt(self, waiting: _Waiting, transaction: Transaction, *, careful: bool) -> None:
        """
        Run a decision among others, so that its failure does not harm them.

        Most refusals are raised before anything is written, and a savepoint costs two statements: so at first
        there is none. Who fails having written makes the writer undo all and begin again, *careful* now.
        """
        changes, mark = _changes(transaction), transaction.gathering.mark()
        try:
            with transaction.connection.begin_nested() if careful else nullcontext():
                waiting.result = waiting.decision(transaction)
                if careful:
                    transaction.gathering.write()
        except Exception as error:
            if not _still_open(transaction):
                # Some troubles (a full disk, for one) make SQLite undo the whole, neighbours and all.
                raise
            if not careful and _changes(transaction) != changes:
                raise _Disturbed from error
            # Nothing written, or undone to the savepoint: the neighbours in this commit are not touched.
            transaction.gathering.back_to(mark)
            waiting.problem = error

    def _tell(self, batch: list[_Waiting]) -> None:
        for waiting in batch:
            if waiting.problem is None and waiting.transaction is not None:
                try:
                    waiting.transaction.committed()
                except Exception as error:
                    # It is on disk; but whoever hangs on to it is broken, and the caller must hear of it.
                    waiting.problem = error
        self.news.set()
        for waiting in batch:
            if waiting.answer.done():
                continue
            if waiting.problem is not None:
                waiting.answer.set_exception(waiting.problem)
            else:
                waiting.answer.set_result(waiting.result)

    def _next_batch(self) -> list[_Waiting]:
        """Wait for one decision, then take along all that came meanwhile; nothing means: leave."""
        batch: list[_Waiting] = []
        most = MOST_PER_COMMIT if self.together else 1
        while len(batch) < most and (not batch or not self._queue.empty()):
            if (next_one := self._queue.get()) is None:
                if batch:
                    self._queue.put(None)
                break
            batch.append(next_one)
        return batch


class _Disturbed(Exception):
    """A decision failed after it had written, among neighbours that had no savepoint between them."""


def _look_ahead(transaction: Transaction, wishes: Sequence[_Wish]) -> None:
    """Fetch together what the decisions on *wishes* would fetch one by one; a query costs more than rows."""
    transaction.gathering.look_up([wish.request_id for wish in wishes])
    alike: dict[Foresee, list[Command[Any]]] = {}
    for wish in wishes:
        if wish.foresee is not None:
            alike.setdefault(wish.foresee, []).append(wish.command)
    for foresee, commands in alike.items():
        if len(commands) > 1:
            foresee(transaction, commands)


def _changes(transaction: Transaction) -> int:
    """How many rows this connection has ever written."""
    return int(getattr(transaction.connection.connection.dbapi_connection, "total_changes", 0))


def _fail(batch: list[_Waiting], error: BaseException) -> None:
    for waiting in batch:
        waiting.problem = waiting.problem or error


def _still_open(transaction: Transaction) -> bool:
    return bool(getattr(transaction.connection.connection.dbapi_connection, "in_transaction", False))


def _lost_a_race(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in LOST_RACES
