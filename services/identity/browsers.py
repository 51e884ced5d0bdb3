"""Which browser is whose: a cookie for each attempt to identify, and the secret in it."""

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from services.identity.auditing import ATTEMPT
from services.identity.domain.identification import Attempt, Browser, digest
from shared.contracts.identity import IdentificationFailed

COOKIE_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Browsers:
    """Knows browsers by their cookies; with *https*, such as go by TLS alone."""

    https: bool

    def of(self, request: web.Request, attempt: UUID) -> Browser:
        """
        The browser that *request* comes from, as far as *attempt* is concerned.

        Raises:
            IdentificationFailed: it has no cookie; *why* is other_browser.
        """
        request[ATTEMPT] = attempt
        secret = request.cookies.get(self._cookie(attempt))
        if not secret:
            raise IdentificationFailed(why="other_browser")
        return Browser(secret, attempt)

    def of_path(self, request: web.Request) -> Browser:
        """The same, for the attempt that the address names."""
        return self.of(request, UUID(hex=request.match_info["attempt"]))

    def known(self, request: web.Request) -> Browser | None:
        """The browser that *request* comes from, if it has a cookie of the attempt that is meant."""
        attempt = request.get(ATTEMPT)
        secret = "" if attempt is None else request.cookies.get(self._cookie(attempt), "")
        return Browser(secret, attempt) if attempt is not None and secret else None

    def kept(self, request: web.Request, attempt: Attempt) -> str | None:
        """The secret of a browser in which a sub-ID of Katso waits for its person."""
        secret = request.cookies.get(self._cookie(attempt.id), "")
        return secret if attempt.katso_browser == digest(secret) else None

    def hand(self, response: web.Response, browser: Browser) -> None:
        """Give *browser* its cookie along with *response*."""
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
