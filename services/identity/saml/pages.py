"""The addresses of the login pages that belong to SAML: there and back, out, and who we are."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

import structlog
from aiohttp import web

from services.identity import drawing, login
from services.identity.auditing import ATTEMPT
from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.identification import new_secret
from services.identity.domain.subject import Subject
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.drawing import LANGUAGE
from services.identity.mandates.sealing import seal, unseal
from services.identity.saml import ending, names, shape
from services.identity.saml.assertion import CLOCKS_DIFFER_BY, LONGEST_ON_THE_WAY, Assertion
from services.identity.saml.door import Door
from services.identity.saml.wire import Query
from services.identity.storage import refused_logins
from services.identity.storage import saml as rows_of_saml
from services.identity.storage.saml import Session
from services.identity.ways import FindBrowser, Welcome
from shared.contracts.base import PersonId
from shared.contracts.identity import IdentificationFailed, IdentificationLinkSpent
from shared.storage.database import Database
from shared.storage.transaction import Transaction

log = structlog.get_logger()

# Where the provider says nothing of it.
LOGGED_IN_FOR = timedelta(hours=8)
MOST_REFUSED = 10
IDENTIFIERS = (
    (IdentifierKind.PERSONAL_CODE, names.PERSONAL_CODE),
    (IdentifierKind.SATU, names.SATU),
    (IdentifierKind.EIDAS, names.EIDAS_PERSON),
)
LARGEST_FORM = shape.LARGEST * 2


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
            web.post("/saml/leave/{attempt:[0-9a-f]{32}}", self.leave),
            web.get("/saml/logout", self.log_out),
        ]

    async def describe(self, _: web.Request) -> web.Response:
        """Say who we are."""
        return web.Response(text=self.metadata, content_type="application/samlmetadata+xml")

    async def take_in(self, request: web.Request) -> web.StreamResponse:
        """Take in the provider's answer. What else the form holds (RelayState) is not even looked at."""
        message = (await _form(request)).get("SAMLResponse", "")
        # Before any work is done for it: there is somebody who waits for it.
        attempt = await self._attempt(request, shape.request_of(message))
        answered = await self.door.answered(message)
        assertion = answered.assertion
        # Before anything is kept of it: a method that nobody knows is refused.
        self.table.method(assertion.context)
        kind, identifier = _known_by(assertion)
        said = {
            "request": answered.in_response_to,
            "identifier": identifier,
            "kind": kind,
            "name": assertion.one(names.DISPLAY_NAME),
            "at": min(assertion.authenticated_at, self.now()).isoformat(),
            "method": assertion.context,
            "subject": asdict(assertion.subject),
            "expires_at": (assertion.session_ends_at or self.now() + LOGGED_IN_FOR).isoformat(),
        }
        ticket = new_secret()
        sealed = seal(json.dumps(said), _key(ticket), attempt)
        await self.database.decide(lambda tx: self._remember(tx, assertion, attempt, ticket, sealed))
        return drawing.on_to(f"/saml/return/{ticket}")

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """Take the browser back that the answer is for."""
        ticket = request.match_info["ticket"]
        found = await self.database.read(lambda rows: rows_of_saml.waiting(rows, ticket))
        if found is None:
            raise IdentificationLinkSpent
        attempt_id, sealed = found
        request[ATTEMPT] = attempt_id
        attempt = await self.database.read(lambda rows: login.find(rows, attempt_id))
        request[LANGUAGE] = attempt.language
        attempt.check_completable(self.now())
        browser = self.browser(request, attempt_id)
        said = json.loads(unseal(sealed, _key(ticket), attempt_id) or "{}")
        if not hmac.compare_digest(str(said.get("request", "")).encode(), browser.saml_request.encode()):
            raise IdentificationFailed(why="other_browser")
        vouched = VouchedFor(
            identifier=said["identifier"],
            kind=IdentifierKind(said["kind"]),
            name=said["name"],
            at=datetime.fromisoformat(said["at"]),
            method=said["method"],
            level=self.table.method(said["method"]).level,
        )

        def note(tx: Transaction, person: PersonId) -> None:
            if not rows_of_saml.take(tx, ticket):
                raise IdentificationLinkSpent
            session = Session(
                attempt=attempt_id,
                person=person,
                subject=Subject(**said["subject"]),
                identified_at=vouched.at,
                expires_at=datetime.fromisoformat(said["expires_at"]),
            )
            rows_of_saml.begin(tx, session)

        return await self.welcome(browser, vouched, note)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """End somebody's login: here first, and then at the provider."""
        browser = self.browser(request, UUID(hex=request.match_info["attempt"]))
        token = (await _form(request)).get("form_token", "")
        if not hmac.compare_digest(token.encode(), browser.form_token.encode()):
            raise IdentificationFailed(why="other_browser")
        attempt = await self.database.read(lambda rows: login.find(rows, browser.attempt))
        request[LANGUAGE] = attempt.language
        session = await self.database.decide(lambda tx: ending.by_person(tx, browser, self.now()))
        if session is None:
            return drawing.left(attempt.language)
        log.info("saml_session.ended", attempt=str(browser.attempt), by="person")
        return drawing.on_to(await self.door.logout_address(browser, session.subject, attempt.language))

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """Take the provider's wish for a logout, or its word that one is done."""
        # As it was sent: whoever writes a query anew writes it a little differently, and nobody signed that.
        raw = request.raw_path.partition("?")[2]
        query = Query(parse_qsl(raw, keep_blank_values=True), raw)
        if "SAMLRequest" in query and "SAMLResponse" not in query:
            return await self._end_for(query)
        if "SAMLResponse" not in query:
            raise IdentificationFailed(why="malformed")
        attempt = _attempt_in(shape.answered_request(query["SAMLResponse"]))
        browser = self.browser(request, attempt)
        language = (await self.database.read(lambda rows: login.find(rows, attempt))).language
        request[LANGUAGE] = language
        everywhere = await self.door.is_logged_out(query, browser)
        return drawing.left(language, everywhere=everywhere)

    async def _end_for(self, query: Query) -> web.StreamResponse:
        """
        End the sessions that the provider names: its page asks in a frame, where there are no cookies.

        Whom we do not know any more is logged out just as well.
        """
        wish = await self.door.logout_wish(query)
        ended = await self.database.decide(lambda tx: ending.by_provider(tx, wish, self.now()))
        log.info("saml_session.ended", by="provider", sessions=ended)
        return drawing.on_to(await self.door.logged_out_address(wish, query.get("RelayState")))

    async def _attempt(self, request: web.Request, asked: str) -> UUID:
        attempt_id = _attempt_in(asked)
        request[ATTEMPT] = attempt_id
        attempt = await self.database.read(lambda rows: login.find(rows, attempt_id))
        request[LANGUAGE] = attempt.language
        attempt.check_completable(self.now())
        if await self.database.read(lambda rows: refused_logins.times(rows, attempt_id)) >= MOST_REFUSED:
            # Whoever sends one answer after the other to see what we say of each learns no more.
            raise IdentificationLinkSpent
        return attempt_id

    def _remember(
        self, tx: Transaction, assertion: Assertion, attempt: UUID, ticket: str, sealed: str
    ) -> None:
        rows_of_saml.forget(tx, self.now())
        until = assertion.issued_at + LONGEST_ON_THE_WAY + CLOCKS_DIFFER_BY
        if not rows_of_saml.remember(
            tx, assertion=assertion.id, attempt=attempt, ticket=ticket, sealed=sealed, until=until
        ):
            raise IdentificationFailed(why="replayed")


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of a form; there may be more in it than in any other of ours."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise IdentificationFailed(why="form")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise IdentificationFailed(why="form")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        raise IdentificationFailed(why="form") from None


def _attempt_in(request_id: str) -> UUID:
    """The attempt that the id of a request names, whether or not it is genuine."""
    try:
        return UUID(hex=request_id[1:].partition(".")[0])
    except ValueError:
        raise IdentificationFailed(why="nonce") from None


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


def _key(ticket: str) -> bytes:
    return hashlib.sha256(f"saml:{ticket}".encode()).digest()
