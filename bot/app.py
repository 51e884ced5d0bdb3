"""Build the bot out of its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.accounts import Accounts
from bot.bounds import Bounded
from bot.cards import Cards
from bot.choices import Choices
from bot.diary import Diary
from bot.features import notifications, turn_takers
from bot.identification import Identification
from bot.installations.presence import Presence
from bot.intake import Intake
from bot.kit import Kit
from bot.leaving import Leaving
from bot.line import Line, bolt, on_line
from bot.listeners.home import Homes
from bot.listeners.plainly import Plainly
from bot.locales import Locales
from bot.notifications.hearing import Hearing
from bot.notifications.herald import Herald
from bot.notifications.reminders import Reminders
from bot.notifications.rounds import Rounds
from bot.people import People
from bot.rollcall import RollCall
from bot.router import Router
from bot.sayings import Sayings
from bot.sender import PACE, Sender, client
from bot.settings import BotSettings
from bot.sockets import Patience
from bot.storage import METADATA, Memory
from bot.turns import Turns
from shared.contracts.base import Command, Message
from shared.contracts.health import BotHealth, GetBotHealth
from shared.messaging.actors import Actor
from shared.messaging.bus import Bus, Caller
from shared.messaging.connection import Connection
from shared.messaging.handling import reads
from shared.messaging.hearing import listen
from shared.messaging.server import Desk, serve
from shared.messaging.verifying import KeysOverBus
from shared.storage.database import Database
from shared.storage.turn import one_at_work


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot at work. *turns* is where people's acts come in, *hearing* where facts do."""

    kit: Kit
    line: Line
    hearing: Hearing
    turns: Turns
    rounds: Rounds
    roll: RollCall
    presence: Presence


class Wellbeing:
    """Answers whether the bot is well."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @reads(GetBotHealth)
    def health(self, rows: object, request: GetBotHealth, actor: Actor) -> BotHealth:
        health = self._line.health()
        return BotHealth(
            connected=health.connected,
            transport=health.transport,
            connections=health.connections,
            since=health.since,
            last_heard=health.last_heard,
            reconnects=health.reconnects,
        )


@asynccontextmanager
async def in_conversation(
    bus: Caller,
    settings: BotSettings,
    *,
    pace: float = PACE,
    patience: Patience | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Bot]:
    """
    Take turns with people in Slack until the block ends.

    *pace* is the seconds between messages, *patience* how long the line waits for what.
    """
    bounded = Bounded(bus)
    database = Database(settings.database, METADATA)
    presence = Presence.of(settings, database, now)
    sender = Sender(client(settings), settings, pace, Sayings(database), presence.clients)
    accounts = Accounts(sender, guests_may_act=settings.bot_guests_may_act)
    people = People(bounded, Locales(settings, accounts).language)
    kit = Kit(bounded, people, sender, Memory(database), Diary(database), accounts, Choices(database), now)
    identification, herald = Identification(kit), Herald(kit, Cards(kit), settings.calm)
    rounds = Rounds(kit, herald, Reminders(kit, Cards(kit), herald, settings.pace))
    roll = RollCall(kit, Leaving(kit, Cards(kit), Homes(kit), herald))
    router, plainly = Router(turn_takers(kit, identification, herald)), Plainly(kit, identification)
    turns = Turns(kit, router, plainly, Intake(database), presence.installations)
    async with database.working():
        async with presence.kept(sender):
            await turns.resume()
            bolted = bolt(sender, turns, presence.installations)
            async with on_line(bolted, settings, presence.pages, patience) as line:
                hearing = Hearing(kit, notifications(kit, identification, herald))
                yield Bot(kit, line, hearing, turns, rounds, roll, presence)
        await turns.settled()


@asynccontextmanager
async def run(connection: Connection, settings: BotSettings) -> AsyncIterator[Bot]:
    """Take turns with people, and tell them what happens, until the block ends."""

    async def decide(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        raise NotImplementedError("nobody sends the bot commands")

    async def read(reading: Callable[[Any], Message]) -> Message:
        return reading(None)

    bus = Bus(connection)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(one_at_work(settings.database))
        bot = await stack.enter_async_context(in_conversation(bus, settings))
        desk = Desk(handlers=Wellbeing(bot.line), decide=decide, read=read, verifier=KeysOverBus(bus))
        await stack.enter_async_context(serve(connection, desk))
        await stack.enter_async_context(listen(connection, bot.hearing.hear))
        await stack.enter_async_context(bot.rounds.going())
        await stack.enter_async_context(bot.roll.going())
        yield bot
