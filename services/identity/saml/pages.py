"""The addresses of the login pages that belong to SAML: there and back, and who we are."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from aiohttp import web

from services.identity import drawing, login
from services.identity.auditing import ATTEMPT
from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.identification import Browser, digest, new_secret
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.drawing import LANGUAGE
from services.identity.saml import names, shape
from services.identity.saml.asking import Answered
from services.identity.saml.assertion import CLOCKS_DIFFER_BY, LONGEST_ON_THE_WAY, Assertion
from services.identity.saml.door import Door
from services.identity.saml.forms import attempt_in, fields
from services.identity.saml.waiting import Waiting, opened
from services.identity.storage import refused_logins
from services.identity.storage import saml as rows_of_saml
from services.identity.storage.saml import Session
from services.identity.ways import FindBrowser, Welcome
from shared.contracts.base import PersonId, Refusal
from shared.contracts.identity import IdentificationFailed, IdentificationLinkSpent
from shared.storage.database import Database
from shared.storage.transaction import Transaction

# Where the provider says nothing of it.
LOGGED_IN_FOR = timedelta(hours=8)
MOST_REFUSED = 10
IDENTIFIERS = (
    (IdentifierKind.PERSONAL_CODE, names.PERSONAL_CODE),
    (IdentifierKind.SATU, names.SATU),
    (IdentifierKind.EIDAS, names.EIDAS_PERSON),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlPages:
    """
    What the addresses do; *browser* knows who sits there, and *welcome* goes on with whom they are.

    A browser brings the answer in a form that another site sent, and such a form carries none of our cookies
    (SameSite=Lax). So the answer is believed, or not, without knowing the browser; what it said is sealed
    with a ticket that only that browser is given, and looked at again when it comes back by an address of
    ours, with its cookie. A cookie for all sites (SameSite=None) would need TLS even on one machine, and
    would be sent with everything that any page has a browser ask here.
    """

    door: Door
    database: Database
    table: AssuranceTable
    metadata: str
    browser: FindBrowser
    welcome: Welcome
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/saml/metadata", self.describe),
            web.post("/saml/acs", self.take_in),
            web.get("/saml/return/{ticket}", self.come_back),
        ]

    async def describe(self, _: web.Request) -> web.Response:
        """Say who we are."""
        return web.Response(text=self.metadata, content_type="application/samlmetadata+xml")

    async def take_in(self, request: web.Request) -> web.StreamResponse:
        """Take in the provider's answer. What else the form holds (RelayState) is not even looked at."""
        message = (await fields(request)).get("SAMLResponse", "")
        # Before any work is done for it: there is somebody who waits for it.
        attempt = await self._attempt(request, shape.request_of(message))
        answered = await self.door.answered(message)
        waiting, ticket = self._understood(answered), new_secret()
        sealed = waiting.sealed(ticket, attempt)
        await self.database.decide(lambda tx: self._remember(tx, answered.assertion, attempt, ticket, sealed))
        return drawing.on_to(f"/saml/return/{ticket}")

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """Take the browser back that the answer is for; whoever is refused may log out of Suomi.fi."""
        ticket = request.match_info["ticket"]
        found = await self.database.read(lambda rows: rows_of_saml.waiting(rows, ticket))
        if found is None:
            raise IdentificationLinkSpent
        attempt_id, sealed = found
        request[ATTEMPT] = attempt_id
        attempt = await self.database.read(lambda rows: login.find(rows, attempt_id))
        request[LANGUAGE] = attempt.language
        browser = self.browser(request, attempt_id)
        waiting = opened(sealed, ticket, attempt_id)
        if waiting is None or not _same(waiting.request, browser.saml_request):
            raise IdentificationFailed(why="other_browser")

        def begin(tx: Transaction, there: Browser, person: PersonId | None) -> None:
            session = Session(
                attempt=attempt_id,
                person=person,
                browser=digest(there.secret),
                subject=waiting.subject,
                identified_at=waiting.at,
                expires_at=waiting.expires_at,
            )
            rows_of_saml.begin(tx, session)

        def note(tx: Transaction, there: Browser, person: PersonId) -> None:
            if not rows_of_saml.take(tx, ticket):
                raise IdentificationLinkSpent
            begin(tx, there, person)

        def note_refused(tx: Transaction) -> None:
            # Unless the same answer let somebody in, in another tab.
            if rows_of_saml.still_waits(tx, ticket) and not rows_of_saml.is_somebodys(tx, attempt_id):
                begin(tx, browser, None)

        try:
            attempt.check_completable(self.now())
            if waiting.vouched is None:
                raise IdentificationFailed(why=waiting.refused)
            return await self.welcome(browser, waiting.vouched, note)
        except Refusal:
            await self.database.decide(note_refused)
            raise

    def _understood(self, answered: Answered) -> Waiting:
        """What is kept of an answer until its browser comes, whether or not it is good enough."""
        assertion, now = answered.assertion, self.now()
        vouched, refused = None, answered.refused
        at = min(assertion.authenticated_at, now)
        try:
            if not refused:
                kind, identifier = _known_by(assertion)
                vouched = VouchedFor(
                    identifier=identifier,
                    kind=kind,
                    also=_also(assertion, kind),
                    name=assertion.one(names.DISPLAY_NAME),
                    at=at,
                    method=assertion.context,
                    level=self.table.method(assertion.context).level,
                )
        except IdentificationFailed as refusal:
            refused = str(refusal.parameters["why"])
        return Waiting(
            request=answered.in_response_to,
            subject=assertion.subject,
            at=at,
            expires_at=assertion.session_ends_at or now + LOGGED_IN_FOR,
            vouched=vouched,
            refused=refused,
        )

    async def _attempt(self, request: web.Request, asked: str) -> UUID:
        attempt_id = attempt_in(asked)
        request[ATTEMPT] = attempt_id
        attempt = await self.database.read(lambda rows: login.find(rows, attempt_id))
        request[LANGUAGE] = attempt.language
        if attempt.used_at is not None:
            raise IdentificationLinkSpent
        if await self.database.read(lambda rows: refused_logins.times(rows, attempt_id)) >= MOST_REFUSED:
            # Whoever sends one answer after the other to see what we say of each learns no more.
            raise IdentificationLinkSpent
        return attempt_id

    def _remember(
        self, tx: Transaction, assertion: Assertion, attempt: UUID, ticket: str, sealed: str
    ) -> None:
        rows_of_saml.forget(tx, self.now())
        # One that is refused as too old waits for its browser as well.
        until = max(assertion.issued_at, self.now()) + LONGEST_ON_THE_WAY + CLOCKS_DIFFER_BY
        if not rows_of_saml.remember(
            tx, assertion=assertion.id, attempt=attempt, ticket=ticket, sealed=sealed, until=until
        ):
            raise IdentificationFailed(why="replayed")


def _known_by(assertion: Assertion) -> tuple[IdentifierKind, str]:
    """
    What somebody is known by: their personal code, or what Suomi.fi tells where it has none.

    Raises:
        IdentificationFailed: it tells nothing, or two codes.
    """
    for kind, name in IDENTIFIERS:
        if name in assertion.attributes:
            if not (identifier := assertion.one(name)):
                break
            return kind, identifier
    raise IdentificationFailed(why="code_missing")


def _also(assertion: Assertion, best: IdentifierKind) -> tuple[tuple[IdentifierKind, str], ...]:
    """What else somebody is known by than by what is the *best*."""
    told = ((kind, assertion.one(name)) for kind, name in IDENTIFIERS if kind is not best)
    return tuple((kind, identifier) for kind, identifier in told if identifier)


def _same(told: str, expected: str) -> bool:
    return hmac.compare_digest(told.encode(), expected.encode())
