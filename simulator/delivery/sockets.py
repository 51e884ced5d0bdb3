"""Socket Mode: the websockets that the app has opened, and the envelopes that wait for an ack."""

import asyncio
import json
import uuid
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from simulator.clock import Clock
from simulator.delivery.envelope import Answer, Envelope
from simulator.faults import Rule
from simulator.timing import Timing
from simulator.wire import APP_ID, Json

CONNECTIONS_MOST = 10


@dataclass(eq=False)
class _Socket:
    """
    One connection and what was sent over it, unanswered.

    One that is *leaving* was asked to come again, and gets nothing new while there is another. A *silent* one
    stays open, and nothing passes either way.
    """

    name: str
    request: web.Request
    ws: web.WebSocketResponse
    waiting: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)
    leaving: bool = False
    silent: bool = False

    def abort(self) -> None:
        """Break the connection, as a crashed machine on the way does."""
        if self.request.transport is not None:
            self.request.transport.abort()

    async def send(self, body: Json) -> None:
        if not self.silent:
            await self.ws.send_json(body)


@dataclass
class Sockets:
    """All connections; each payload goes to one of them, in turn. *served* have come since the start."""

    changed: Callable[[int], None] = lambda count: None
    clock: Clock = field(default_factory=Clock)
    timing: Timing = field(default_factory=Timing)
    served: int = 0
    _open: list[_Socket] = field(default_factory=list)
    _turn: int = 0
    _tasks: set["asyncio.Task[Any]"] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self._open)

    async def send(self, envelope: Envelope, seconds: float, fault: Rule | None = None) -> Answer:
        socket = self._next()
        if socket is None:
            return Answer(False, reason="connection_failed")
        await self._befall(socket, fault)
        name = str(uuid.uuid4())
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.waiting[name] = ack
        try:
            async with self.clock.within(seconds):
                await socket.send(_written(envelope, name))
                body = await ack
        except (TimeoutError, ConnectionError):
            return Answer(False, reason="timeout", connection=socket.name)
        finally:
            socket.waiting.pop(name, None)
        # Slack takes a payload with any ack, and reads it only where it said that it would.
        return Answer(True, body if envelope.accepts else {}, connection=socket.name)

    def _next(self) -> _Socket | None:
        choice = [each for each in self._open if not each.leaving] or self._open
        if not choice:
            return None
        self._turn += 1
        return choice[self._turn % len(choice)]

    async def _befall(self, socket: _Socket, fault: Rule | None) -> None:
        """Let happen to *socket* what is to happen to it."""
        match fault.kind if fault else "":
            case "silent":
                socket.silent = True
            case "reset":
                socket.abort()
            case "disconnect" if fault is not None:
                await self._ask_to_leave(socket, fault.reason)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with one connection until it ends."""
        # Pings and closing are answered by hand: a silent connection answers neither.
        ws = web.WebSocketResponse(autoping=False, autoclose=False)
        await ws.prepare(request)
        self.served += 1
        socket = _Socket(f"websocket-{self.served}", request, ws)
        if len(self._open) >= CONNECTIONS_MOST:
            await ws.send_json(_disconnect("too_many_websockets"))
            await ws.close()
            return ws
        self._open.append(socket)
        self.changed(self.count)
        age = self._start(self._age(socket))
        try:
            await ws.send_json(self._hello())
            await self._listen(socket)
        except ConnectionError:
            pass
        finally:
            age.cancel()
            self._open.remove(socket)
            self.changed(self.count)
            for ack in socket.waiting.values():
                if not ack.done():
                    ack.set_exception(ConnectionResetError("the app hung up"))
        return ws

    async def _listen(self, socket: _Socket) -> None:
        while True:
            message = await socket.ws.receive()
            if message.type in (WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return
            if socket.silent:
                continue
            if message.type is WSMsgType.TEXT:
                _hear(socket, message.data)
            elif message.type is WSMsgType.PING:
                await socket.ws.pong(message.data)
            elif message.type is WSMsgType.CLOSE:
                await socket.ws.close()
                return

    async def _age(self, socket: _Socket) -> None:
        """Ping from time to time, and end the connection when its time has come."""
        end = self.clock.monotonic() + self.timing.connection_seconds
        warning = end - self.timing.warning_seconds
        with suppress(ConnectionError):
            while (left := warning - self.clock.monotonic()) > 0:
                await self.clock.sleep(min(left, self.timing.ping_seconds))
                if not socket.silent:
                    await socket.ws.ping()
            await socket.send(_disconnect("warning"))
            await self.clock.sleep_until(end)
            await self._ask_to_leave(socket, "refresh_requested")

    async def _ask_to_leave(self, socket: _Socket, reason: str) -> None:
        """Ask the app to come again, and end this connection soon."""
        with suppress(ConnectionError):
            await socket.send(_disconnect(reason))
        socket.leaving = True
        grace = self.timing.warning_seconds if reason == "warning" else self.timing.grace_seconds
        _ = self._start(self._end(socket, grace))

    async def _end(self, socket: _Socket, grace: float) -> None:
        await self.clock.sleep(grace)
        if socket in self._open and not socket.silent:
            with suppress(ConnectionError):
                await socket.ws.close()

    async def disconnect(self, reason: str) -> None:
        """Ask every connection to come again, as Slack does before it refreshes one."""
        for socket in list(self._open):
            await self._ask_to_leave(socket, reason)

    def silence(self) -> None:
        """Let every open connection go silent: a black hole, of which nobody is told."""
        for socket in self._open:
            socket.silent = True

    def reset(self) -> None:
        """Break every open connection."""
        for socket in list(self._open):
            socket.abort()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self._open):
            if socket.silent:
                socket.abort()
            else:
                await socket.ws.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {
                "host": "simulator",
                "build_number": 1,
                "approximate_connection_time": int(self.timing.connection_seconds),
            },
            "connection_info": {"app_id": APP_ID},
        }


def _written(envelope: Envelope, name: str) -> Json:
    sent: Json = {
        "envelope_id": name,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.accepts,
    }
    if envelope.kind == "events_api":
        sent |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
    return sent


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "simulator"}}


def _hear(socket: _Socket, text: str) -> None:
    try:
        heard = json.loads(text)
    except ValueError:
        return
    if not isinstance(heard, dict):
        return
    ack = socket.waiting.get(str(heard.get("envelope_id")))
    if ack is not None and not ack.done():
        payload = heard.get("payload")
        ack.set_result(payload if isinstance(payload, dict) else {})
