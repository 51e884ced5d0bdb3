"""`ekstranet migration status`, `list` and `stragglers`: how far an organisation has come."""

import json
from collections.abc import Mapping, Sequence

import typer

from cli.asking import ask, the_organisation
from cli.printing import moment, table
from cli.words import language, say
from shared.contracts.identity import OrganisationView
from shared.contracts.legacy import (
    DescribeMigration,
    LegacyGrantView,
    LegacyState,
    ListLegacyGrants,
    MigrationView,
    Tally,
)
from shared.contracts.roles import GetCatalogue
from shared.messaging.bus import Bus

WIDTH = 30


async def look(
    bus: Bus, organisation: str, *, history: bool = False
) -> tuple[OrganisationView, MigrationView]:
    """The organisation that is meant, and how far it has come."""
    where = await the_organisation(bus, organisation)
    return where, await bus.call(DescribeMigration(organisation=where.id, history=history))


def tell_status(organisation: str, *, as_json: bool) -> None:
    """Print how many stand where, and the waves."""
    where, view = ask(lambda bus: look(bus, organisation))
    tell_view(where, view, as_json=as_json)


def tell_view(where: OrganisationView, view: MigrationView, *, as_json: bool) -> None:
    if as_json:
        typer.echo(view.model_dump_json(indent=2, exclude={"history"}))
        return
    typer.echo(f"{where.name} ({where.business_id})")
    if not view.now.total:
        typer.echo(say("no_legacy"))
        return
    table(
        [say("state"), say("count"), ""],
        [
            [say(f"legacy_{state}"), str(count), "█" * round(WIDTH * count / view.now.total)]
            for state, count in counts(view.now).items()
        ],
    )
    if view.waves:
        table(
            [say("wave"), say("day"), say("holders"), say("to_invite"), say("asked")],
            [
                [
                    str(one.number),
                    str(one.day or ""),
                    str(one.holders),
                    str(one.to_invite),
                    moment(one.opened_at),
                ]
                for one in view.waves
            ],
        )


def counts(tally: Tally) -> Mapping[LegacyState, int]:
    """How many stand where, in the order of the way."""
    return {state: int(getattr(tally, state.value)) for state in LegacyState}


def tell_all(organisation: str, *, as_json: bool) -> None:
    """Print every legacy grant."""

    async def question(bus: Bus) -> tuple[list[LegacyGrantView], Mapping[str, str]]:
        where = await the_organisation(bus, organisation)
        found: list[LegacyGrantView] = []
        page: str | None = None
        while True:
            part = await bus.call(ListLegacyGrants(organisation=where.id, page=page))
            found += part.grants
            if (page := part.next_page) is None:
                return found, await _titles(bus)

    found, titles = ask(question)
    _tell(found, titles, as_json=as_json)


def tell_stragglers(organisation: str, *, as_json: bool) -> None:
    """Print those who have waited the longest."""

    async def question(bus: Bus) -> tuple[Sequence[LegacyGrantView], Mapping[str, str]]:
        _, view = await look(bus, organisation)
        return view.stragglers, await _titles(bus)

    found, titles = ask(question)
    _tell(found, titles, as_json=as_json)


def where_it_stands(legacy: LegacyGrantView) -> str:
    """The state in words, and why."""
    state = say(f"legacy_{legacy.state}")
    return f"{state}: {say(f'why_{legacy.why}')}" if legacy.why else state


def _tell(found: Sequence[LegacyGrantView], titles: Mapping[str, str], *, as_json: bool) -> None:
    if as_json:
        told = [one.model_dump(mode="json") for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo(say("no_legacy"))
        return
    headings = [say(key) for key in ("holder", "katso_role", "comes_to", "state", "days", "id")]
    table(
        headings,
        [
            [
                one.holder,
                one.katso_role,
                ", ".join(titles.get(role.value, role.value) for role in one.roles),
                where_it_stands(one),
                str(one.days),
                str(one.id),
            ]
            for one in found
        ],
    )


async def _titles(bus: Bus) -> Mapping[str, str]:
    texts = (await bus.call(GetCatalogue())).texts
    return {text.role.value: text.title for text in texts if text.language == language()}
