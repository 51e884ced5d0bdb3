"""What Suomi.fi vouches for is offered, and ends with the proof; on both databases."""

from datetime import timedelta

from sqlalchemy import select

from services.roles.storage.tables import DECISIONS
from shared.contracts.identity import (
    MandateRight,
    MemberAdded,
    OrganisationKind,
)
from shared.contracts.roles import (
    DeclineGrant,
    DescribeCoverage,
    Ground,
    OfferGrant,
    Phase,
    Role,
)
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import (
    HOLDER,
    NOW,
    PHARMACY,
    STRANGER,
)
from tests.services.roles.main_user_office import (
    A_DAY,
    OPERATOR,
    SIGNATORY,
    a_company,
    a_mandate,
    accept,
    main_users,
    places,
    tell,
    the_offer,
)


async def test_a_companys_signatory_is_offered_to_be_its_main_user_and_is_one_once_accepted(
    office: Office,
) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    offered = await the_offer(office)
    assert (offered.role, offered.holder, offered.ground) == (Role.MAIN_USER, HOLDER, Ground.SIGNATORY)
    assert await main_users(office, PHARMACY) == ()
    await accept(office, offered, HOLDER)

    assert await main_users(office, PHARMACY) == (HOLDER,)
    told = (await places(office))[-1]
    assert (told.organisation, told.main_user, told.until) == (PHARMACY, True, NOW + A_DAY)
    evidence = await office.database.read(
        lambda tx: [
            (row.status, row.program, row.method)
            for row in tx.connection.execute(
                select(DECISIONS).where(DECISIONS.c.grant_id == offered.id).order_by(DECISIONS.c.version)
            )
        ]
    )
    assert evidence == [("offered", "IDENTITY", "web-api"), ("accepted", "BOT", "loa2")]


async def test_a_main_user_by_suomifis_word_is_none_once_that_is_over_and_one_again_when_it_is_given_again(
    office: Office,
) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    office.clock[0] = NOW + 2 * A_DAY
    assert await main_users(office, PHARMACY) == ()
    await tell(office, a_mandate(by_register=SIGNATORY, at=office.clock[0]))

    assert await main_users(office, PHARMACY) == (HOLDER,)
    assert len((await office.all_grants()).grants) == 1
    assert (await places(office))[-1].until == office.clock[0] + A_DAY


async def test_who_is_no_signatory_any_more_is_no_main_user_at_once(office: Office) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    office.clock[0] = NOW + timedelta(hours=1)
    await tell(office, a_mandate(by_register=(), at=office.clock[0]))

    assert await main_users(office, PHARMACY) == ()
    assert (await places(office))[-1].main_user is False


async def test_an_incomplete_answer_offers_nothing(office: Office) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY, complete=False))

    assert (await office.all_grants()).grants == ()


async def test_a_no_stands_until_suomifi_is_asked_again(office: Office) -> None:
    await a_company(office)
    first = a_mandate(by_register=SIGNATORY)
    await tell(office, first)
    office.clock[0] = NOW + timedelta(minutes=5)
    decline = DeclineGrant(grant=(await the_offer(office)).id, reason="Not I")
    await office.decide(office.handlers.decline_grant, decline, HOLDER)
    await a_company(office, OrganisationKind.VENDOR)
    assert len((await office.all_grants()).grants) == 1
    office.clock[0] = NOW + timedelta(hours=1)
    await tell(office, a_mandate(by_register=SIGNATORY, at=office.clock[0]))

    phases = [one.phase for one in (await office.all_grants()).grants]
    assert phases == [Phase.WAITING, Phase.DECLINED]


async def test_a_position_in_a_register_is_not_enough_in_a_foundation_and_a_mandate_is(
    office: Office,
) -> None:
    await a_company(office, OrganisationKind.FOUNDATION)
    await tell(office, a_mandate(by_register=SIGNATORY))
    assert (await office.all_grants()).grants == ()
    await tell(office, a_mandate(by_mandate=SIGNATORY, at=NOW + timedelta(seconds=1)))

    assert (await the_offer(office)).ground is Ground.MANDATE


async def test_what_was_proved_of_an_unknown_organisation_is_offered_when_it_comes_to_be_known(
    office: Office,
) -> None:
    await tell(office, a_mandate(by_register=SIGNATORY))
    assert (await office.all_grants()).grants == ()
    await a_company(office)

    assert (await the_offer(office)).organisation == PHARMACY


async def test_who_is_a_main_user_already_is_offered_nothing(office: Office) -> None:
    await a_company(office)
    await tell(office, MemberAdded(organisation=PHARMACY, person=HOLDER, main_user=True))
    await tell(office, a_mandate(by_register=SIGNATORY))

    assert (await office.all_grants()).grants == ()


async def test_a_vendors_worker_is_offered_what_the_mandate_names_and_nothing_more(office: Office) -> None:
    await a_company(office)
    mandate = a_mandate(by_mandate=(MandateRight.IMPLEMENTER,))
    await tell(office, mandate)
    offers = (await office.all_grants()).grants
    assert [(one.role, one.ground) for one in offers] == [(Role.IMPLEMENTER, Ground.MANDATE)]
    await accept(office, offers[0], HOLDER)

    assert (await places(office))[-1].main_user is False
    assert await main_users(office, PHARMACY) == ()

    def holds() -> list[Role]:
        asked = DescribeCoverage(organisation=PHARMACY)
        coverage = office.handlers.describe_coverage(asked, OPERATOR)
        return [each.role for each in coverage.holdings if HOLDER in each.holders]

    assert holds() == [Role.IMPLEMENTER]
    office.clock[0] = NOW + A_DAY
    assert holds() == []


async def test_a_signatory_grants_roles_once_they_accepted(office: Office) -> None:
    await a_company(office)
    await tell(office, MemberAdded(organisation=PHARMACY, person=STRANGER, main_user=False))
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    command = OfferGrant(
        organisation=PHARMACY, holder=STRANGER, role="reader", valid_until=UNTIL, inducted=True
    )
    granted = await office.decide(office.handlers.offer_grant, command, HOLDER)

    assert granted.granted_by == HOLDER
