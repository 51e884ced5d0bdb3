"""A made-up town of organisations, people and grants, the same each time, in a roles database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from services.roles.domain.catalogue import role_text
from services.roles.domain.days import end_of
from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Standing
from services.roles.domain.offering import OFFER_STANDS
from services.roles.storage import METADATA, Grants, Known
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationKind, OrganisationView, RegisterState
from shared.contracts.roles import Acceptance, GrantId, GrantStatus, Role
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.storage.transaction import Transaction

PEOPLE_IN_EACH = 10
ROLES = tuple(role for role in Role if role is not Role.MAIN_USER)
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Town:
    """*grants* grants; each is accepted, or with *waiting* only offered."""

    grants: int
    waiting: bool = False

    def organisations(self) -> Sequence[OrganisationId]:
        dice = Random(1)  # the same town each time, nothing secret
        return [OrganisationId(_id(dice)) for _ in range(-(-self.grants // PEOPLE_IN_EACH))]

    def places(self) -> Sequence[tuple[OrganisationId, PersonId, Role, GrantId]]:
        """Who holds what where, for each grant."""
        dice = Random(2)  # as above
        organisations = self.organisations()
        return [
            (
                organisations[number // PEOPLE_IN_EACH],
                PersonId(_id(dice)),
                ROLES[number % len(ROLES)],
                GrantId(_id(dice)),
            )
            for number in range(self.grants)
        ]


async def settle(url: str, town: Town) -> None:
    """Make the roles service's database at *url*, with *town* in it."""
    upgrade("services.roles", url)
    now = datetime.now(UTC)
    database = Database(url, METADATA)

    def everybody(tx: Transaction) -> None:
        known = Known(tx)
        for number, organisation in enumerate(town.organisations()):
            known.note_organisation(_organisation(organisation, number, now))
        for organisation, person, _, _ in town.places():
            known.note_member(organisation, person)
            known.note_standing(person, Standing(identified_at=now, linked_at=now))

    async with database.working():
        await database.decide(everybody)
        for chunk in _chunks([*_grants(town, now)]):
            await database.decide(partial(_add, numbered=chunk))


def _add(tx: Transaction, numbered: Sequence[tuple[int, Grant]]) -> None:
    grants = Grants(tx)
    for number, grant in numbered:
        grants.add(grant, number=number)


def _grants(town: Town, now: datetime) -> Iterator[tuple[int, Grant]]:
    until = date.today() + timedelta(days=365)  # noqa: DTZ011  # any day next year
    by = PersonId(UUID(int=1))
    for number, (organisation, person, role, grant_id) in enumerate(town.places()):
        offered = Grant(
            id=grant_id,
            organisation=organisation,
            holder=person,
            role=role,
            granted_by=by,
            inducted_by=by,
            offered_at=now,
            offer_ends_at=now + OFFER_STANDS,
            valid_until=until,
            ends_at=end_of(until),
        )
        # Far from the numbers that new offers get.
        yield 10**9 + number, offered if town.waiting else _accepted(offered, now)


def _accepted(grant: Grant, now: datetime) -> Grant:
    text = role_text(grant.role, "fi")
    acceptance = Acceptance(
        accepted_at=now,
        text_version=text.version,
        text_hash=text.sha256,
        language="fi",
        identified_at=now,
        method="bench",
    )
    return replace(grant, status=GrantStatus.ACCEPTED, version=2, acceptance=acceptance)


def _organisation(organisation: OrganisationId, number: int, now: datetime) -> OrganisationView:
    return OrganisationView(
        id=organisation,
        business_id=f"{number:07d}-0",
        oid=None,
        name=f"Organisation {number}",
        kind=OrganisationKind.COMPANY,
        state=RegisterState.ACTIVE,
        valid_from=None,
        valid_until=None,
        fetched_at=now,
    )


def _chunks(everything: list[tuple[int, Grant]]) -> Iterator[list[tuple[int, Grant]]]:
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]


def _id(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)
