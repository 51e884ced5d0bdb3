"""`ekstranet organisations`: who the main users are, who has none, and an operator's word on it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import typer

from cli.asking import ask, the_organisation, the_person
from cli.printing import moment, table
from cli.words import say
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import (
    DescribeOrganisations,
    DescribePeople,
    ListWorkspaces,
    OrganisationView,
    PersonView,
)
from shared.contracts.roles import (
    GrantView,
    ListMainUsers,
    MainUser,
    MainUsers,
    NameMainUser,
    RemoveMainUser,
)
from shared.messaging.bus import Bus

MOST = 100


def list_main_users(organisation: str | None, *, without: bool, as_json: bool) -> None:
    """Print the main users of every organisation, of one, or those organisations that have none."""

    async def question(
        bus: Bus,
    ) -> tuple[list[MainUsers], Mapping[UUID, OrganisationView], Mapping[UUID, str]]:
        where = (await the_organisation(bus, organisation)).id if organisation else None
        found = await everything(bus, ListMainUsers(organisation=where, without=without))
        return found, *await _named(bus, found)

    found, organisations, people = ask(question)
    _print(found, organisations, people, as_json=as_json)


def name(organisation: str, person: str, until: date, reason: str, evidence: str, *, as_json: bool) -> None:
    """Offer *person* to be a main user, by an operator's word."""

    async def question(bus: Bus) -> tuple[GrantView, str]:
        where, somebody = await the_organisation(bus, organisation), await the_person(bus, person)
        named = await bus.call(
            NameMainUser(
                organisation=where.id,
                person=somebody.id,
                valid_until=until,
                reason=reason,
                evidence=evidence,
            )
        )
        return named, await _out_of_sight(bus, somebody, where)

    offered, unseen = ask(question)
    if unseen:
        typer.echo(unseen, err=True)
    if as_json:
        typer.echo(offered.model_dump_json(indent=2))
        return
    typer.echo(say("main_user_named", until=offered.valid_until.isoformat(), id=offered.id))


def remove(organisation: str, person: str, reason: str, evidence: str, *, force: bool, as_json: bool) -> None:
    """Take from *person* what makes them a main user."""

    async def question(bus: Bus) -> tuple[MainUsers, Mapping[UUID, OrganisationView], Mapping[UUID, str]]:
        where, somebody = await the_organisation(bus, organisation), await the_person(bus, person)
        left = await bus.call(
            RemoveMainUser(
                organisation=where.id,
                person=somebody.id,
                reason=reason,
                evidence=evidence,
                force=force,
            )
        )
        return left, *await _named(bus, [left])

    left, organisations, people = ask(question)
    _print([left], organisations, people, as_json=as_json)


async def _out_of_sight(bus: Bus, person: PersonView, where: OrganisationView) -> str:
    """What to say and do if *person* is reached only where nothing of *where* may be shown."""
    if person.chat is None:
        return ""
    team = person.chat.team
    for workspace in (await bus.call(ListWorkspaces())).workspaces:
        if workspace.team == team and where.id in {one.id for one in workspace.organisations}:
            return ""
    return say("main_user_cannot_see", team=team, business_id=where.business_id)


async def everything(bus: Bus, request: ListMainUsers) -> list[MainUsers]:
    """All pages of the answer."""
    found: list[MainUsers] = []
    while True:
        part = await bus.call(request)
        found += part.organisations
        if part.next_page is None:
            return found
        request = request.model_copy(update={"page": part.next_page})


async def _named(
    bus: Bus, found: Sequence[MainUsers]
) -> tuple[Mapping[UUID, OrganisationView], Mapping[UUID, str]]:
    organisations: dict[UUID, OrganisationView] = {}
    people: dict[UUID, str] = {}
    ids = [one.organisation for one in found]
    persons = [*dict.fromkeys(one.person for each in found for one in each.main_users)]
    for some in _pages(ids):
        asked = DescribeOrganisations(ids=tuple(OrganisationId(one) for one in some))
        organisations |= {one.id: one for one in (await bus.call(asked)).organisations}
    for some in _pages(persons):
        described = await bus.call(DescribePeople(ids=tuple(PersonId(one) for one in some)))
        people |= {one.id: one.name for one in described.people}
    return organisations, people


def _pages(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[first : first + MOST] for first in range(0, len(ids), MOST))


def _print(
    found: Sequence[MainUsers],
    organisations: Mapping[UUID, OrganisationView],
    people: Mapping[UUID, str],
    *,
    as_json: bool,
) -> None:
    if as_json:
        told = [one.model_dump(mode="json") for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo(say("none_without_main_user"))
        return
    rows = [
        [_called(each.organisation, organisations), *cells]
        for each in found
        for cells in ([_cells(one, people) for one in each.main_users] or [[say("no_main_user"), "", ""]])
    ]
    table([say(key) for key in ("organisation", "main_user", "ground", "until")], rows)
    lacking = [each for each in found if not each.main_users]
    for kind in dict.fromkeys(
        organisations[one.organisation].kind for one in lacking if one.organisation in organisations
    ):
        typer.echo(say(f"way_on_{kind}"))
    if any(each.waiting for each in lacking):
        typer.echo(say("main_user_waiting"))


def _called(organisation: UUID, organisations: Mapping[UUID, OrganisationView]) -> str:
    found = organisations.get(organisation)
    return f"{found.name} ({found.business_id})" if found else str(organisation)


def _cells(one: MainUser, people: Mapping[UUID, str]) -> list[str]:
    return [people.get(one.person, str(one.person)), say(f"ground_{one.ground}"), moment(one.until)]
