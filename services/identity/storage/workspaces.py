"""Chat workspaces and the organisations that they are used for, as rows."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from services.identity.storage import organisations
from services.identity.storage.tables import CHAT_LINKS, WORKSPACES
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import WorkspaceView
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

MOST = 500


def describe(rows: Transaction, team: str) -> WorkspaceView:
    query = select(WORKSPACES.c.organisation).where(WORKSPACES.c.team == team)
    ids = [OrganisationId(one) for one in rows.connection.execute(query).scalars()]
    found = sorted(organisations.describe(rows, ids), key=lambda one: one.name.casefold())
    return WorkspaceView(team=team, organisations=tuple(found))


def listed(rows: Transaction) -> tuple[WorkspaceView, ...]:
    teams = select(WORKSPACES.c.team).distinct().order_by(WORKSPACES.c.team).limit(MOST)
    return tuple(describe(rows, team) for team in rows.connection.execute(teams).scalars().all())


def bind(
    tx: Transaction, team: str, organisation: OrganisationId, person: PersonId | None, now: datetime
) -> bool:
    """Let *team* be used for *organisation*; tell whether that is new. Who said so first stays written."""
    there = select(exists().where(WORKSPACES.c.team == team, WORKSPACES.c.organisation == organisation))
    if tx.connection.execute(there).scalar_one():
        return False
    row = {"team": team, "organisation": organisation, "person": person, "bound_at": now}
    upsert(tx.connection, WORKSPACES, row, key=["team", "organisation"], over=False)
    return True


def unbind(tx: Transaction, team: str, organisation: OrganisationId) -> None:
    same = (WORKSPACES.c.team == team, WORKSPACES.c.organisation == organisation)
    tx.connection.execute(delete(WORKSPACES).where(*same))


def is_at_home(rows: Transaction, team: str, person: PersonId) -> bool:
    """Tell whether *person* has linked an account of *team*."""
    theirs = select(CHAT_LINKS.c.chat_user).where(
        CHAT_LINKS.c.chat_team == team, CHAT_LINKS.c.person == person, CHAT_LINKS.c.waits.is_(None)
    )
    return bool(rows.connection.execute(select(exists(theirs))).scalar_one())
