"""Chat workspaces and the organisations that they are used for, as rows."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select

from services.identity.storage import organisations
from services.identity.storage.tables import CHAT_LINKS, MEMBERS, WORKSPACES
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import ChatAccount, WorkspaceView
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

MOST = 500
MOST_LINKED = 100


def describe(rows: Transaction, team: str) -> WorkspaceView:
    query = select(WORKSPACES.c.organisation).where(WORKSPACES.c.team == team)
    ids = [OrganisationId(one) for one in rows.connection.execute(query).scalars()]
    found = sorted(organisations.describe(rows, ids), key=lambda one: one.name.casefold())
    counted = select(func.count()).select_from(CHAT_LINKS).where(*_may_act(team))
    linked = rows.connection.execute(counted).scalar_one()
    return WorkspaceView(team=team, organisations=tuple(found), linked=linked)


def linked(rows: Transaction, team: str, organisation: OrganisationId) -> tuple[ChatAccount, ...]:
    """The accounts of *team* that people of *organisation* have linked, the first of them."""
    people = select(MEMBERS.c.person).where(MEMBERS.c.organisation == organisation)
    query = (
        select(CHAT_LINKS.c.chat_user)
        .where(*_may_act(team), CHAT_LINKS.c.person.in_(people))
        .order_by(CHAT_LINKS.c.chat_user)
        .limit(MOST_LINKED)
    )
    return tuple(ChatAccount(team=team, user=user) for user in rows.connection.execute(query).scalars())


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
    theirs = select(CHAT_LINKS.c.chat_user).where(*_may_act(team), CHAT_LINKS.c.person == person)
    return bool(rows.connection.execute(select(exists(theirs))).scalar_one())


def _may_act(team: str) -> tuple[ColumnElement[bool], ...]:
    return CHAT_LINKS.c.chat_team == team, CHAT_LINKS.c.waits.is_(None)
