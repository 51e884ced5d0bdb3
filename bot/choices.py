"""For which of their organisations people chose to act: rows, and no rights."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from bot.storage import choices
from shared.contracts.base import OrganisationId
from shared.contracts.identity import ChatAccount
from shared.storage.database import Database
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert


class Choices:
    """Remembers one organisation for each chat account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat: ChatAccount) -> OrganisationId | None:
        query = select(choices.c.organisation).where(*_here(chat))

        def find(tx: Transaction) -> OrganisationId | None:
            found = tx.connection.execute(query).scalar_one_or_none()
            return None if found is None else OrganisationId(found)

        return await self._database.read(find)

    async def choose(self, chat: ChatAccount, organisation: OrganisationId, now: datetime) -> None:
        row = {"team": chat.team, "user": chat.user, "organisation": organisation, "chosen_at": now}
        await self._database.decide(lambda tx: upsert(tx.connection, choices, row, key=["team", "user"]))

    async def forget(self, chat: ChatAccount) -> None:
        gone = delete(choices).where(*_here(chat))
        await self._database.decide(lambda tx: tx.connection.execute(gone).rowcount)


def _here(chat: ChatAccount) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return choices.c.team == chat.team, choices.c.user == chat.user
