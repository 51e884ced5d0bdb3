"""Turns on disk: from before they are acknowledged until they are done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.payloads import Json
from bot.storage import FORGET_EVERY, KEPT, pressed, turns
from shared.storage.database import Database
from shared.storage.transaction import Transaction

TRIES = 4
# What nobody has managed to do in a day is not what the person still waits for.
STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was taken and is not done: *tries* is how often it was begun."""

    key: str
    kind: str
    body: Json
    tries: int


class Intake:
    """
    Remembers what Slack was told that we have.

    Slack sends nothing again that was acknowledged: so it is on disk first. The payload is kept only until
    its turn is done; the key stays a while, so that the same thing told again is known.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._taken = 0

    async def take(self, kind: str, keys: Sequence[str], body: Json) -> bool:
        """Keep *body* under the first of *keys*; False if any of them was taken before."""
        now, names = datetime.now(UTC), [key[:400] for key in keys]
        row = {"key": names[0], "kind": kind, "body": _written(body), "taken_at": now, "tries": 1}
        self._taken += 1
        tidy = self._taken % FORGET_EVERY == 1

        def put(tx: Transaction) -> bool:
            if tidy:
                tx.connection.execute(delete(pressed).where(pressed.c.pressed_at < now - KEPT))
            if tx.connection.execute(select(pressed.c.key).where(pressed.c.key.in_(names))).first():
                return False
            tx.connection.execute(insert(pressed), [{"key": name, "pressed_at": now} for name in names])
            tx.connection.execute(insert(turns).values(row))
            return True

        return await self._database.decide(put)

    async def done(self, key: str) -> None:
        """Forget the payload of a turn; its key stays known."""
        gone = delete(turns).where(turns.c.key == key[:400])
        await self._database.decide(lambda tx: tx.connection.execute(gone).rowcount)

    async def again(self, key: str) -> int | None:
        """Count another try; the number of it, or nothing if there have been enough."""
        this = turns.c.key == key[:400]

        def count(tx: Transaction) -> int | None:
            tries: int | None = tx.connection.execute(select(turns.c.tries).where(this)).scalar_one_or_none()
            if tries is None or tries >= TRIES:
                tx.connection.execute(delete(turns).where(this))
                return None
            tx.connection.execute(update(turns).where(this).values(tries=tries + 1))
            return tries + 1

        return await self._database.decide(count)

    async def left(self) -> list[Taken]:
        """Turns that a process before this one took and did not finish, oldest first."""
        now = datetime.now(UTC)

        def find(tx: Transaction) -> list[Taken]:
            tx.connection.execute(delete(turns).where(turns.c.taken_at < now - STALE))
            rows = tx.connection.execute(select(turns).order_by(turns.c.taken_at, turns.c.key))
            return [Taken(row.key, row.kind, json.loads(row.body), row.tries) for row in rows]

        return await self._database.decide(find)


def _written(body: Json) -> str:
    """The payload without Slack's old verification token, which is a secret and of no use."""
    return json.dumps({name: value for name, value in body.items() if name != "token"}, ensure_ascii=False)
