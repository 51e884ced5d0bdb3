"""A bot that keeps office hours, and a clock that stands still until told otherwise."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import in_conversation
from bot.words.dates import FINLAND
from shared.contracts.roles import GrantStatus, GrantView, Phase
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, said, settings_for
from tests.bot.makers import a_grant
from tests.bot.town import Town
from tests.support.migrated import migrated

Reopen = Callable[[], AbstractAsyncContextManager[Scene]]


def at(text: str) -> datetime:
    """A moment on Finnish clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=FINLAND)


@dataclass
class Clock:
    """The time that the bot believes it is."""

    time: datetime = field(default_factory=lambda: at("2026-11-24T10:00"))

    def __call__(self) -> datetime:
        return self.time

    def set(self, text: str) -> None:
        self.time = at(text)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def reopen(tmp_path: Path, clock: Clock) -> AsyncIterator[Reopen]:
    """Start the bot, as often as a test likes, in the same workspace and with the same memory."""
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    async with running(WORKSPACE, MANIFEST) as slack:

        @asynccontextmanager
        async def open_() -> AsyncIterator[Scene]:
            settings = settings_for(slack, tmp_path, quiet="18-8")
            async with in_conversation(town, settings, pace=0.0, now=clock) as bot:
                await slack.wait_for_connections()
                yield Scene(slack, town, bot)
            await slack.wait_for_connections(0)

        yield open_


@pytest.fixture
async def office(reopen: Reopen) -> AsyncIterator[Scene]:
    async with reopen() as scene:
        yield scene


def offered(scene: Scene, clock: Clock, **more: object) -> GrantView:
    """An offer that Maija made to Olle just now."""
    town = scene.town
    given = {"offered_at": clock.time, "offer_ends_at": clock.time + timedelta(days=14)} | more
    return town.put(a_grant(town.clinic, town.olle, town.maija, **given))


def decided(scene: Scene, grant: GrantView, status: GrantStatus, when: datetime) -> GrantView:
    """*grant* as it is once somebody has decided."""
    phase = Phase.IN_FORCE if status is GrantStatus.ACCEPTED else Phase(status.value)
    changed = {"status": status, "phase": phase, "version": grant.version + 1, "closed_at": when}
    return scene.town.put(grant.model_copy(update=changed))


def texts(scene: Scene, user: str) -> list[str]:
    """All that *user* has been told, oldest first."""
    return [said(message) for message in scene.slack.messages(user)]
