"""The year in which Katso ended: a role in it went on counting in public bodies, and in companies no more."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.identity import app as identity_app
from services.identity.settings import IdentitySettings
from services.identity.settle import settle_files
from services.roles import app as roles_app
from services.roles.settings import RolesSettings
from shared.contracts.base import OrganisationId
from shared.contracts.identity import (
    BeginIdentification,
    BeginRegisterImport,
    ChatAccount,
    FindOrganisations,
    FindPeople,
    FinishRegisterImport,
    ImportRegisterPage,
    Intent,
    MintCommandToken,
    MintReadToken,
    OrganisationKind,
)
from shared.contracts.legacy import ImportLegacyGrants, LegacyRow
from shared.contracts.roles import (
    AccessAnswer,
    CheckAccess,
    DescribePolicy,
    ExplainAccess,
    Fixer,
    Gate,
    Ground,
    Rung,
)
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from simulator.town.inhabitants import KATSO_METHODS, Inhabitant, inhabitants
from simulator.town.provider import RunningProvider, start_provider, subject
from simulator.town.rehearsal import Browser, a_browser
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated

# The days of the journey. Midnight in Finland is two hours before midnight in UTC.
LAST_OF_KATSO_ALONE = datetime(2020, 1, 28, 10, tzinfo=UTC)
LAST_OF_KATSO_LOGINS = datetime(2020, 1, 28, 21, 59, 59, tzinfo=UTC)
MIDSUMMER = datetime(2020, 6, 20, 10, tzinfo=UTC)
LAST_SECOND = datetime(2020, 12, 31, 21, 59, 59, tzinfo=UTC)
NEW_YEAR = datetime(2020, 12, 31, 22, tzinfo=UTC)

PUBLIC, COMPANY = "9100001-3", "9100012-8"
VENLA = ChatAccount(team="T0TOWN", user="U0VENLA")
NAME, KATSO_ID = "Venla Välivuosi", "K900201"
# Made up, of the series that nobody is given.
CODE = "010180-9026"
PEOPLE = f"""
organisations: [{{business_id: {COMPANY}, kind: company}}]
people:
  - name: {NAME}
    personal_code: {CODE}
    katso_id: {KATSO_ID}
    language: fi
    chat: {{team: T0TOWN, user: U0VENLA}}
    organisations: [{{business_id: {PUBLIC}}}, {{business_id: {COMPANY}}}]
"""


def entry(business_id: str, name: str, sector: str) -> dict[str, Any]:
    """An organisation as the register of those years told of it."""
    told = {"LongName": name, "HierarchyLevel": "0", "Y-Tunnus": business_id, "Sektori": sector}
    return {
        "conceptCodeId": f"1.2.246.10.{business_id.replace('-', '')}.10.0",
        "status": "ACTIVE",
        "beginDate": "2012-01-01",
        "expirationDate": "2100-12-31",
        "attributes": [{"attributeName": one, "attributeValue": [value]} for one, value in told.items()],
    }


REGISTER = (
    entry(PUBLIC, "Esimerkkilän sairaanhoitopiirin kuntayhtymä", "1 julkinen"),
    entry(COMPANY, "Vanhentunut Hoiva Oy", "2 yksityinen"),
)


@dataclass(slots=True)
class Clock:
    """The one clock of both services and of the login page; it stands until somebody moves it."""

    at: datetime = LAST_OF_KATSO_ALONE

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Acting:
    """The bot, acting for whoever is linked to Venla's chat account."""

    bus: Bus

    async def for_reading(self) -> str:
        return (await self.bus.call(MintReadToken(chat=VENLA))).token

    async def for_command(self, subject: str, body_hash: str) -> str:
        wish = MintCommandToken(chat=VENLA, command=subject, body_hash=body_hash)
        return (await self.bus.call(wish)).token


@dataclass(frozen=True, slots=True)
class Year:
    """Identity and roles at work in 2020, as Venla, the bot and an operator meet them."""

    bot: Bus
    operator: Bus
    clock: Clock

    async def morning(self, at: datetime) -> None:
        """It is *at*, and the register was read."""
        self.clock.at = at
        run = await self.operator.call(BeginRegisterImport(source=at.isoformat(), fetched_at=at))
        page = ImportRegisterPage(concept_codes=REGISTER, fetched_at=at, run=run.id, number=1)
        await self.operator.call(page)
        await self.operator.call(FinishRegisterImport(run=run.id, total=len(REGISTER)))

    async def log_in(self, one: Inhabitant) -> str:
        """Log in as *one* through a link from chat; give the heading of the page where that ended."""
        intent = Intent(kind="link", request_id=uuid4())
        wish = BeginIdentification(chat=VENLA, chat_name="venla", language="fi", intent=intent)
        link = await self.bot.call(wish)
        async with a_browser() as session:
            browser = Browser(session)
            await browser.open(link.url)
            await browser.send(sub=subject(one))
            if "/confirm/" in browser.address:
                await browser.send(answer="yes")
            return browser.heading

    async def organisation(self, business_id: str) -> OrganisationId:
        (found,) = (await self.operator.call(FindOrganisations(text=business_id))).organisations
        return found.id

    async def import_katso(self, organisation: OrganisationId) -> None:
        """Take in Venla's line of the organisation's Katso listing, as an operator."""
        (venla,) = (await self.operator.call(FindPeople(text=KATSO_ID))).people
        row = LegacyRow(
            line=2,
            katso_id=KATSO_ID,
            holder=NAME,
            katso_role="Tekninen yhteyshenkilö",
            valid_from=date(2018, 3, 1),
            person=venla.id,
        )
        took = await self.operator.call(ImportLegacyGrants(organisation=organisation, rows=(row,)))
        assert took.added == 1

    async def asks(self, organisation: OrganisationId) -> AccessAnswer:
        """What Venla is told who asks for herself; a program that asks about her is told the same."""
        (venla,) = (await self.operator.call(FindPeople(text=KATSO_ID))).people
        own = ExplainAccess(organisation=organisation, action="systems.edit")
        about_her = CheckAccess(organisation=organisation, person=venla.id, action="systems.edit")
        told = await self.bot.call(own, on_behalf=Acting(self.bot))
        assert await self.operator.call(about_her) == told
        return told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def by_bank() -> Inhabitant:
    """Venla, as her bank knows her."""
    return replace(inhabitants()[0], name=NAME, personal_code=CODE)


