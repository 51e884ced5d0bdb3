"""Three more addresses of the login pages: to Suomi.fi, back from there, and what came of it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from services.identity import drawing, login
from services.identity.domain.identification import Browser, attempt_of
from services.identity.drawing import LANGUAGE
from services.identity.mandates.step import Step
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationFailed, MandatesSessionOver

FindBrowser = Callable[[web.Request, UUID], Browser]


@dataclass(frozen=True, slots=True)
class MandatePages:
    """What the addresses do; *browser* knows who sits there."""

    step: Step
    browser: FindBrowser

    def routes(self) -> list[web.RouteDef]:
        path = "/mandates/{attempt:[0-9a-f]{32}}"
        return [
            web.get("/mandates/callback", self.come_back),
            web.post(path, self.go),
            web.get(path, self.show),
        ]

    async def go(self, request: web.Request) -> web.StreamResponse:
        """Send somebody to Suomi.fi who said that they want to go there; nobody is asked about otherwise."""
        browser = self._browser_of_path(request)
        try:
            form = await request.post()
        except (ValueError, LookupError):
            raise IdentificationFailed(why="form") from None
        if not hmac.compare_digest(str(form.get("form_token", "")).encode(), browser.form_token.encode()):
            raise IdentificationFailed(why="other_browser")
        language = await self._language(request, browser)
        return drawing.on_to(await self.step.go(browser, language) or f"/mandates/{browser.attempt.hex}")

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """Take a browser back from Suomi.fi."""
        state = request.query.get("state", "")
        if (attempt := attempt_of(state)) is None:
            raise MandatesSessionOver(why="other_browser")
        browser = self.browser(request, attempt)
        if not hmac.compare_digest(state.encode(), browser.errand_state.encode()):
            raise MandatesSessionOver(why="other_browser")
        await self._language(request, browser)
        code, error = request.query.get("code", ""), request.query.get("error", "")
        await self.step.come_back(browser, code=code, error=error)
        return drawing.on_to(f"/mandates/{attempt.hex}")

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Tell for whom somebody may act, and what each of it is worth here."""
        browser = self._browser_of_path(request)
        language = await self._language(request, browser)
        return drawing.mandates(language, await self.step.outcome(browser))

    def _browser_of_path(self, request: web.Request) -> Browser:
        return self.browser(request, UUID(hex=request.match_info["attempt"]))

    async def _language(self, request: web.Request, browser: Browser) -> Language:
        """The language of whoever logged in here, and said that the account is theirs."""
        finished = await self.step.database.read(lambda rows: login.outcome(rows, browser))
        if finished.person is None:
            raise MandatesSessionOver(why="expired")
        request[LANGUAGE] = finished.person.language
        return finished.person.language
