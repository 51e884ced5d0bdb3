"""Whoever waits for a fact to be heard is not set back by somebody who looked earlier."""

import asyncio
from types import SimpleNamespace
from typing import cast

from shared.contracts.base import Event
from shared.runtime.service import Ears
from shared.storage.database import Database
from shared.storage.transaction import Heard


class Late:
    """A database whose one reading is on its way until it is let go."""

    def __init__(self, heard: int) -> None:
        self._heard = heard
        self.was_asked, self.may_go = asyncio.Event(), asyncio.Event()
        self.readings = 0

    async def read(self, _: object) -> int:
        self.readings += 1
        self.was_asked.set()
        await self.may_go.wait()
        return self._heard

    async def decide(self, _: object) -> Heard:
        return Heard.NEXT


def fact(revision: int) -> Event:
    return cast(Event, SimpleNamespace(subject="event.identity.v1.person.identified", revision=revision))


async def test_a_reading_that_comes_late_takes_no_fact_back() -> None:
    database = Late(heard=6)
    ears = Ears(cast(Database, database), object())
    earlier = asyncio.create_task(ears.caught_up(6))
    await database.was_asked.wait()
    await ears.hear(fact(7))
    database.may_go.set()
    await earlier
    await ears.caught_up(7)

    assert database.readings == 1
