"""The way into a workspace: out to Slack with a state, back with a code, and a token for it."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wire
from bot.installations import storage
from bot.installations.installation import Installation, NotOurs, installed
from bot.installations.installations import Installations
from bot.manifest import scopes
from bot.settings import BotSettings
from shared.storage.database import Database

log = structlog.get_logger()

STATE_FOR = timedelta(minutes=10)


class NotInstalled(Exception):
    """It came to nothing; *why* is the word for the page that says so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a browser goes, and the *secret* by which it is known when it comes back."""

    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class Door:
    """Lets the bot into workspaces."""

    settings: BotSettings
    database: Database
    installations: Installations
    client: AsyncWebClient
    now: Callable[[], datetime]

    async def leave(self) -> Departure:
        """Send a browser to Slack's consent page."""
        state, secret, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), self.now()
        await self.database.decide(
            lambda tx: storage.begin(tx, _digest(state), _digest(secret), now, now + STATE_FOR)
        )
        query = {
            "client_id": self.settings.slack_client_id,
            "scope": ",".join(scopes()),
            "redirect_uri": self.settings.redirect_url,
            "state": state,
        }
        return Departure(
            f"{self.settings.slack_api_url.rstrip('/')}/oauth/v2/authorize?{urlencode(query)}", secret
        )

    async def come_back(self, query: Mapping[str, str], secret: str) -> Installation:
        """
        Take a browser back from Slack's consent page, and the bot into the workspace.

        Raises:
            NotInstalled: the browser is not the one that left, or Slack or the person said no.
        """
        state = query.get("state", "")
        left = await self.database.decide(lambda tx: storage.come_back(tx, _digest(state), self.now()))
        if left is None:
            raise NotInstalled("spent")
        if not hmac.compare_digest(left, _digest(secret)):
            log.warning("installation.of_another_browser")
            raise NotInstalled("other_browser")
        if not (code := query.get("code", "")):
            raise NotInstalled("cancelled" if query.get("error") == "access_denied" else "refused")
        one = await self._exchanged(code)
        await self.installations.put(one)
        return one

    async def renew(self, one: Installation) -> Installation | None:
        """Change the tokens of *one* for new ones; None if Slack says that they are good no more."""
        if one.refresh is None or not await self.installations.claim(one):
            return one
        try:
            answer = await self._access(grant_type="refresh_token", refresh_token=one.refresh)
        except SlackApiError as error:
            word = wire.word(error)
            log.error("installation.not_renewed", place=one.place, error=word)
            if word in ("invalid_refresh_token", "account_inactive", "token_revoked"):
                await self.installations.end(one.place, one.installed_at)
                return None
            return one
        except (aiohttp.ClientError, TimeoutError):
            log.warning("installation.not_renewed", place=one.place, error="no_answer")
            return one
        fresh = _with_tokens(one, installed(answer, self.now()))
        await self.installations.renewed(fresh)
        log.info("installation.renewed", place=one.place)
        return fresh

    async def _exchanged(self, code: str) -> Installation:
        try:
            answer = await self._access(code=code, redirect_uri=self.settings.redirect_url)
            return installed(answer, self.now())
        except SlackApiError as error:
            log.warning("installation.refused", error=wire.word(error))
            raise NotInstalled("refused") from None
        except NotOurs:
            log.error("installation.not_ours")
            raise NotInstalled("refused") from None
        except (aiohttp.ClientError, TimeoutError):
            raise NotInstalled("unreachable") from None

    async def _access(self, **arguments: str) -> Mapping[str, Any]:
        answer = await self.client.oauth_v2_access(
            client_id=self.settings.slack_client_id,
            client_secret=self.settings.slack_client_secret.get_secret_value(),
            **arguments,
        )
        return answer.data if isinstance(answer.data, dict) else {}


def _with_tokens(one: Installation, fresh: Installation) -> Installation:
    return replace(one, token=fresh.token, refresh=fresh.refresh, expires_at=fresh.expires_at)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
