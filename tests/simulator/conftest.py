"""One harbour workspace and one small app, over websockets or over signed requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator, running
from simulator.timing import Timing
from simulator.wire import Json
from tests.simulator.doorkeeper import SECRET, Doorkeeper
from tests.support.patience import PATIENCE

HERE = Path(__file__).parent
SEED = HERE / "seed.yaml"
MANIFEST = HERE / "manifest.yaml"
FAST = Timing(clock_factor=0.0001)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK takes proxies from the environment and knows no exceptions for this machine."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with running(SEED, MANIFEST, timing=FAST) as simulator:
        yield simulator


@pytest.fixture
def client(simulator: Simulator) -> AsyncWebClient:
    return bot_client(simulator)


def bot_client(simulator: Simulator, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(
        token=simulator.bot_token if token is None else token, base_url=f"{simulator.url}/api/"
    )


@asynccontextmanager
async def over_sockets(simulator: Simulator) -> AsyncIterator[Doorkeeper]:
    app = Doorkeeper(bot_client(simulator))
    handler = AsyncSocketModeHandler(app.bolt, simulator.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await simulator.wait_for_connections()
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # likewise


@asynccontextmanager
async def over_requests(timing: Timing = FAST) -> AsyncIterator[tuple[Simulator, Doorkeeper]]:
    """Start the app's own web server first: the simulator must know its address."""
    app = Doorkeeper(AsyncWebClient(token="", base_url=""))
    runner = web.AppRunner(app.bolt.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        async with running(
            SEED, MANIFEST, request_url=url, signing_secret=SECRET, timing=timing
        ) as simulator:
            app.bolt.client.base_url = f"{simulator.url}/api/"
            app.bolt.client.token = simulator.bot_token
            yield simulator, app
    finally:
        await runner.cleanup()


@pytest.fixture(params=["sockets", "requests"])
async def both(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Simulator, Doorkeeper]]:
    """The same app in both ways of delivery."""
    if request.param == "requests":
        async with over_requests() as pair:
            yield pair
    else:
        async with running(SEED, MANIFEST, timing=FAST) as simulator, over_sockets(simulator) as app:
            yield simulator, app


async def next_news(queue: "asyncio.Queue[Json | None]", kind: str) -> Json:
    """Wait for the next piece of news of one kind."""
    async with asyncio.timeout(PATIENCE):
        while True:
            item = await queue.get()
            if item is not None and item["type"] == kind:
                return item


async def open_socket(
    simulator: Simulator, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    """Connect as an app would, by hand, and hear the greeting."""
    client = bot_client(simulator, simulator.app_token)
    opened = await client.apps_connections_open(app_token=simulator.app_token)
    ws = await session.ws_connect(opened["url"])
    hello = await ws.receive_json()
    assert hello["type"] == "hello"
    return ws


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> Json:
    """Call *method* and return the refusal that must come."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    answer: Json = caught.value.response.data
    return answer
