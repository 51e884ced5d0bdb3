"""An identity provider that can be told to misbehave."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwe, jwt
from joserfc.jwk import ECKey, RSAKey

from services.identity.domain.identification import Browser
from services.identity.provider import Provider
from services.identity.settings import IdentitySettings
from shared.contracts.identity import IdentificationFailed

BROWSER = Browser("secret", uuid4())


@dataclass(slots=True)
class Odd:
    """A provider that publishes *published*, signs with *signer*, and answers with *changes*."""

    published: ECKey | RSAKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    signer: ECKey | RSAKey | None = None
    by_hand: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    seals_for: RSAKey | None = None
    keys_asked: int = 0
    algorithm: str = "ES256"
    changes: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    issuer: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    async def metadata(self, request: web.Request) -> web.Response:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }
        return web.json_response(told | self.changes)

    async def keys(self, request: web.Request) -> web.Response:
        self.keys_asked += 1
        public = {**self.published.as_dict(private=False), "kid": self.published.thumbprint()}
        return web.json_response({"keys": [public]})

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append({key: str(value) for key, value in form.items()} | dict(request.headers))
        claims = {
            "iss": self.issuer,
            "aud": "us",
            "nonce": BROWSER.nonce,
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            "sub": "somebody",
            "auth_time": int(time.time()),
            "acr": "http://ftn.ficora.fi/2017/loa2",
            "national_id_num": "210281-9988",
        }
        claims = {name: value for name, value in (claims | self.says).items() if value is not None}
        signer = self.signer or self.published
        header = {"alg": self.algorithm, "kid": self.published.thumbprint()}
        token = jwt.encode(header, claims, signer, algorithms=[self.algorithm])
        if self.by_hand:
            token = self._by_hand(header | {"alg": self.by_hand}, claims)
        if self.seals_for is not None:
            how = {"alg": "RSA-OAEP-256", "enc": "A256GCM"}
            token = jwe.encrypt_compact(how, token, self.seals_for, algorithms=[*how.values()])
        return web.json_response({"id_token": token, "access_token": "let me"}, status=self.status)

    async def told(self, request: web.Request) -> web.Response:
        allowed = request.headers.get("Authorization") == "Bearer let me"
        return web.json_response(self.userinfo, status=200 if allowed else 401)

    def _by_hand(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """What an attacker would write, who has nothing but the public key."""
        signed = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
        secret = self.published.as_pem(private=False)
        signature = hmac.digest(secret, signed.encode(), "sha256") if self.by_hand == "HS256" else b""
        return f"{signed}.{_base64(signature)}"


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


@asynccontextmanager
async def an_odd_provider() -> AsyncIterator[Odd]:
    """One at work, which does nothing odd yet."""
    provider = Odd()
    app = web.Application()
    app.add_routes(
        [
            web.get("/.well-known/openid-configuration", provider.metadata),
            web.get("/keys", provider.keys),
            web.post("/token", provider.token),
            web.get("/userinfo", provider.told),
        ]
    )
    async with TestServer(app) as server:
        provider.issuer = f"http://127.0.0.1:{server.port}"
        yield provider


def settings_for(odd: Odd, **changes: Any) -> IdentitySettings:
    """What its client is told."""
    return IdentitySettings(oidc_issuer=odd.issuer, oidc_client_id="us", **changes)


async def why_not(client: Provider) -> object:
    """Why nobody is vouched for."""
    with pytest.raises(IdentificationFailed) as refused:
        await client.who_came_back(BROWSER, "code")
    return refused.value.parameters["why"]
