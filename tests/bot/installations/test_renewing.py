"""Tokens are looked after as long as the bot runs, whatever goes wrong in between."""

import asyncio
from typing import Any, cast

from sqlalchemy.exc import OperationalError

from bot.installations.door import Door
from bot.installations.installations import Installations
from bot.installations.renewing import renewing
from tests.bot.makers import NOW
from tests.support.patience import PATIENCE


class Away:
    """Installations in a database that is away the first time."""

    def __init__(self) -> None:
        self.looks = 0
        self.looked_again = asyncio.Event()

    async def all(self) -> list[Any]:
        self.looks += 1
        if self.looks == 1:
            raise OperationalError("select", {}, Exception("the database is locked"))
        self.looked_again.set()
        return []


async def test_a_look_that_fails_is_not_the_last_one() -> None:
    away = Away()
    async with renewing(cast(Installations, away), cast(Door, object()), lambda: NOW, every=0.0):
        await asyncio.wait_for(away.looked_again.wait(), PATIENCE)

    assert away.looks >= 2
