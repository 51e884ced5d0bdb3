"""Reads registers from the code server: each night the whole, between what changed, and when told to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.exc import DBAPIError

from services.identity.domain.refreshing import RESTARTS, Timetable
from services.identity.domain.register import HELSINKI
from services.identity.domain.registers import FORMS, Form
from services.identity.register import taking
from services.identity.register.reading import read_page
from services.identity.register.taking import Page, Wish
from services.identity.storage import register_runs as runs
from services.identity.storage.register_runs import COMPLETE, RunRow
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    RegisterName,
    RegisterPageUnreadable,
    RegisterRunGoing,
    RegisterRunUnknown,
    RegisterShrunk,
    RegisterTotalChanged,
    RegisterUnreachable,
)
from shared.storage.database import Database
from shared.storage.transaction import Transaction

if TYPE_CHECKING:
    # Whoever reads brings it along: its web client takes a tenth of a second of a start.
    from services.identity.register.client import CodeServer

log = structlog.get_logger()

T = TypeVar("T")

# Changes are asked for by the day, and the code server's day need not be ours.
OVERLAP = timedelta(days=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
LOOK_AGAIN = timedelta(seconds=60)
STOPS = (RegisterUnreachable, RegisterPageUnreadable, RegisterTotalChanged, RegisterShrunk)


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be read."""

    register: RegisterName
    whole: bool
    allow_losses: bool = False


