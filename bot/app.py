"""Build the bot out of its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.features import notifications, turn_takers
from bot.identification import Identification
from bot.kit import Kit
from bot.line import Line, bolt, on_line
from bot.listeners.plainly import Plainly
from bot.notifications.hearing import Hearing
from bot.people import People
from bot.router import Router
from bot.sender import Sender, client
from bot.settings import BotSettings
from bot.storage import METADATA, Memory
from bot.turns import Turns
from shared.contracts.base import Command, Message
from shared.contracts.health import BotHealth, GetBotHealth
from shared.messaging.actors import Actor
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection
from shared.messaging.handling import prepares, reads
from shared.messaging.hearing import listen
from shared.messaging.server import Desk, serve
from shared.messaging.verifying import KeysOverBus
from shared.storage.database import Database


class Wellbeing:
    """Answers whether the bot is well."""

    def __init__(self) -> None:
        self.line: Line | None = None
        self._connected = False

    @prepares(GetBotHealth)
    async def look(self, request: GetBotHealth, actor: Actor) -> None:
        self._connected = self.line is not None and await self.line.connected()

    @reads(GetBotHealth)
    def health(self, rows: object, request: GetBotHealth, actor: Actor) -> BotHealth:
        return BotHealth(connected=self._connected)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot at work."""

    kit: Kit
    line: Line


@asynccontextmanager
async def run(connection: Connection, settings: BotSettings) -> AsyncIterator[Bot]:
    """Take turns with people in Slack, and tell them what happens, until the block ends."""
    database = Database(settings.database, METADATA)
    bus = Bus(connection)
    sender = Sender(client(settings), settings)
    kit = Kit(bus, People(bus), sender, Memory(database))
    identification = Identification(kit)
    plainly = Plainly(kit, identification)
    turns = Turns(kit, Router(turn_takers(kit, identification)), plainly)
    hearing = Hearing(kit, notifications(kit, identification))
    wellbeing = Wellbeing()

    async def decide(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        raise NotImplementedError("nobody sends the bot commands")

    async def read(reading: Callable[[Any], Message]) -> Message:
        return reading(None)

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(database.working())
        desk = Desk(
            handlers=wellbeing,
            decide=decide,
            read=read,
            verifier=KeysOverBus(bus),
            now=lambda: datetime.now(UTC),
        )
        await stack.enter_async_context(serve(connection, desk))
        app = bolt(sender, turns, await sender.whoami())
        wellbeing.line = await stack.enter_async_context(on_line(app, settings))
        await stack.enter_async_context(listen(connection, hearing.hear))
        stack.push_async_callback(turns.settled)
        yield Bot(kit, wellbeing.line)
