"""The line to Slack: Bolt with one listener per kind of payload, dialled out or dialled in."""

import asyncio
import json
import logging
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot import places
from bot.calling import within
from bot.installations.installations import Installations
from bot.installations.pages import Pages
from bot.payloads import Json
from bot.sender import Sender
from bot.settings import BotSettings
from bot.sockets import Answer, Patience, Sockets
from bot.turns import UNREADABLE, NotKept, Turns
from bot.words import LANGUAGES, say

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


def bolt(sender: Sender, turns: Turns, installations: Installations) -> AsyncApp:
    """
    Bolt, with one listener for each kind of payload: the routing is ours, by exact names.

    Its listeners only acknowledge, and start what follows as tasks of ours. So Bolt may wait for them
    (``process_before_response``): its other way looks for the acknowledgement every ten milliseconds, and
    loses it when a listener fails at once.
    """

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult | None:
        # From what we know; Bolt would ask Slack with clients of its own making.
        team, organisation = context.team_id or "", context.enterprise_id
        if context.is_enterprise_install and team and organisation:
            await installations.belongs(team, organisation)
        found = await installations.find(team or organisation or "")
        if found is None:
            log.warning("turn.from_nowhere", team=team)
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise,
            team_id=found.team or team or None,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=found.token,
        )

    logger = logging.getLogger("slack_bolt")
    with _nothing_around():
        app = AsyncApp(
            name="kanta",
            logger=logger,
            client=sender.client,
            authorize=authorize,  # type: ignore[arg-type]  # None is "not installed"; Bolt has no type for it
            process_before_response=True,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
            user_facing_authorize_error_message=_not_installed(),
        )

    async def press(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.press(ack, body)

    async def form(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.form(ack, body)

    async def closed(ack: AsyncAck) -> None:
        await ack()

    async def search(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.search(ack, body)

    async def command(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.command(ack, body)

    async def shortcut(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.shortcut(ack, body)

    async def event(ack: AsyncAck, body: Json) -> None:
        with within(places.home(body)):
            await turns.event(ack, body)

    async def failed(error: Exception) -> BoltResponse:
        if isinstance(error, NotKept):
            # It has been logged, and is not to be acknowledged.
            return BoltResponse(status=500)
        if isinstance(error, UNREADABLE):
            # Bolt could not read it: Slack will not send it in any other way.
            log.error("payload.unreadable", error=type(error).__name__)
            return BoltResponse(status=200)
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


@contextmanager
def _nothing_around() -> Iterator[None]:
    """
    Hide the variables that Bolt reads by itself.

    Where SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set it makes an OAuth flow of its own, which keeps
    tokens as plain files in the home folder.
    """
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _not_installed() -> str:
    """What is said where we are no more: in all languages, since we know nobody there."""
    return "\n".join(say("common.not_installed", each) for each in LANGUAGES)


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
        if places.nowhere(payload):
            return None
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
    app: AsyncApp, settings: BotSettings, pages: Pages | None = None, patience: Patience | None = None
) -> AsyncIterator[Line]:
    """
    Take what Slack sends until the block ends: over our websockets with an app token, else on a port.

    The install *pages* are on that port in either case.
    """
    from bot.edge import listening, serving

    if not settings.slack_app_token.get_secret_value():
        async with listening(app, settings, pages) as edge:
            yield edge
        return
    async with AsyncExitStack() as stack:
        if pages is not None:
            await stack.enter_async_context(serving(settings, pages))
        yield await stack.enter_async_context(_dialled(app, settings, patience))


@asynccontextmanager
async def _dialled(app: AsyncApp, settings: BotSettings, patience: Patience | None) -> AsyncIterator[Line]:
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
