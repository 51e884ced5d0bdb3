"""The login pages: from a link in chat to the identity provider and back."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import web

from services.identity import drawing, login
from services.identity.auditing import ATTEMPT
from services.identity.domain.identification import Browser, attempt_of, digest, new_secret
from services.identity.drawing import LANGUAGE
from services.identity.mandates.pages import MandatePages
from services.identity.provider import Provider
from services.identity.reception import Reception
from services.identity.serving import listening, served
from services.identity.storage import attempts
from services.identity.ways import OwnWay
from shared.contracts.identity import IdentificationFailed, IdentificationLinkSpent

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Reception):
    """What each address of the login pages does, where people log in by *provider*."""

    provider: Provider | OwnWay

    def application(self) -> web.Application:
        """The pages as an application."""
        routes = [
            web.get("/identify/{secret}", self.open_link),
            web.get("/confirm/{attempt:[0-9a-f]{32}}", self.ask),
            web.post("/confirm/{attempt:[0-9a-f]{32}}", self.take_answer),
            web.get("/done/{attempt:[0-9a-f]{32}}", self.end),
        ]
        if isinstance(self.provider, Provider):
            routes.append(web.get("/callback", partial(self.come_back, self.provider)))
        else:
            routes += self.provider.routes(self.browsers.of, self.welcome)
        if self.step is not None:
            routes += MandatePages(self.step, self.browsers.of).routes()
        return served(routes, self.database, self.provider, self.browsers, self.now)

    async def open_link(self, request: web.Request) -> web.StreamResponse:
        """Send a browser with a good link to the provider; write nothing, for previews come here, too."""
        secret = request.match_info["secret"]
        attempt = await self.database.read(lambda rows: attempts.of_link(rows, digest(secret)))
        if attempt is None:
            raise IdentificationLinkSpent
        request[LANGUAGE], request[ATTEMPT] = attempt.language, attempt.id
        attempt.check_open(self.now())
        browser = Browser(self.browsers.kept(request, attempt) or new_secret(), attempt.id)
        response = drawing.on_to(await self.provider.address(browser, attempt.language))
        self.browsers.hand(response, browser)
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
        browser = self.browsers.of(request, attempt_id)
        if not _same(state, browser.state):
            raise IdentificationFailed(why="other_browser")
        await provider.check_callback(request.query.get("iss"))
        if error:
            raise _failed_there(error)
        vouched = await provider.who_came_back(browser, request.query.get("code", ""))
        return await self.welcome(browser, vouched)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Ask whether the chat account belongs to the person who logged in."""
        browser = self.browsers.of_path(request)
        asked = await self.database.read(lambda rows: login.asked(rows, browser, self.now()))
        if asked is None:
            # Somebody went back to a question that they have answered.
            return drawing.on_to(f"/done/{browser.attempt.hex}")
        attempt, person = asked
        return drawing.question(
            attempt.language,
            chat_name=attempt.chat_name,
            name=person.name,
            attempt=attempt.id.hex,
            form_token=browser.form_token,
        )

    async def take_answer(self, request: web.Request) -> web.StreamResponse:
        """Link the account, or don't, as its person says."""
        browser = self.browsers.of_path(request)
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
        return drawing.on_to(f"/done/{browser.attempt.hex}")

    async def end(self, request: web.Request) -> web.StreamResponse:
        """Tell how it ended."""
        browser = self.browsers.of_path(request)
        finished = await self.database.read(lambda rows: login.outcome(rows, browser))
        person = finished.person
        offer = None
        if self.step is not None and person is not None and await self.step.is_offered(browser.attempt):
            offer = drawing.Offer(browser.attempt.hex, browser.form_token, self.step.visits.wire.us.origin)
        leave = None
        if not isinstance(self.provider, Provider):
            leave = await self.provider.leave(browser)
        return drawing.ending(person.language if person else finished.attempt.language, person, offer, leave)


@asynccontextmanager
async def serving(pages: Pages, *, host: str, port: int) -> AsyncIterator[None]:
    """Serve *pages* until the block ends."""
    async with listening(pages.application(), host=host, port=port):
        yield


def _failed_there(error: str) -> IdentificationFailed:
    return IdentificationFailed(why="cancelled" if error == "access_denied" else "provider")


def _same(told: str, expected: str) -> bool:
    return hmac.compare_digest(told.encode(), expected.encode())
