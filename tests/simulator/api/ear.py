"""An app that only listens: it takes everything that comes over its websocket, and remembers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from simulator.running import Simulator
from simulator.wire import Json
from tests.simulator.conftest import open_socket


@dataclass
class Ear:
    """What an app has heard, in order."""

    simulator: Simulator
    heard: list[Json] = field(default_factory=list)

    async def events(self, kind: str) -> list[Json]:
        """List the events of one kind, when nothing is on its way any more."""
        await self.simulator.settled()
        return [event for event in self.heard if event["type"] == kind]

    async def listen(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        async for message in ws:
            envelope = message.json()
            if "envelope_id" in envelope:
                self.heard.append(envelope["payload"].get("event", envelope["payload"]))
                await ws.send_json({"envelope_id": envelope["envelope_id"]})


@asynccontextmanager
async def listening(simulator: Simulator) -> AsyncIterator[Ear]:
    ear = Ear(simulator)
    async with aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)
        task = asyncio.create_task(ear.listen(ws))
        try:
            yield ear
        finally:
            await ws.close()
            await task
