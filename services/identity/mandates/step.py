"""The step after a strong identification: somebody asks Suomi.fi for whom they act; we note the answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from services.identity.domain.identification import Browser
from services.identity.domain.mandates import Vouched, shown
from services.identity.domain.rights import RightsTable
from services.identity.mandates.sealing import seal, unseal
from services.identity.mandates.taking import take_in_answer
from services.identity.mandates.visits import Visits, failed_there
from services.identity.storage import errands, mandates
from services.identity.storage.errands import Errand
from shared.contracts.base import Language, PersonId
from shared.contracts.identity import MandatesSessionOver, MandateView
from shared.storage.database import Database
from shared.storage.transaction import Transaction

log = structlog.get_logger()

# As long as a strong identification is fresh.
OPEN_FOR = timedelta(minutes=15)
TIDIED_EVERY = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Leads one browser to Suomi.fi and back. What was learnt is believed for *lifetime*."""

    database: Database
    visits: Visits
    table: RightsTable
    lifetime: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def remember(self, tx: Transaction, browser: Browser, person: PersonId, code: str) -> None:
        """Let whoever identified in *browser* ask for a while; their *code* is sealed for that browser."""
        sealed = seal(code, browser.sealing_key, browser.attempt)
        errands.put(tx, browser.attempt, person, sealed, self.now() + OPEN_FOR)

    async def forget(self, attempt: UUID) -> None:
        """Keep nothing of a login."""
        await self.database.decide(lambda tx: errands.drop(tx, attempt))

    async def is_offered(self, attempt: UUID) -> bool:
        """Whether the person of a login may ask, and has not."""
        errand = await self.database.read(lambda rows: errands.find(rows, attempt, self.now()))
        return errand is not None and errand.answered_at is None

    async def go(self, browser: Browser, language: Language) -> str | None:
        """
        Where to send *browser*, which asked to be sent; nothing, if Suomi.fi has answered already.

        Raises:
            Refusal: time is over, or Suomi.fi does not take them.
        """
        attempt = browser.attempt
        errand = await self.database.read(lambda rows: errands.find(rows, attempt, self.now()))
        if errand is not None and errand.answered_at is not None:
            return None
        code = _code(errand, browser)
        session = await self.visits.open(code)
        async with AsyncExitStack() as undo:
            # Until it is noted, nobody else would ever close it.
            undo.push_async_callback(self.visits.close, session.id)
            before = await self.database.decide(lambda tx: self._enter(tx, attempt, session.id))
            undo.pop_all()
        if before is not None:
            await self.visits.close(before)
        return self.visits.address(session, state=browser.errand_state, language=language)

    async def come_back(self, browser: Browser, *, code: str, error: str) -> None:
        """
        Take in what *browser* brought back. Brought a second time, it changes nothing.

        Raises:
            Refusal: nothing was learnt; the visit is closed all the same.
        """
        errand = await self.database.decide(lambda tx: self._leave(tx, browser.attempt))
        if errand.answered_at is not None or errand.session is None:
            return
        try:
            if error:
                raise failed_there(error)
            told = _code(errand, browser)
            token = await self.visits.token(code)
            found = await self.visits.chosen(errand.session, token, told)
        finally:
            await self.visits.close(errand.session)
        await self.database.decide(lambda tx: self._note(tx, errand, found.vouched))
        unknown = sorted({code for one in found.vouched for code in self.table.unknown(one.codes)})
        log.info(
            "mandates.proved",
            attempt=str(browser.attempt),
            organisations=len(found.vouched),
            incomplete=sum(not one.complete for one in found.vouched),
            odd=found.odd,
            unknown_codes=unknown[:20],
        )

    async def outcome(self, browser: Browser) -> tuple[MandateView, ...]:
        """
        All that is proved of the person of a login whom Suomi.fi answered about.

        Raises:
            MandatesSessionOver: it has not answered, or long ago.
        """
        now = self.now()

        def look(rows: Transaction) -> tuple[MandateView, ...] | None:
            errand = errands.find(rows, browser.attempt, now)
            if errand is None or errand.answered_at is None:
                return None
            proofs = mandates.of_person(rows, errand.person)
            return tuple(shown(one, where, self.table, now) for one, where in proofs if now < one.expires_at)

        if (found := await self.database.read(look)) is None:
            raise MandatesSessionOver(why="expired")
        return found

    async def tidy(self) -> None:
        """Forget what is over, and close the visits that nobody came back from."""
        for session in await self.database.decide(lambda tx: errands.forget(tx, self.now())):
            await self.visits.close(session)

    @asynccontextmanager
    async def tidying(self) -> AsyncIterator[None]:
        """Tidy up every minute until the block ends."""

        async def forever() -> None:
            while True:
                try:
                    await self.tidy()
                except DBAPIError as error:
                    log.warning("mandates.not_tidied", error=type(error).__name__)
                await asyncio.sleep(TIDIED_EVERY)

        task = asyncio.create_task(forever())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _enter(self, tx: Transaction, attempt: UUID, session: str) -> str | None:
        """Note a visit; the one that was open before, if one was."""
        errand = errands.lock(tx, attempt, self.now())
        if errand is None or errand.answered_at is not None:
            raise MandatesSessionOver(why="expired")
        errands.visit(tx, attempt, session)
        return errand.session

    def _leave(self, tx: Transaction, attempt: UUID) -> Errand:
        """The errand as it stood; from now on nobody else comes back from its visit."""
        errand = errands.lock(tx, attempt, self.now())
        if errand is None or (errand.session is None and errand.answered_at is None):
            raise MandatesSessionOver(why="expired")
        errands.visit(tx, attempt, None)
        return errand

    def _note(self, tx: Transaction, errand: Errand, answer: tuple[Vouched, ...]) -> None:
        now = self.now()
        take_in_answer(
            tx,
            errand.person,
            answer,
            how=self.visits.kind,
            table=self.table,
            lifetime=self.lifetime,
            now=now,
        )
        errands.answer(tx, errand.attempt, now)


def _code(errand: Errand | None, browser: Browser) -> str:
    if errand is None or errand.sealed is None:
        raise MandatesSessionOver(why="expired")
    code = unseal(errand.sealed, browser.sealing_key, browser.attempt)
    if code is None:
        raise MandatesSessionOver(why="other_browser")
    return code
