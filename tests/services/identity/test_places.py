"""Who roles says that people are in organisations: identity keeps it, and tells it once more."""

from datetime import datetime, timedelta
from uuid import uuid4

from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import FindOrganisations, GetAffiliations, MemberAdded
from shared.contracts.roles import PlaceChanged
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from tests.services.identity.conftest import BOT, Town
from tests.services.identity.test_settling import people_file, settle_town

PHARMACY = "9100010-1"


async def the_pharmacy(town: Town) -> OrganisationId:
    request = FindOrganisations(text=PHARMACY)
    found = await town.database.read(lambda rows: town.handlers.find_organisations(rows, request, BOT))
    return OrganisationId(found.organisations[0].id)


async def hear(
    town: Town,
    person: PersonId,
    organisation: OrganisationId,
    *,
    main_user: bool,
    until: datetime | None = None,
) -> None:
    event = PlaceChanged(organisation=organisation, person=person, main_user=main_user, until=until)
    await town.database.decide(lambda tx: town.handlers.note_place(tx, event))


async def places(town: Town, person: PersonId) -> dict[OrganisationId, bool]:
    """Where *person* belongs, and whether as a main user."""
    actor, request = Actor(caller=Account.BOT, person=person), GetAffiliations()
    found = await town.database.read(lambda rows: town.handlers.affiliations(rows, request, actor))
    return {OrganisationId(one.organisation.id): one.main_user for one in found.affiliations}


async def test_whom_roles_makes_a_main_user_is_one_here_until_that_ends(town: Town) -> None:
    await settle_town(town, people_file(organisations=[]))
    person, pharmacy = (await town.person("Aino Mallila")).id, await the_pharmacy(town)
    until = town.clock() + timedelta(hours=1)
    await hear(town, person, pharmacy, main_user=True, until=until)

    assert (await places(town, person))[pharmacy]
    told = (await town.facts(MemberAdded))[-1]
    assert isinstance(told, MemberAdded)
    assert (told.person, told.main_user, told.by_role, told.until) == (person, True, True, until)
    town.clock.ahead = timedelta(hours=2)
    assert (await places(town, person))[pharmacy] is False


async def test_a_file_that_is_read_again_brings_no_main_user_back(town: Town) -> None:
    file = people_file(organisations=[{"business_id": PHARMACY, "main_user": True}])
    await settle_town(town, file)
    person, pharmacy = (await town.person("Aino Mallila")).id, await the_pharmacy(town)
    assert (await places(town, person))[pharmacy]
    await hear(town, person, pharmacy, main_user=False)
    await settle_town(town, file)

    assert (await places(town, person))[pharmacy] is False


async def test_places_of_people_and_organisations_nobody_knows_are_passed_over(town: Town) -> None:
    before = len(await town.facts())
    await hear(town, PersonId(uuid4()), await the_pharmacy(town), main_user=True)
    person = next(one.person for one in await town.facts(MemberAdded) if isinstance(one, MemberAdded))
    await hear(town, person, OrganisationId(uuid4()), main_user=True)

    assert len(await town.facts()) == before
