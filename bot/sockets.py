"""Socket Mode: websockets that we dial, listen to, and replace before they are gone."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.payloads import Json
from bot.wire import asked_to_wait

log = structlog.get_logger()

# What to answer to an envelope: a payload, nothing, or no acknowledgement at all.
Answer = Json | None | Literal[False]
Take = Callable[[Json, int, str], Awaitable[Answer]]
BROKEN = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Patience:
    """
    How long to wait for what, in seconds.

    We ping every *ping_every*; aiohttp gives a connection up when half of that passes without anything
    being heard after a ping. One that Slack asked us to leave is listened to for *linger* more.
    """

    ping_every: float = 10.0
    connect: float = 10.0
    linger: float = 15.0
    hang_up: float = 2.0
    finish: float = 2.0
    first_pause: float = 0.2
    longest_pause: float = 30.0


@dataclass(slots=True)
class Hearing:
    """What has been heard over all websockets: since when without a gap, when last, how often anew."""

    open: int = 0
    since: datetime | None = None
    last_heard: datetime | None = None
    reconnects: int = 0

    def opened(self) -> None:
        self.open += 1
        self.since = self.since or datetime.now(UTC)

    def closed(self) -> None:
        self.open -= 1
        if self.open == 0:
            self.since = None

    def heard(self) -> None:
        self.last_heard = datetime.now(UTC)


class Sockets:
    """
    A few websockets to Slack, held open until they are let go.

    Each payload comes over one of them. While one is silent, broken or about to be refreshed the others
    hear; a new one is dialled before the old one is left, and an acknowledgement goes back the way its
    payload came. The SDK's own client has one websocket, breaks it before it makes another, and notices
    silence late (python-slack-sdk #1110, #1446).
    """

    def __init__(
        self,
        client: AsyncWebClient,
        app_token: str,
        take: Take,
        *,
        count: int,
        patience: Patience,
        proxy: str | None,
    ) -> None:
        self._client = client
        self._token = app_token
        self._take = take
        self._count = count
        self._patience = patience
        self._proxy = proxy
        self.hearing = Hearing()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def hold(self) -> None:
        """Keep the websockets open; cancelled, stop listening and finish what was heard."""
        async with aiohttp.ClientSession() as session:
            keepers = [self._start(self._keep(session)) for _ in range(self._count)]
            try:
                await asyncio.gather(*keepers)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _keep(self, session: aiohttp.ClientSession) -> None:
        """Hold one websocket after another."""
        failures, before = 0, False
        while True:
            try:
                ws = await self._dial(session)
            except BROKEN as error:
                failures += 1
                log.warning("slack.not_reached", error=type(error).__name__, failures=failures)
                await asyncio.sleep(self._pause(failures, error))
                continue
            if before:
                self.hearing.reconnects += 1
            before, leave, began = True, asyncio.Event(), asyncio.get_running_loop().time()
            listening = self._start(self._listen(ws, leave))
            leaving = asyncio.create_task(leave.wait())
            try:
                await asyncio.wait({listening, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
            if leave.is_set() and not listening.done():
                _ = self._start(self._linger(listening))
            # One that greeted us and lived was a good one: whatever ended it, the next is dialled at once.
            lived = asyncio.get_running_loop().time() - began
            failures = 0 if ws.greeted and lived > self._patience.first_pause else failures + 1
            if failures:
                await asyncio.sleep(self._pause(failures, None))

    async def _dial(self, session: aiohttp.ClientSession) -> "Websocket":
        async with asyncio.timeout(self._patience.connect):
            opened = await self._client.apps_connections_open(app_token=self._token)
            ws = await session.ws_connect(
                opened["url"],
                autoping=False,
                heartbeat=self._patience.ping_every,
                timeout=aiohttp.ClientWSTimeout(ws_close=self._patience.hang_up),
                proxy=self._proxy,
            )
        return Websocket(ws)

    def _pause(self, failures: int, error: BaseException | None) -> float:
        pause = self._patience.first_pause * 2.0 ** min(failures - 1, 12)
        if isinstance(error, SlackApiError):
            pause = max(pause, asked_to_wait(error) or 0.0)
        return min(pause, self._patience.longest_pause)

    async def _linger(self, listening: "asyncio.Task[None]") -> None:
        """Let what is under way on a websocket that Slack asked us to leave come to its end."""
        _, late = await asyncio.wait({listening}, timeout=self._patience.linger)
        for task in late:
            task.cancel()

    async def _listen(self, ws: "Websocket", leave: asyncio.Event) -> None:
        self.hearing.opened()
        answering: set[asyncio.Task[None]] = set()
        try:
            async for text in ws.texts(self.hearing.heard):
                message = _read(text)
                match message.get("type"):
                    case "hello":
                        ws.greeted = True
                    case "disconnect":
                        log.info("slack.asked_to_come_again", reason=message.get("reason"))
                        leave.set()
                    case _ if "envelope_id" in message:
                        task = asyncio.create_task(self._answer(ws, message))
                        answering.add(task)
                        task.add_done_callback(answering.discard)
        except BROKEN as error:
            log.warning("slack.line_broken", error=type(error).__name__)
        finally:
            self.hearing.closed()
            if answering:
                await asyncio.wait(answering, timeout=self._patience.finish)
            with suppress(*BROKEN):
                await ws.close()

    async def _answer(self, ws: "Websocket", envelope: Json) -> None:
        payload = envelope.get("payload")
        if not isinstance(payload, dict):
            return
        retry = envelope.get("retry_attempt") or 0
        answer = await self._take(payload, int(retry), str(envelope.get("retry_reason") or ""))
        if answer is False:
            return
        body: Json = {"envelope_id": envelope["envelope_id"]}
        try:
            await ws.send(body if answer is None else body | {"payload": answer})
        except BROKEN:
            # Slack will send an event again; of anything else it tells the person that we did not answer.
            log.warning("slack.ack_not_delivered")


class Websocket:
    """One websocket: pings are answered, and all that is heard is noted."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self._ws = ws
        self.greeted = False

    async def texts(self, heard: Callable[[], None]) -> AsyncIterator[str]:
        """Every text that comes, until the end of the websocket."""
        while True:
            message = await self._ws.receive()
            match message.type:
                case aiohttp.WSMsgType.TEXT:
                    heard()
                    yield message.data
                case aiohttp.WSMsgType.PING:
                    heard()
                    await self._ws.pong(message.data)
                case aiohttp.WSMsgType.PONG:
                    heard()
                case aiohttp.WSMsgType.ERROR:
                    raise message.data if isinstance(message.data, OSError) else ConnectionError("silent")
                case aiohttp.WSMsgType.CLOSE | aiohttp.WSMsgType.CLOSING | aiohttp.WSMsgType.CLOSED:
                    return

    async def send(self, body: Json) -> None:
        await self._ws.send_json(body)

    async def close(self) -> None:
        await self._ws.close()


def _read(text: str) -> Json:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
