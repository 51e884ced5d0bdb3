"""What the client of the provider believes: a provider that can be told to misbehave."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from services.identity.domain.identification import Browser
from services.identity.provider import Provider, reaching
from services.identity.settings import IdentitySettings
from shared.contracts.identity import IdentificationFailed

BROWSER = Browser("secret", uuid4())


@dataclass(slots=True)
class Odd:
    """A provider that publishes *published*, signs with *signer*, and answers with *changes*."""

    published: ECKey | RSAKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    signer: ECKey | RSAKey | None = None
    by_hand: str = ""
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
        }
        return web.json_response(told | self.changes)

    async def keys(self, request: web.Request) -> web.Response:
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
            "acr": "http://ftn.ficora.fi/2017/loa2",
            "national_id_num": "210281-9988",
        }
        signer = self.signer or self.published
        header = {"alg": self.algorithm, "kid": self.published.thumbprint()}
        token = jwt.encode(header, claims, signer, algorithms=[self.algorithm])
        if self.by_hand:
            token = self._by_hand(header | {"alg": self.by_hand}, claims)
        return web.json_response({"id_token": token}, status=self.status)

    def _by_hand(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """What an attacker would write, who has nothing but the public key."""
        signed = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
        secret = self.published.as_pem(private=False)
        signature = hmac.digest(secret, signed.encode(), "sha256") if self.by_hand == "HS256" else b""
        return f"{signed}.{_base64(signature)}"


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


@pytest.fixture
async def odd() -> AsyncIterator[Odd]:
    provider = Odd()
    app = web.Application()
    app.add_routes(
        [
            web.get("/.well-known/openid-configuration", provider.metadata),
            web.get("/keys", provider.keys),
            web.post("/token", provider.token),
        ]
    )
    async with TestServer(app) as server:
        provider.issuer = f"http://127.0.0.1:{server.port}"
        yield provider


@pytest.fixture
async def client(odd: Odd) -> AsyncIterator[Provider]:
    settings = IdentitySettings(oidc_issuer=odd.issuer, oidc_client_id="us")
    async with reaching(settings, lambda: datetime.now(UTC)) as provider:
        yield provider


async def why_not(client: Provider) -> object:
    with pytest.raises(IdentificationFailed) as refused:
        await client.who_came_back(BROWSER, "code")
    return refused.value.parameters["why"]


async def test_a_token_of_the_providers_own_key_is_believed(odd: Odd, client: Provider) -> None:
    vouched = await client.who_came_back(BROWSER, "the code")

    assert vouched.identifier == "210281-9988"
    (asked,) = odd.asked
    assert (asked["code"], asked["code_verifier"]) == ("the code", BROWSER.verifier)
    assert asked["Authorization"].startswith("Basic ")


async def test_a_browser_is_sent_with_a_challenge_and_not_with_its_verifier(client: Provider) -> None:
    address = await client.address(BROWSER, "sv")

    assert "/authorize?tenant=1&response_type=code" in address
    assert BROWSER.challenge in address
    assert BROWSER.verifier not in address
    assert "ui_locales=sv" in address


async def test_a_token_of_another_key_is_forged(odd: Odd, client: Provider) -> None:
    odd.signer = ECKey.generate_key("P-256")

    assert await why_not(client) == "forged"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "unheard-of"])
async def test_a_token_without_a_real_signature_is_forged(odd: Odd, client: Provider, algorithm: str) -> None:
    odd.by_hand = algorithm

    assert await why_not(client) == "forged"


async def test_a_new_key_is_fetched_when_it_is_first_seen(odd: Odd, client: Provider) -> None:
    await client.who_came_back(BROWSER, "code")
    odd.published, odd.algorithm = RSAKey.generate_key(2048), "RS256"

    vouched = await client.who_came_back(BROWSER, "code")

    assert vouched.identifier == "210281-9988"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"issuer": "https://elsewhere.example"}, "issuer"),
        ({"token_endpoint": "http://elsewhere.example/token"}, "provider"),
        ({"jwks_uri": None}, "provider"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "provider"),
    ],
)
async def test_a_provider_that_points_elsewhere_is_not_trusted(
    odd: Odd, client: Provider, changes: dict[str, Any], why: str
) -> None:
    odd.changes = changes

    assert await why_not(client) == why
    assert odd.asked == []


async def test_a_refused_code_is_not_believed(odd: Odd, client: Provider) -> None:
    odd.status = 400

    assert await why_not(client) == "provider"
