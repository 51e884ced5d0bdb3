"""The login pages: from a link in chat to the identity provider and back."""

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid4

import structlog
from aiohttp import web

from services.identity import drawing, katso, login
from services.identity.auditing import ATTEMPT, note_refusal
from services.identity.domain.identification import (
    Attempt,
    Browser,
    Identified,
    attempt_of,
    digest,
    new_secret,
)
from services.identity.domain.katso import KATSO_UNTIL, check_era
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.drawing import HEADERS, LANGUAGE, language_of
from services.identity.holding import hold_code
from services.identity.keys import Codes
from services.identity.login import Finished
from services.identity.mandates.pages import MandatePages
from services.identity.mandates.step import Step
from services.identity.provider import Provider
from services.identity.sealing import Vault
from services.identity.storage import attempts
from services.identity.ways import Note, OwnWay
from shared.contracts.assurance import Level
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    IdentificationFailed,
    IdentificationLinkSpent,
    PersonalCodeInvalid,
)
from shared.storage.database import Database
from shared.storage.transaction import Transaction

log = structlog.get_logger()

COOKIE_SECONDS = 1800
LARGEST_FORM = 16 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What each address of the login pages does."""

    database: Database
    provider: Provider | OwnWay
    codes: Codes
    https: bool
    vault: Vault | None = None
    step: Step | None = None
    least_level: Level = Level.SUBSTANTIAL
    katso_until: date = KATSO_UNTIL
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def application(self) -> web.Application:
        """The pages as an application."""
        app = web.Application(middlewares=[self._kindly], client_max_size=LARGEST_FORM)
        app.on_response_prepare.append(_guard)
        app.add_routes(
            [
                web.get("/identify/{secret}", self.open_link),
                web.get("/confirm/{attempt:[0-9a-f]{32}}", self.ask),
                web.post("/confirm/{attempt:[0-9a-f]{32}}", self.take_answer),
                web.get("/done/{attempt:[0-9a-f]{32}}", self.end),
                web.get("/style.css", _style),
            ]
        )
        if isinstance(self.provider, Provider):
            back = partial(self.come_back, self.provider)
            app.add_routes([web.get("/callback", back)])
        else:
            app.add_routes(self.provider.routes(self._browser, self.welcome))
        if self.step is not None:
            app.add_routes(MandatePages(self.step, self._browser).routes())
        return app

    async def open_link(self, request: web.Request) -> web.StreamResponse:
        """Send a browser with a good link to the provider; write nothing, for previews come here, too."""
        secret = request.match_info["secret"]
        attempt = await self.database.read(lambda rows: attempts.of_link(rows, digest(secret)))
        if attempt is None:
            raise IdentificationLinkSpent
        request[LANGUAGE], request[ATTEMPT] = attempt.language, attempt.id
        attempt.check_open(self.now())
        browser = Browser(self._kept(request, attempt) or new_secret(), attempt.id)
        response = _go_to(await self.provider.address(browser, attempt.language))
        self._hand(response, browser)
        return response

    async def come_back(self, provider: Provider, request: web.Request) -> web.StreamResponse:
        """Take a browser back from the provider, and find out whom it vouches for."""
        state, error = request.query.get("state", ""), request.query.get("error", "")
        if (attempt_id := attempt_of(state)) is None:
            raise _failed_there(error) if error else IdentificationLinkSpent()
        request[ATTEMPT] = attempt_id
        attempt = await self.database.read(lambda rows: login.find(rows, attempt_id))
        request[LANGUAGE] = attempt.language
        attempt.check_completable(self.now())
        browser = self._browser(request, attempt_id)
        if not _same(state, browser.state):
            raise IdentificationFailed(why="other_browser")
        await provider.check_callback(request.query.get("iss"))
        if error:
            raise _failed_there(error)
        vouched = await provider.who_came_back(browser, request.query.get("code", ""))
        return await self.welcome(browser, vouched)

    async def welcome(
        self,
        browser: Browser,
        vouched: VouchedFor,
        note: Note | None = None,
    ) -> web.StreamResponse:
        """Go on with whoever was vouched for to *browser*; *note* writes down what its way remembers."""
        if vouched.kind is IdentifierKind.KATSO:
            check_era(self.now(), self.katso_until)
        elif not vouched.level.reaches(self.least_level):
            raise IdentificationFailed(why="too_weak")
        try:
            known_by = self.codes.digest_of(vouched)
        except PersonalCodeInvalid:
            raise IdentificationFailed(why="code_missing") from None
        # Whoever may have known the cookie before the login does not know it after.
        renewed = Browser(new_secret(), browser.attempt)

        def take(tx: Transaction) -> tuple[Attempt, Finished | None, bool]:
            attempt, now = login.find(tx, browser.attempt), self.now()
            attempt.check_completable(now)
            person = katso.whose(tx, attempt, browser, vouched, known_by, least=self.least_level, now=now)
            if person is None:
                katso.show(tx, renewed, vouched.identifier, now)
                return attempt, None, False
            identified = Identified(person=person, at=vouched.at, method=vouched.method, level=vouched.level)
            finished = login.vouched_for(tx, renewed, identified, now)
            if note is not None:
                note(tx, person)
            if vouched.kind is IdentifierKind.PERSONAL_CODE:
                if self.vault is not None:
                    hold_code(tx, person, vouched.identifier, self.vault)
                if self.step is not None:
                    self.step.remember(tx, renewed, person, vouched.identifier)
            return attempt, finished, True

        attempt, finished, sure = await self.database.decide(take)
        if sure:
            log.info("person.vouched_for", attempt=str(attempt.id), linked=finished is not None)
            response = _go_to(f"/{'confirm' if finished is None else 'done'}/{attempt.id.hex}")
        else:
            response = drawing.trouble(attempt.language, IdentificationFailed.code, katso.SUB, status=403)
        self._hand(response, renewed)
        return response

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Ask whether the chat account belongs to the person who logged in."""
        browser = self._browser_of_path(request)
        attempt, person = await self.database.read(lambda rows: login.asked(rows, browser, self.now()))
        return drawing.question(
            attempt.language,
            chat_name=attempt.chat_name,
            name=person.name,
            attempt=attempt.id.hex,
            form_token=browser.form_token,
        )

    async def take_answer(self, request: web.Request) -> web.StreamResponse:
        """Link the account, or don't, as its person says."""
        browser = self._browser_of_path(request)
        try:
            form = await request.post()
        except (ValueError, LookupError):
            raise IdentificationFailed(why="form") from None
        if not _same(str(form.get("form_token", "")), browser.form_token):
            raise IdentificationFailed(why="other_browser")
        mine = form.get("answer") == "yes"
        await self.database.decide(lambda tx: login.answered(tx, browser, mine=mine, now=self.now()))
        if self.step is not None and not mine:
            await self.step.forget(browser.attempt)
        log.info("chat_account.answered_for", attempt=str(browser.attempt), mine=mine)
        return _go_to(f"/done/{browser.attempt.hex}")

    async def end(self, request: web.Request) -> web.StreamResponse:
        """Tell how it ended."""
        browser = self._browser_of_path(request)
        finished = await self.database.read(lambda rows: login.outcome(rows, browser))
        person = finished.person
        offer = None
        if self.step is not None and person is not None and await self.step.is_offered(browser.attempt):
            offer = drawing.Offer(browser.attempt.hex, browser.form_token, self.step.visits.wire.us.origin)
        leave = None
        if not isinstance(self.provider, Provider):
            leave = await self.provider.leave(browser)
        return drawing.ending(person.language if person else finished.attempt.language, person, offer, leave)

    def _browser_of_path(self, request: web.Request) -> Browser:
        return self._browser(request, UUID(hex=request.match_info["attempt"]))

    def _browser(self, request: web.Request, attempt: UUID) -> Browser:
        request[ATTEMPT] = attempt
        secret = request.cookies.get(self._cookie(attempt))
        if not secret:
            raise IdentificationFailed(why="other_browser")
        return Browser(secret, attempt)

    def _kept(self, request: web.Request, attempt: Attempt) -> str | None:
        """The secret of a browser in which a sub-ID of Katso waits for its person."""
        secret = request.cookies.get(self._cookie(attempt.id), "")
        return secret if attempt.katso_browser == digest(secret) else None

    def _hand(self, response: web.Response, browser: Browser) -> None:
        response.set_cookie(
            self._cookie(browser.attempt),
            browser.secret,
            max_age=COOKIE_SECONDS,
            secure=self.https,
            httponly=True,
            samesite="Lax",
        )

    def _cookie(self, attempt: UUID) -> str:
        # One for each attempt, so that two tabs do not disturb each other. Browsers take a name that
        # begins with __Host- only with TLS and from this very host.
        return f"{'__Host-' if self.https else ''}kanta-{attempt.hex[:16]}"

    @web.middleware
    async def _kindly(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody see a bare error, and nobody be refused without a row."""
        try:
            return await handler(request)
        except Refusal as refusal:
            why = str(refusal.parameters.get("why", ""))
            await self._note(request, refusal.code, why)
            status = drawing.status_of(refusal, why)
            return drawing.trouble(language_of(request), refusal.code, why, status=status)
        except web.HTTPException as error:
            return drawing.trouble(language_of(request), "page.not_found", status=error.status)
        except Exception:
            # The outermost boundary: the person gets a reference, the log gets the cause.
            reference = uuid4().hex[:8]
            log.exception("page.crashed", reference=reference)
            await self._note(request, "page.crashed", "")
            return drawing.trouble(language_of(request), "page.crashed", status=500, reference=reference)

    async def _note(self, request: web.Request, code: str, why: str) -> None:
        issuer = self.provider.issuer
        await note_refusal(self.database, request, provider=issuer, code=code, why=why, now=self.now())


@asynccontextmanager
async def serving(pages: Pages, *, host: str, port: int) -> AsyncIterator[None]:
    """Serve *pages* until the block ends."""
    # No access log: addresses hold secrets.
    runner = web.AppRunner(pages.application(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


async def _guard(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


async def _style(_: web.Request) -> web.Response:
    return web.Response(text=drawing.STYLE, content_type="text/css")


def _failed_there(error: str) -> IdentificationFailed:
    return IdentificationFailed(why="cancelled" if error == "access_denied" else "provider")


def _go_to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})


def _same(told: str, expected: str) -> bool:
    return hmac.compare_digest(told.encode(), expected.encode())
