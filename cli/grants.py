"""`ekstranet grants list`: every grant, and where it stands."""

import json
from collections.abc import Mapping
from uuid import UUID

import typer

from cli.asking import ask, the_organisation
from cli.printing import moment, table
from cli.words import language, say
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import DescribeOrganisations, DescribePeople
from shared.contracts.roles import GetCatalogue, GrantView, ListGrants
from shared.messaging.bus import Bus

MOST = 100


def list_grants(organisation: str | None, *, as_json: bool) -> None:
    """Print all grants, newest first."""

    async def question(bus: Bus) -> tuple[list[GrantView], Mapping[UUID, str], Mapping[str, str]]:
        where = (await the_organisation(bus, organisation)).id if organisation else None
        found = await _all(bus, where)
        names = {} if as_json else await _names(bus, found)
        titles = {
            text.role.value: text.title
            for text in (await bus.call(GetCatalogue())).texts
            if text.language == language()
        }
        return found, names, titles

    found, names, titles = ask(question)
    if as_json:
        typer.echo(
            json.dumps([grant.model_dump(mode="json") for grant in found], ensure_ascii=False, indent=2)
        )
        return
    if not found:
        typer.echo(say("no_grants"))
        return
    headings = [say(key) for key in ("organisation", "holder", "role", "phase", "offered", "until", "id")]
    table(headings, [_row(grant, names, titles) for grant in found])


async def _all(bus: Bus, organisation: OrganisationId | None) -> list[GrantView]:
    found: list[GrantView] = []
    page: str | None = None
    while True:
        part = await bus.call(ListGrants(organisation=organisation, page=page))
        found += part.grants
        page = part.next_page
        if page is None:
            return found


async def _names(bus: Bus, found: list[GrantView]) -> Mapping[UUID, str]:
    names: dict[UUID, str] = {}
    people = [*dict.fromkeys(grant.holder for grant in found)]
    organisations = [*dict.fromkeys(grant.organisation for grant in found)]
    for first in range(0, len(people), MOST):
        ids: tuple[PersonId, ...] = tuple(people[first : first + MOST])
        names |= {person.id: person.name for person in (await bus.call(DescribePeople(ids=ids))).people}
    for first in range(0, len(organisations), MOST):
        some = DescribeOrganisations(ids=tuple(organisations[first : first + MOST]))
        names |= {one.id: one.name for one in (await bus.call(some)).organisations}
    return names


def _row(grant: GrantView, names: Mapping[UUID, str], titles: Mapping[str, str]) -> list[str]:
    return [
        names.get(grant.organisation, str(grant.organisation)),
        names.get(grant.holder, str(grant.holder)),
        titles.get(grant.role.value, grant.role.value),
        say(f"phase_{grant.phase}"),
        moment(grant.offered_at),
        grant.valid_until.isoformat(),
        str(grant.id),
    ]
