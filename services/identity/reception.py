"""Takes in whoever was vouched for, whichever way they logged in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from aiohttp import web

from services.identity import drawing, katso, login
from services.identity.browsers import Browsers
from services.identity.domain.identification import Attempt, Browser, Identified, new_secret
from services.identity.domain.katso import Era
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.holding import hold_code
from services.identity.keys import Codes
from services.identity.login import Finished
from services.identity.mandates.step import Step
from services.identity.sealing import Vault
from services.identity.ways import Note
from shared.contracts.assurance import Level
from shared.contracts.identity import IdentificationFailed, PersonalCodeInvalid
from shared.storage.database import Database
from shared.storage.transaction import Transaction

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """
    Knows people by *codes*, and takes no login below *least_level*.

    *vault* seals their codes; *step* is the one in which they may ask Suomi.fi for whom they act.
    """

    database: Database
    codes: Codes
    https: bool
    vault: Vault | None = None
    step: Step | None = None
    least_level: Level = Level.SUBSTANTIAL
    katso_era: Era = field(default_factory=Era)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def browsers(self) -> Browsers:
        """How browsers are known."""
        return Browsers(self.https)

    async def welcome(
        self,
        browser: Browser,
        vouched: VouchedFor,
        note: Note | None = None,
    ) -> web.StreamResponse:
        """Go on with whoever was vouched for to *browser*; *note* writes down what its way remembers."""
        if vouched.kind is IdentifierKind.KATSO:
            self.katso_era.check_login(self.now())
        elif not vouched.level.reaches(self.least_level):
            raise IdentificationFailed(why="too_weak")
        try:
            known_by, *others = self.codes.digests_of(vouched)
        except PersonalCodeInvalid:
            raise IdentificationFailed(why="code_missing") from None
        # Whoever may have known the cookie before the login does not know it after.
        renewed = Browser(new_secret(), browser.attempt)

        def take(tx: Transaction) -> tuple[Attempt, Finished | None, bool]:
            attempt, now = login.find(tx, browser.attempt), self.now()
            attempt.check_completable(now)
            person = katso.whose(
                tx, attempt, browser, vouched, known_by, others, least=self.least_level, now=now
            )
            if person is None:
                katso.show(tx, renewed, vouched.identifier, now)
                return attempt, None, False
            identified = Identified(person=person, at=vouched.at, method=vouched.method, level=vouched.level)
            finished = login.vouched_for(tx, renewed, identified, now)
            if note is not None:
                note(tx, renewed, person)
            if self.vault is not None and vouched.kind is not IdentifierKind.KATSO:
                hold_code(tx, person, vouched.identifier, self.vault)
            if self.step is not None and vouched.kind is IdentifierKind.PERSONAL_CODE:
                self.step.remember(tx, renewed, person, vouched.identifier)
            return attempt, finished, True

        attempt, finished, sure = await self.database.decide(take)
        if sure:
            log.info("person.vouched_for", attempt=str(attempt.id), linked=finished is not None)
            response = drawing.on_to(f"/{'confirm' if finished is None else 'done'}/{attempt.id.hex}")
        else:
            response = drawing.trouble(attempt.language, IdentificationFailed.code, katso.SUB, status=403)
        self.browsers.hand(response, renewed)
        return response