@dataclass(slots=True, kw_only=True)
class Refresher:
    """
    Reads *registers*, each a classification of *server*, of *statuses*, by *timetable*.

    A reading is of one register, so that a bad day of one does not make the copy of the other any older. Of
    several processes only one reads at a time. A reading that was interrupted, because this process or
    another was killed, goes on where it was.
    """

    database: Database
    server: "CodeServer"
    registers: Mapping[RegisterName, str]
    forms: Mapping[RegisterName, Form] = field(default_factory=lambda: FORMS)
    statuses: Sequence[str]
    timetable: Timetable
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    runner: str = field(default_factory=lambda: uuid4().hex)
    _told: list[Told] = field(default_factory=list)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def source(self, register: RegisterName) -> str:
        """What is read of *register*, as readings are told apart by it."""
        return f"{self.server.address} {self.server.version} {self.registers[register]}"[:200]

    def wake(self, told: Sequence[Told]) -> None:
        """Read at once, whatever the timetable says."""
        self._told = [*told]
        self._woken.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Read by the timetable until the block ends."""
        task = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def refresh(self, told: Told) -> RunRow:
        """
        Read once, to the end or until something stops it; returns the reading, which says how it ended.

        Raises:
            RegisterRunGoing: somebody else reads just now.
            RegisterRunUnknown: somebody else went on with this reading.
        """
        wish = self._wish(told)
        run = await self.database.decide(lambda tx: taking.begin(tx, wish, self.now()))
        log.info("register.reading", run=run.id, register=told.register, whole=told.whole, page=run.page)
        try:
            await self._read(run)
            run = await self.database.decide(
                lambda tx: taking.conclude(tx, run.id, self.now(), allow_losses=told.allow_losses)
            )
        except STOPS as refusal:
            run = await self.database.decide(partial(_stopped, run=run.id, refusal=refusal, now=self.now()))
            log.warning("register.stopped", run=run.id, code=refusal.code, page=run.page, why=run.detail)
        else:
            log.info("register.read", run=run.id, read=run.read, changed=run.changed, gone=run.gone)
        return run

    async def due(self) -> tuple[datetime | None, Told]:
        """When to read next, and what; without a moment: now."""
        return await self.database.read(self.next)

    def next(self, rows: Transaction) -> tuple[datetime | None, Told]:
        """When to read next, and what."""
        going, each = runs.look(rows), []
        for register in self.registers:
            moment, whole = due(rows, register, self.timetable, self.now())
            # What was interrupted goes on before anything else is begun, which would give it up.
            waits = going is None or going.register_name is not register
            each.append(((moment or LONG_AGO, waits), moment, Told(register, whole)))
        _, moment, told = min(each, key=lambda one: one[0])
        return moment, told

    def _wish(self, told: Told) -> Wish:
        return Wish(
            register=told.register,
            source=self.source(told.register),
            whole=told.whole,
            as_of=self.now(),
            runner=self.runner,
        )

    async def _read(self, run: RunRow) -> None:
        since = None
        if not run.whole:
            since = await self.database.read(lambda rows: _since(rows, run.register_name))
        while True:
            try:
                for listing in range(run.listing, len(self.statuses)):
                    run = await self._read_listing(run, listing, since)
            except RegisterTotalChanged:
                if run.restarts >= RESTARTS:
                    raise
                log.info("register.begun_anew", run=run.id)
                anew = partial(taking.begin_anew, number=run.id, now=self.now())
                run = await self.database.decide(anew)
            else:
                return

    async def _read_listing(self, run: RunRow, listing: int, since: date | None) -> RunRow:
        # The last page that was taken is asked for again, to hear how many there are; it is passed over.
        number = max(run.page, 1) if run.listing == listing else 1
        register: RegisterName = run.register_name
        ask = partial(
            self.server.page,
            classification=self.registers[register],
            status=self.statuses[listing],
            modified_after=since,
        )
        fetched = await ask(number=number)
        while True:
            # The next page comes while this one is taken in.
            async with _meanwhile(ask(number=number + 1) if number < fetched.pages else None) as following:
                place = f"{self.statuses[listing]} {number}"
                readings = await asyncio.to_thread(read_page, fetched.concepts, place, self.forms[register])
                page = Page(
                    listing=listing,
                    number=number,
                    total=fetched.total,
                    readings=readings,
                    items=len(fetched.concepts),
                )
                take = partial(taking.take_page, number=run.id, page=page, now=self.now())
                run = await self.database.decide(take)
                if following is None:
                    taking.check_listing(run)
                    return run
                fetched = await following
            number += 1

    async def _keep(self) -> None:
        while True:
            told = await self._until_due()
            try:
                await self.refresh(told)
            except (RegisterRunGoing, RegisterRunUnknown) as refusal:
                log.info("register.read_by_another", code=refusal.code)
                await self._wait(LOOK_AGAIN)
            except DBAPIError:
                # The database is away for a while: that must not end all reading for good.
                log.exception("register.interrupted")
                await self._wait(LOOK_AGAIN)

    async def _until_due(self) -> Told:
        while True:
            if self._told:
                return self._told.pop(0)
            moment, told = await self.due()
            left = moment - self.now() if moment is not None else timedelta()
            if left <= timedelta():
                return told
            await self._wait(min(left, LOOK_AGAIN))

    async def _wait(self, at_most: timedelta) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most.total_seconds()):
                await self._woken.wait()
        self._woken.clear()


@asynccontextmanager
async def _meanwhile(wish: Coroutine[None, None, T] | None) -> AsyncIterator[asyncio.Task[T] | None]:
    """Let *wish* be under way inside the block, and not a moment longer."""
    if wish is None:
        yield None
        return
    task = asyncio.create_task(wish)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


def due(
    rows: Transaction, register: RegisterName, timetable: Timetable, now: datetime
) -> tuple[datetime | None, bool]:
    """When *register* is to be read next, and whether the whole of it."""
    going = runs.look(rows)
    if going is not None and going.register_name is register:
        # Somebody reads, or was interrupted in it.
        return going.leased_until if (going.leased_until or now) > now else None, going.whole
    whole = runs.latest(rows, register, outcome=COMPLETE, whole=True)
    read, latest = runs.latest(rows, register, outcome=COMPLETE), runs.latest(rows, register)
    return timetable.next(
        whole_at=whole.as_of if whole else None,
        read_at=read.as_of if read else None,
        failed_at=latest.finished_at if latest is not None and latest.outcome != COMPLETE else None,
    )


def _since(rows: Transaction, register: RegisterName) -> date | None:
    last = runs.latest(rows, register, outcome=COMPLETE)
    return (last.as_of.astimezone(HELSINKI) - OVERLAP).date() if last else None


def _stopped(tx: Transaction, run: int, refusal: Refusal, now: datetime) -> RunRow:
    taking.stop(tx, run, refusal, now)
    return runs.get(tx, run)
