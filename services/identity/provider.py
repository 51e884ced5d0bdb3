"""The identity provider, as its client sees it: OpenID Connect, authorization code flow with PKCE."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    encode_basic_auth,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from yarl import URL

from services.identity.assurance import assurance_table
from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.id_token import Expected, read_claims
from services.identity.domain.identification import Browser
from services.identity.domain.vouching import VouchedFor
from services.identity.settings import IdentitySettings
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationFailed

log = structlog.get_logger()

ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE = ClientTimeout(total=10)
LARGEST = 256 * 1024
KEPT_FOR = 3600.0
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class _Metadata:
    authorize: str
    token: str
    keys_at: str
    read_at: datetime


@dataclass(slots=True)
class Provider:
    """Sends browsers to the provider, and asks it who came back."""

    settings: IdentitySettings
    session: ClientSession
    assurance: AssuranceTable
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _metadata: _Metadata | None = None
    _keys: KeySet | None = field(default=None, repr=False)

    @property
    def callback(self) -> str:
        return f"{self.settings.login_url}/callback"

    async def address(self, browser: Browser, language: Language) -> str:
        """
        Where to send *browser* to log in.

        Raises:
            IdentificationFailed: the provider does not answer sensibly.
        """
        asked = {
            "response_type": "code",
            "client_id": self.settings.oidc_client_id,
            "redirect_uri": self.callback,
            "scope": "openid profile",
            "state": browser.state,
            "nonce": browser.nonce,
            "code_challenge": browser.challenge,
            "code_challenge_method": "S256",
            "prompt": "login",
            "ui_locales": language,
        }
        if self.settings.acr_values:
            asked["acr_values"] = " ".join(self.settings.acr_values)
        authorize = (await self._read_metadata()).authorize
        return f"{authorize}{'&' if urlsplit(authorize).query else '?'}{urlencode(asked)}"

    async def who_came_back(self, browser: Browser, code: str) -> VouchedFor:
        """
        Whom the provider vouches for, to this *browser*, against the *code* that it brought.

        Raises:
            IdentificationFailed: nobody. *why* is a stable word.
        """
        token = await self._exchange(browser, code)
        expected = Expected(
            issuer=self.settings.oidc_issuer,
            client_id=self.settings.oidc_client_id,
            nonce=browser.nonce,
            code_claim=self.settings.oidc_code_claim,
            assurance=self.assurance,
            acr_values=self.settings.acr_values,
        )
        return read_claims(await self._claims(token), expected, self.now())

    async def _exchange(self, browser: Browser, code: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": browser.verifier,
        }
        secret = self.settings.oidc_client_secret.get_secret_value()
        headers = {}
        if secret:
            us = _quoted(self.settings.oidc_client_id)
            headers["Authorization"] = encode_basic_auth(us, _quoted(secret))
        else:
            form["client_id"] = self.settings.oidc_client_id
        answer = await self._ask("POST", (await self._read_metadata()).token, data=form, headers=headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise IdentificationFailed(why="provider")
        return token

    async def _claims(self, token: str) -> dict[str, Any]:
        """The claims in *token*, if it is signed with a key of the provider's; keys may just have changed."""
        for keys in (await self._read_keys(), None):
            try:
                decoded = jwt.decode(token, keys or await self._read_keys(anew=True), algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError, KeyError) as error:
                log.info("id_token.not_believed", error=type(error).__name__)
            else:
                return decoded.claims
        raise IdentificationFailed(why="forged")

    async def _read_keys(self, *, anew: bool = False) -> KeySet:
        if self._keys is None or anew:
            listed = await self._ask("GET", (await self._read_metadata()).keys_at)
            try:
                self._keys = KeySet.import_key_set(cast("Any", listed))
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise IdentificationFailed(why="provider") from error
        return self._keys

    async def _read_metadata(self) -> _Metadata:
        known = self._metadata
        if known is not None and (self.now() - known.read_at).total_seconds() < KEPT_FOR:
            return known
        issuer = self.settings.oidc_issuer
        answer = await self._ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if answer.get("issuer") != issuer:
            raise IdentificationFailed(why="issuer")
        addresses = [answer.get(key) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        authorize, token, keys_at = (_trusted(address) for address in addresses)
        self._metadata = _Metadata(authorize, token, keys_at, self.now())
        return self._metadata

    async def _ask(self, method: str, address: str, **what: Any) -> dict[str, Any]:
        try:
            async with self.session.request(
                method, URL(address, encoded=True), allow_redirects=False, **what
            ) as response:
                body = await _read(response)
                if response.status != 200:
                    log.info("provider.refused", status=response.status)
                    raise IdentificationFailed(why="provider")
                answer = json.loads(body)
        except (ClientError, TimeoutError, ValueError) as error:
            log.warning("provider.unreachable", error=type(error).__name__)
            raise IdentificationFailed(why="provider") from error
        if not isinstance(answer, dict):
            raise IdentificationFailed(why="provider")
        return answer


@asynccontextmanager
async def reaching(settings: IdentitySettings, now: Callable[[], datetime]) -> AsyncIterator[Provider]:
    """The provider that *settings* name, until the block ends."""
    async with ClientSession(timeout=PATIENCE, cookie_jar=DummyCookieJar()) as session:
        yield Provider(settings, session, assurance_table(settings.assurance), now)


async def _read(response: ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("too large")
    return bytes(body)


def _trusted(address: object) -> str:
    """An address that secrets may be sent to: with TLS, or on this machine."""
    if isinstance(address, str):
        parts = urlsplit(address)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return address
    raise IdentificationFailed(why="provider")


def _quoted(text: str) -> str:
    return urlencode({"": text})[1:]
