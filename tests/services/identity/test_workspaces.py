"""Which chat workspace is used for which organisation, and who says so."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest
from alembic.command import downgrade
from sqlalchemy import create_engine, text

from services.identity.storage import chats
from shared.contracts.base import NotAllowed, OrganisationId, PersonId
from shared.contracts.identity import (
    BindWorkspace,
    ChatAccount,
    ClaimWorkspace,
    DescribeWorkspace,
    FindOrganisations,
    LinkEnd,
    ListWorkspaces,
    OrganisationUnknown,
    UnbindWorkspace,
    WorkspaceBound,
    WorkspaceView,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.storage.migrations import config, upgrade
from shared.storage.transaction import Transaction
from tests.services.identity.conftest import AINO, BOT, Town

COUNTY, VENDOR = "9100001-3", "9100010-1"
OPERATOR = Actor(caller=Account.OPERATOR)
NEW = "T0NEW"


async def organisation(town: Town, business_id: str) -> OrganisationId:
    request = FindOrganisations(text=business_id)
    found = await town.database.read(lambda rows: town.handlers.find_organisations(rows, request, BOT))
    return found.organisations[0].id


async def described(town: Town, team: str) -> list[str]:
    request = DescribeWorkspace(team=team)
    found = await town.database.read(lambda rows: town.handlers.describe_workspace(rows, request, BOT))
    return [one.business_id for one in found.organisations]


async def claim(town: Town, name: str, team: str, business_id: str) -> WorkspaceView:
    actor = Actor(caller=Account.BOT, person=(await town.person(name)).id)
    command = ClaimWorkspace(
        request_id=uuid4(), team=team, organisation=await organisation(town, business_id)
    )
    return await town.database.decide(lambda tx: town.handlers.claim_workspace(tx, command, actor))


async def test_the_town_is_settled_with_its_workspace_bound_to_all_its_organisations(town: Town) -> None:
    listed = await town.database.read(lambda rows: town.handlers.list_workspaces(rows, ListWorkspaces(), BOT))

    assert len(await described(town, AINO.team)) == 5
    assert [one.team for one in listed.workspaces] == [AINO.team]
    assert await described(town, NEW) == []


async def test_an_operator_binds_and_unbinds(town: Town) -> None:
    county = await organisation(town, COUNTY)
    bind = BindWorkspace(request_id=uuid4(), team=NEW, organisation=county)
    unbind = UnbindWorkspace(request_id=uuid4(), team=NEW, organisation=county)
    for _ in range(2):
        await town.database.decide(lambda tx: town.handlers.bind_workspace(tx, bind, OPERATOR))
    after = await described(town, NEW)
    await town.database.decide(lambda tx: town.handlers.unbind_workspace(tx, unbind, OPERATOR))

    assert after == [COUNTY]
    assert await described(town, NEW) == []
    assert COUNTY in await described(town, AINO.team)


async def test_what_is_bound_is_told_with_the_accounts_of_its_people_that_were_linked_there_before(
    town: Town,
) -> None:
    county, now = await organisation(town, COUNTY), datetime.now(UTC)
    accounts = {
        name: ChatAccount(team=NEW, user=f"U0{number}")
        for number, name in enumerate(
            ("Aino Mallila", "Carita Modellund", "Daniel Sampleton", "Katri Koodila")
        )
    }
    for name, chat in accounts.items():
        person = (await town.person(name)).id
        await town.database.decide(partial(_link, chat=chat, person=person, now=now))
    closed = accounts["Daniel Sampleton"]
    await town.database.decide(lambda tx: chats.wait(tx, closed, LinkEnd.CLOSED))
    bind = BindWorkspace(request_id=uuid4(), team=NEW, organisation=county)

    told = await town.database.decide(lambda tx: town.handlers.bind_workspace(tx, bind, OPERATOR))

    *_, fact = await town.facts(WorkspaceBound)
    assert isinstance(fact, WorkspaceBound)
    # Katri is of another organisation, and Daniel's account is closed.
    assert fact.linked == (accounts["Aino Mallila"], accounts["Carita Modellund"])
    assert (fact.team, fact.by, told.linked) == (NEW, None, 3)


def _link(tx: Transaction, chat: ChatAccount, person: PersonId, now: datetime) -> None:
    chats.link(tx, chat, person, now)


async def test_that_a_workspace_is_bound_is_announced_once(town: Town) -> None:
    county = await organisation(town, COUNTY)
    for _ in range(2):
        bind = BindWorkspace(request_id=uuid4(), team=NEW, organisation=county)
        await town.database.decide(partial(town.handlers.bind_workspace, command=bind, actor=OPERATOR))
    announced = await town.database.read(
        lambda rows: (
            rows.connection.execute(text("SELECT subject FROM events ORDER BY revision")).scalars().all()
        )
    )

    assert announced[-1] == WorkspaceBound.subject
    assert announced.count(WorkspaceBound.subject) == announced[:-1].count(WorkspaceBound.subject) + 1


async def test_nobody_binds_to_an_organisation_that_is_not_there(town: Town) -> None:
    bind = BindWorkspace(request_id=uuid4(), team=NEW, organisation=OrganisationId(uuid4()))
    with pytest.raises(OrganisationUnknown):
        await town.database.decide(lambda tx: town.handlers.bind_workspace(tx, bind, OPERATOR))


async def test_a_main_user_claims_the_workspace_that_they_are_at_home_in(town: Town) -> None:
    person = (await town.person("Aino Mallila")).id
    with pytest.raises(NotAllowed):
        await claim(town, "Aino Mallila", NEW, COUNTY)
    there = ChatAccount(team=NEW, user="U0ELSE")
    await town.database.decide(lambda tx: chats.link(tx, there, person, datetime.now(UTC)))
    claimed = await claim(town, "Aino Mallila", NEW, COUNTY)

    assert [one.business_id for one in claimed.organisations] == [COUNTY]


async def test_nobody_claims_a_workspace_for_an_organisation_of_others(town: Town) -> None:
    person = (await town.person("Aino Mallila")).id
    daniel = (await town.person("Daniel Sampleton")).id
    for user, who in (("U1", person), ("U2", daniel)):
        account = ChatAccount(team=NEW, user=user)
        await town.database.decide(partial(chats.link, chat=account, person=who, now=datetime.now(UTC)))
    with pytest.raises(NotAllowed):
        await claim(town, "Aino Mallila", NEW, VENDOR)
    with pytest.raises(NotAllowed):
        await claim(town, "Daniel Sampleton", NEW, COUNTY)

    assert await described(town, NEW) == []


def test_a_workspace_in_use_before_there_were_bindings_goes_on_being_used(database_url: str) -> None:
    upgrade("services.identity", database_url)
    downgrade(config("services.identity", database_url), "0002")
    engine = create_engine(database_url)
    organisation, people = uuid4().hex, [uuid4().hex for _ in range(3)]
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organisations (id, business_id, name, name_key, kind, kind_by_operator, state)"
                f" VALUES ('{organisation}', '{COUNTY}', 'County', 'county', 'public', false, 'active')"
            )
        )
        for number, (person, team, main) in enumerate(
            zip(people, ("'T1'", "'T2'", "NULL"), ("true", "false", "true"), strict=True)
        ):
            connection.execute(
                text(
                    "INSERT INTO people"
                    " (id, name, name_key, language, code_digest, chat_team, chat_user, method)"
                    f" VALUES ('{person}', 'N', 'n', 'fi', '{number}', {team}, 'U{number}', '')"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO members (organisation, person, main_user)"
                    f" VALUES ('{organisation}', '{person}', {main})"
                )
            )
    upgrade("services.identity", database_url)
    with engine.connect() as connection:
        bound = connection.execute(text("SELECT team, person FROM workspaces")).all()
    engine.dispose()

    assert [tuple(row) for row in bound] == [("T1", None)]
