"""The line to Slack: Bolt with one listener per kind of payload, dialled out or dialled in."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.payloads import Json
from bot.sender import Sender
from bot.settings import BotSettings
from bot.sockets import Answer, Patience, Sockets
from bot.turns import NotKept, Turns

log = structlog.get_logger()

ANYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHealth:
    """
    Whether Slack and we hear each other, and how we know.

    *since* is when the line was last without a connection, *last_heard* when anything came over it at all.
    """

    connected: bool
    transport: Literal["sockets", "requests"]
    connections: int = 0
    since: datetime | None = None
    last_heard: datetime | None = None
    reconnects: int = 0


class Line(Protocol):
    """The way between Slack and us."""

    def health(self) -> LineHealth: ...


def bolt(sender: Sender, turns: Turns, me: Mapping[str, Any]) -> AsyncApp:
    """
    Bolt, with one listener for each kind of payload: the routing is ours, by exact names.

    Its listeners only acknowledge, and start what follows as tasks of ours. So Bolt may wait for them
    (``process_before_response``): its other way looks for the acknowledgement every ten milliseconds, and
    loses it when a listener fails at once.
    """

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
        process_before_response=True,
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

    async def event(ack: AsyncAck, body: Json) -> None:
        await turns.event(ack, body)

    async def failed(error: Exception) -> BoltResponse:
        # What could not be kept has been logged, and is not to be acknowledged. Anything else is a mistake.
        if not isinstance(error, NotKept):
            log.error("listener.failed", exc_info=error)
        return BoltResponse(status=500)

    app.error(failed)
    app.action(ANYTHING)(press)
    app.view_submission(ANYTHING)(form)
    app.view_closed(ANYTHING)(closed)
    app.options(ANYTHING)(search)
    app.command(ANYTHING)(command)
    app.shortcut(ANYTHING)(shortcut)
    app.event(ANYTHING)(event)
    return app


class Dialled:
    """Websockets that we opened."""

    def __init__(self, app: AsyncApp, settings: BotSettings, patience: Patience) -> None:
        self._app = app
        client = app.client
        self.sockets = Sockets(
            client,
            settings.slack_app_token.get_secret_value(),
            self._take,
            count=settings.slack_connections,
            patience=patience,
            proxy=client.proxy,
        )

    def health(self) -> LineHealth:
        hearing = self.sockets.hearing
        return LineHealth(
            connected=hearing.open > 0,
            transport="sockets",
            connections=hearing.open,
            since=hearing.since,
            last_heard=hearing.last_heard,
            reconnects=hearing.reconnects,
        )

    async def _take(self, payload: Json, retry: int, reason: str) -> Answer:
        headers = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason} if retry else {}
        answer = await self._app.async_dispatch(
            AsyncBoltRequest(mode="socket_mode", body=payload, headers=dict(headers))
        )
        if answer.status != 200:
            return False
        if not answer.body:
            return None
        if answer.headers.get("content-type", [""])[0].startswith("application/json"):
            read: Json = json.loads(answer.body)
            return read
        return {"text": answer.body}


@asynccontextmanager
async def on_line(
    app: AsyncApp, settings: BotSettings, patience: Patience | None = None
) -> AsyncIterator[Line]:
    """Take what Slack sends until the block ends: over our websockets with an app token, else on a port."""
    if not settings.slack_app_token.get_secret_value():
        from bot.edge import listening

        async with listening(app, settings) as edge:
            yield edge
        return
    line = Dialled(app, settings, patience or Patience())
    # Should the holding of the line fail in a way that nobody thought of, the block ends with it.
    try:
        async with asyncio.TaskGroup() as tasks:
            holding = tasks.create_task(line.sockets.hold())
            try:
                yield line
            finally:
                holding.cancel()
    except BaseExceptionGroup as group:
        if len(group.exceptions) > 1:
            raise
        raise group.exceptions[0] from group.exceptions[0].__cause__