@pytest.fixture
def by_katso(by_bank: Inhabitant) -> Inhabitant:
    """Venla, as Katso knows her: by a strengthened ID."""
    return replace(by_bank, katso_id=KATSO_ID, method=KATSO_METHODS["strengthened"])


@pytest.fixture
def provider(clock: Clock, by_bank: Inhabitant, by_katso: Inhabitant) -> Iterator[RunningProvider]:
    running = start_provider(people=[by_bank, by_katso], now=clock)
    yield running
    running.stop()


@pytest.fixture
async def year(
    bus_server: BusServer, tmp_path: Path, provider: RunningProvider, clock: Clock
) -> AsyncIterator[Year]:
    common = {"var": tmp_path, "keys": bus_server.key_folder, "nats_url": bus_server.url}
    identity = IdentitySettings(
        **common,  # type: ignore[arg-type]  # each of its own kind
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
    )
    roles = RolesSettings(**common)  # type: ignore[arg-type]  # as above
    for package, settings in (("services.identity", identity), ("services.roles", roles)):
        await asyncio.to_thread(migrated, package, settings.database(package.rpartition(".")[2]))
    register, people = tmp_path / "register.json", tmp_path / "people.yaml"
    await asyncio.to_thread(register.write_text, json.dumps({"conceptCodes": REGISTER}))
    await asyncio.to_thread(people.write_text, PEOPLE)
    await settle_files(identity, register=register, people=people, now=clock)
    async with AsyncExitStack() as stack:
        connections = [
            await stack.enter_async_context(bus_server.connect(account))
            for account in (Account.ROLES, Account.IDENTITY, Account.BOT, Account.OPERATOR)
        ]
        await stack.enter_async_context(identity_app.run(connections[1], identity, now=clock))
        await stack.enter_async_context(roles_app.run(connections[0], roles, now=clock))
        yield Year(Bus(connections[2]), Bus(connections[3]), clock)


def at(answer: AccessAnswer, gate: Gate) -> Rung:
    return next(rung for rung in answer.rungs if rung.gate is gate)


def right(answer: AccessAnswer) -> Rung:
    return at(answer, Gate.RIGHT)


def lacking(answer: AccessAnswer) -> list[Gate]:
    return [rung.gate for rung in answer.rungs if not rung.holds]


OF_A_ROLE = [Gate.RIGHT, Gate.GRANTED, Gate.ACCEPTED, Gate.INDUCTED, Gate.DATES]


async def test_a_role_in_katso_counts_through_2020_in_a_public_body_and_to_january_in_a_company(
    year: Year, by_katso: Inhabitant, by_bank: Inhabitant
) -> None:
    public, company = await year.organisation(PUBLIC), await year.organisation(COMPANY)
    await year.log_in(by_katso)
    before = [(await year.asks(one)).allowed for one in (public, company)]
    for organisation in (public, company):
        await year.import_katso(organisation)
    katso_alone = [(await year.asks(one)).allowed for one in (public, company)]

    assert (before, katso_alone) == ([False, False], [True, True])

    year.clock.at = LAST_OF_KATSO_LOGINS
    heading = await year.log_in(by_katso)
    year.clock.at = LAST_OF_KATSO_LOGINS + timedelta(seconds=1)
    a_second_later = await year.log_in(by_katso)

    assert (heading, a_second_later) == (
        "Valmista, palaa Slackiin",
        "Katso-tunnisteella ei voi enää kirjautua",
    )

    await year.morning(MIDSUMMER)
    assert await year.log_in(by_bank) == heading
    in_public, in_company = await year.asks(public), await year.asks(company)
    rule = await year.operator.call(DescribePolicy(kind=OrganisationKind.PUBLIC, on=MIDSUMMER.date()))

    assert in_public.allowed, lacking(in_public)
    assert at(in_public, Gate.IDENTIFIED).since == MIDSUMMER
    assert right(in_public).code == Ground.KATSO_ROLE.value
    assert Ground.KATSO_ROLE in rule.row.act_for
    assert (rule.row.period, rule.row.ends, rule.row.sure) == ("hybrid", date(2020, 12, 31), "read")
    assert rule.row.source == "kanta.fi, Kanta Ekstranet"
    assert lacking(in_company) == OF_A_ROLE
    assert (right(in_company).code, right(in_company).fixer) == ("katso_not_moved", Fixer.MAIN_USER)

    await year.morning(LAST_SECOND)
    assert (await year.asks(public)).allowed
    year.clock.at = NEW_YEAR
    over = await year.asks(public)
    by_katso_now, by_bank_now = await year.log_in(by_katso), await year.log_in(by_bank)

    assert lacking(over) == OF_A_ROLE
    assert (right(over).code, right(over).fixer) == ("katso_not_moved", Fixer.MAIN_USER)
    assert by_katso_now == "Katso-tunnisteet ovat poistuneet käytöstä"
    assert by_bank_now == heading
    again = await year.asks(public)
    assert at(again, Gate.IDENTIFIED).since == NEW_YEAR
    assert lacking(again) == OF_A_ROLE
