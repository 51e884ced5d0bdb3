"""The identity provider, as its client sees it: OpenID Connect, authorization code flow with PKCE."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
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
from yarl import URL

from services.identity.assurance import assurance_table
from services.identity.believing import Believer, own_key
from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.id_token import Expected, read_claims
from services.identity.domain.identification import Browser
from services.identity.domain.vouching import VouchedFor
from services.identity.settings import IdentitySettings
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationFailed

log = structlog.get_logger()

PATIENCE = ClientTimeout(total=10)
LARGEST = 256 * 1024
KEPT_FOR = 3600.0
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class _Metadata:
    authorize: str
    token: str
    keys_at: str
    userinfo: str | None
    names_itself: bool
    read_at: datetime


@dataclass(slots=True)
class Provider:
    """Sends browsers to the provider, and asks it who came back."""

    settings: IdentitySettings
    session: ClientSession
    assurance: AssuranceTable
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _metadata: _Metadata | None = None
    _believer: Believer = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ours = own_key(self.settings.oidc_decryption_key)
        self._believer = Believer(self._listed_keys, self.now, ours)

    @property
    def issuer(self) -> str:
        """At whose word people are who they are."""
        return self.settings.oidc_issuer

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
        if self.settings.max_age is not None:
            asked["max_age"] = str(self.settings.oidc_max_age_seconds)
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
        tokens = await self._exchange(browser, code)
        claims = await self._believer.claims(tokens["id_token"])
        if self.settings.oidc_userinfo:
            claims = await self._more(claims, tokens.get("access_token"))
        expected = Expected(
            issuer=self.settings.oidc_issuer,
            client_id=self.settings.oidc_client_id,
            nonce=browser.nonce,
            names=self.settings.claim_names,
            assurance=self.assurance,
            acr_values=self.settings.acr_values,
            max_age=self.settings.max_age,
            skew=timedelta(seconds=self.settings.oidc_clock_skew_seconds),
        )
        return read_claims(claims, expected, self.now())

    async def check_callback(self, issuer: str | None) -> None:
        """
        Make sure that a browser comes back from this provider, and from no other (RFC 9207).

        Raises:
            IdentificationFailed: *issuer* is another, or missing although the provider always tells.
        """
        if issuer is None and not (await self._read_metadata()).names_itself:
            return
        if issuer != self.settings.oidc_issuer:
            raise IdentificationFailed(why="issuer")

    async def _exchange(self, browser: Browser, code: str) -> dict[str, Any]:
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
        if not isinstance(answer.get("id_token"), str):
            raise IdentificationFailed(why="provider")
        return answer

    async def _listed_keys(self) -> dict[str, Any]:
        return await self._ask("GET", (await self._read_metadata()).keys_at)

    async def _more(self, claims: dict[str, Any], access_token: object) -> dict[str, Any]:
        """*claims*, and what userinfo tells besides: of the same person, and never otherwise than they do."""
        address = (await self._read_metadata()).userinfo
        if address is None or not isinstance(access_token, str):
            raise IdentificationFailed(why="provider")
        told = await self._ask("GET", address, headers={"Authorization": f"Bearer {access_token}"})
        if not claims.get("sub") or told.get("sub") != claims["sub"]:
            raise IdentificationFailed(why="another_subject")
        return told | claims

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
        userinfo = answer.get("userinfo_endpoint")
        self._metadata = _Metadata(
            authorize,
            token,
            keys_at,
            userinfo=None if userinfo is None else _trusted(userinfo),
            names_itself=answer.get("authorization_response_iss_parameter_supported") is True,
            read_at=self.now(),
        )
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
