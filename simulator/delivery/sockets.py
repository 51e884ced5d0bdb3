"""Socket Mode: the websockets that the app has opened, and the envelopes that wait for an ack."""

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from simulator.delivery.envelope import Answer, Envelope
from simulator.wire import APP_ID, Json

CONNECTIONS_MOST = 10


@dataclass(eq=False)
class _Socket:
    """One connection and what was sent over it, unanswered."""

    ws: web.WebSocketResponse
    waiting: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)


@dataclass
class Sockets:
    """All connections; each payload goes to one of them, in turn."""

    changed: Callable[[int], None] = lambda count: None
    _open: list[_Socket] = field(default_factory=list)
    _turn: int = 0

    @property
    def count(self) -> int:
        return len(self._open)

    async def send(self, envelope: Envelope, seconds: float) -> Answer:
        if not self._open:
            return Answer(False, reason="connection_failed")
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        name = str(uuid.uuid4())
        sent: Json = {
            "envelope_id": name,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.accepts,
        }
        if envelope.kind == "events_api":
            sent |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.waiting[name] = ack
        try:
            async with asyncio.timeout(seconds):
                await socket.ws.send_json(sent)
                body = await ack
        except (TimeoutError, ConnectionError):
            return Answer(False, reason="timeout")
        finally:
            socket.waiting.pop(name, None)
        # Slack takes a payload with any ack, and reads it only where it said that it would.
        return Answer(True, body if envelope.accepts else {})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with one connection until it ends."""
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        socket = _Socket(ws)
        if len(self._open) >= CONNECTIONS_MOST:
            await ws.send_json(_disconnect("too_many_websockets"))
            await ws.close()
            return ws
        self._open.append(socket)
        self.changed(self.count)
        try:
            await ws.send_json(self._hello())
            async for message in ws:
                if message.type == WSMsgType.TEXT:
                    _hear(socket, message.data)
        except ConnectionError:
            pass
        finally:
            self._open.remove(socket)
            self.changed(self.count)
            for ack in socket.waiting.values():
                if not ack.done():
                    ack.set_exception(ConnectionResetError("the app hung up"))
        return ws

    async def disconnect(self, reason: str) -> None:
        """Ask every connection to come again, as Slack does before it refreshes one."""
        for socket in list(self._open):
            await socket.ws.send_json(_disconnect(reason))

    async def close(self) -> None:
        for socket in list(self._open):
            await socket.ws.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {"host": "simulator", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }


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
