"""What was said under which key: so that nothing is said twice, even when Slack's answer is lost."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.storage import FORGET_EVERY, KEPT, sayings
from shared.storage.database import Database
from shared.storage.transaction import Transaction

# What brings us to speak just now: a turn or a fact, by a name that is the same if it comes again.
_occasion: ContextVar[str] = ContextVar("occasion", default="")


@contextmanager
def occasion(name: str) -> Iterator[None]:
    """Let everything that is said in the block be said once, however often *name* comes again."""
    token = _occasion.set(name)
    try:
        yield
    finally:
        _occasion.reset(token)


def key_of(channel: str, thread: str | None, message: dict[str, Any], name: str | None = None) -> str | None:
    """The key of a message: by its own *name*, or by the occasion and its words; nothing without either."""
    if name is not None:
        return hashlib.sha256(name.encode()).hexdigest()
    if not (why := _occasion.get()):
        return None
    whole = json.dumps([why, channel, thread, message], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Saying:
    """A message begun: where it stands, if that is known, and whether somebody began it before."""

    begun_at: datetime
    channel: str | None = None
    ts: str | None = None
    before: bool = False


class Sayings:
    """Messages begun and said, on disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begun = 0

    async def begin(self, key: str) -> Saying:
        """Take note that the message of *key* is about to be sent; tell what is known of it."""
        now = datetime.now(UTC)
        self._begun += 1
        tidy = self._begun % FORGET_EVERY == 1

        def put(tx: Transaction) -> Saying:
            if tidy:
                tx.connection.execute(delete(sayings).where(sayings.c.begun_at < now - KEPT))
            row = tx.connection.execute(select(sayings).where(sayings.c.key == key)).first()
            if row is not None:
                return Saying(row.begun_at, row.channel, row.ts, before=True)
            tx.connection.execute(insert(sayings).values(key=key, begun_at=now))
            return Saying(now)

        return await self._database.decide(put)

    async def said(self, key: str, channel: str, ts: str) -> None:
        """Take note of where the message of *key* stands."""
        change = update(sayings).where(sayings.c.key == key).values(channel=channel, ts=ts)
        await self._database.decide(lambda tx: tx.connection.execute(change).rowcount)

    async def unsaid(self, key: str) -> None:
        """Forget *key*: Slack refused the message."""
        gone = delete(sayings).where(sayings.c.key == key)
        await self._database.decide(lambda tx: tx.connection.execute(gone).rowcount)
