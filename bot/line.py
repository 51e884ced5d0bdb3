"""The line to Slack: Bolt with one listener per kind of payload, dialled out or dialled in."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.payloads import Json
from bot.sender import Sender
from bot.settings import BotSettings
from bot.turns import Turns

if TYPE_CHECKING:
    from slack_sdk.socket_mode.aiohttp import SocketModeClient

log = structlog.get_logger()

ANYTHING = re.compile(".*", re.DOTALL)
PING_EVERY = 5.0
LOOK_EVERY = 10.0
PATIENCE = 20.0


class Line(Protocol):
    """Whether Slack and we hear each other."""

    async def connected(self) -> bool: ...


def bolt(sender: Sender, turns: Turns, me: Mapping[str, Any]) -> AsyncApp:
    """Bolt, with one listener for each kind of payload: the routing is ours, by exact names."""

    async def authorize(**_: Any) -> AuthorizeResult:
        # Asked once at the start; Bolt would ask Slack with clients of its own making.
        return AuthorizeResult(
            enterprise_id=me.get("enterprise_id"),
            team_id=me["team_id"],
            bot_user_id=me["user_id"],
            bot_id=me.get("bot_id"),
            bot_token=sender.settings.slack_bot_token.get_secret_value(),
        )

    logger = logging.getLogger("slack_bolt")
    app = AsyncApp(
        name="kanta",
        logger=logger,
        client=sender.client,
        authorize=authorize,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )

    async def press(ack: AsyncAck, body: Json) -> None:
        await turns.press(ack, body)

    async def form(ack: AsyncAck, body: Json) -> None:
        await turns.form(ack, body)

    async def closed(ack: AsyncAck) -> None:
        await ack()

    async def search(ack: AsyncAck, body: Json) -> None:
        await turns.search(ack, body)

    async def command(ack: AsyncAck, body: Json) -> None:
        await turns.command(ack, body)

    async def shortcut(ack: AsyncAck, body: Json) -> None:
        await turns.shortcut(ack, body)

    async def event(body: Json) -> None:
        await turns.event(body)

    app.action(ANYTHING)(press)
    app.view_submission(ANYTHING)(form)
    app.view_closed(ANYTHING)(closed)
    app.options(ANYTHING)(search)
    app.command(ANYTHING)(command)
    app.shortcut(ANYTHING)(shortcut)
    app.event(ANYTHING)(event)
    return app


class Dialled:
    """A websocket that we opened; kept open by the SDK, and watched, since the SDK sometimes gives up."""

    def __init__(self, app: AsyncApp, settings: BotSettings) -> None:
        self._app = app
        self._settings = settings
        self._handler: Any = None

    async def connected(self) -> bool:
        return self._handler is not None and bool(await self._client.is_connected())

    @property
    def _client(self) -> "SocketModeClient":
        client: SocketModeClient = self._handler.client
        return client

    async def dial(self) -> None:
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

        handler = AsyncSocketModeHandler(
            self._app,
            self._settings.slack_app_token.get_secret_value(),
            logger=logging.getLogger("slack_sdk.socket_mode"),
            ping_interval=PING_EVERY,
        )
        if self._settings.on_this_machine:
            handler.client.proxy = None
        self._handler = handler
        await self._handler.connect_async()

    async def hang_up(self) -> None:
        if self._handler is not None:
            await self._handler.close_async()

    async def watch(self) -> None:
        """Dial anew when the line has been dead for longer than the SDK needs to mend it."""
        dead_since: float | None = None
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if await self.connected():
                dead_since = None
            elif dead_since is None:
                dead_since = loop.time()
            elif loop.time() - dead_since > PATIENCE:
                log.warning("slack.dialling_anew")
                await self.hang_up()
                await self.dial()
                dead_since = None


class Listening:
    """A port that Slack dials."""

    async def connected(self) -> bool:
        return True


@asynccontextmanager
async def on_line(app: AsyncApp, settings: BotSettings) -> AsyncIterator[Line]:
    """Take what Slack sends until the block ends: over our websocket with an app token, else on a port."""
    if not settings.slack_app_token.get_secret_value():
        from bot.edge import listening

        async with listening(app, settings):
            yield Listening()
        return
    line = Dialled(app, settings)
    dialling = asyncio.create_task(line.dial())
    watching = asyncio.create_task(line.watch())
    try:
        yield line
    finally:
        for task in (watching, dialling):
            task.cancel()
        await asyncio.gather(watching, dialling, return_exceptions=True)
        await line.hang_up()
