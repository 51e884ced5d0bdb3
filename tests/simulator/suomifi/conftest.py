"""Fixtures: the stand-in, and somebody who calls it as an e-service would."""

import base64
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientSession, DummyCookieJar
from yarl import URL

from simulator.suomifi.app import StandIn, running
from simulator.suomifi.census import read_census

TOWN = Path(__file__).parents[3] / "simulator" / "suomifi" / "town.yaml"
BACK = "http://127.0.0.1:1/back"
KATRI, LIAM, JOHAN, EERO, FANNI = "030516D9037", "010501E9032", "020516C903K", "040594V9030", "020504A902E"


@dataclass(slots=True)
class Clock:
    """A clock that a test moves."""

    at: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(slots=True)
class Caller:
    """An e-service that signs by its own hand: it shares no code with what it calls."""

    stand_in: StandIn
    http: ClientSession
    clock: Clock
    client: str = "kantaeks"
    key: str = "known-to-everybody"
    password: str = "known-to-everybody"
    timestamp: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    # The headers that came with the latest answer.
    came: dict[str, str] = field(default_factory=dict)

    async def get(self, target: str, *, signed: str | None = None, **headers: str) -> tuple[int, object]:
        timestamp = self.timestamp or self.clock().isoformat()
        message = f"{target if signed is None else signed} {timestamp}".encode()
        signature = base64.b64encode(hmac.digest(self.key.encode(), message, "sha256")).decode()
        told = {"X-AsiointivaltuudetAuthorization": f"{self.client} {timestamp} {signature}"}
        address = URL(self.stand_in.url + target, encoded=True)
        async with self.http.get(address, headers=told | self.headers | headers) as response:
            self.came = dict(response.headers)
            return response.status, await response.json()

    async def register(self, code: str = KATRI, kind: str = "ypa") -> tuple[str, str]:
        status, answer = await self.get(f"/service/{kind}/user/register/{self.client}/{code}?requestId=1")
        assert status == 200
        assert isinstance(answer, dict)
        return answer["sessionId"], answer["userId"]

    def authorize(self, user: str, **more: str) -> str:
        asked = {"client_id": self.client, "response_type": "code", "redirect_uri": BACK, "user": user} | more
        return f"{self.stand_in.url}/oauth/authorize?{urlencode(asked)}"

    async def choose(self, user: str, which: str = "all", **more: str) -> dict[str, str]:
        address = self.authorize(user, autoselect=which, **more)
        async with self.http.get(address, allow_redirects=False) as response:
            query = parse_qs(urlsplit(response.headers["Location"]).query)
        return {key: values[0] for key, values in query.items()}

    async def exchange(
        self, code: str, *, in_query: bool = False, back: str = BACK
    ) -> tuple[int, dict[str, Any]]:
        told = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
        basic = base64.b64encode(f"{self.client}:{self.password}".encode()).decode()
        how = {"params": told} if in_query else {"data": told}
        async with self.http.post(
            f"{self.stand_in.url}/oauth/token",
            headers={"Authorization": f"Basic {basic}"},
            **how,  # type: ignore[arg-type]  # one of two
        ) as response:
            return response.status, await response.json()

    async def roles(self, session: str, token: str, *, more: str = "") -> tuple[int, object]:
        target = f"/service/ypa/api/organizationRoles/{session}{more}?requestId=2"
        return await self.get(target, Authorization=f"Bearer {token}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@asynccontextmanager
async def calling(clock: Clock, *addresses: str) -> AsyncIterator[Caller]:
    """Somebody who calls a stand-in of their own, which may send browsers to *addresses* as well."""
    census = read_census(TOWN).returning_to(BACK, "http://127.0.0.1:1/other", *addresses)
    async with (
        running(StandIn(census, clock=clock)) as stand_in,
        ClientSession(cookie_jar=DummyCookieJar()) as http,
    ):
        yield Caller(stand_in, http, clock)


@pytest.fixture
async def caller(clock: Clock) -> AsyncIterator[Caller]:
    async with calling(clock) as found:
        yield found
