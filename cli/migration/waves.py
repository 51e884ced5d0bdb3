"""`ekstranet migration wave plan`, `invite` and `match`: an operator prepares, and main users invite."""

from datetime import date
from uuid import UUID

import typer

from cli.asking import ask, complain, the_organisation, the_person
from cli.migration.telling import look, tell_view, where_it_stands
from cli.words import say
from shared.contracts.identity import OrganisationView
from shared.contracts.legacy import (
    LegacyGrantView,
    LegacyId,
    MatchLegacyHolder,
    MigrationView,
    OpenWave,
    PlanWaves,
)
from shared.messaging.bus import Bus


def plan(organisation: str, size: int, first_day: date, every_days: int, *, as_json: bool) -> None:
    """Share holders out into waves, and print them."""

    async def question(bus: Bus) -> tuple[OrganisationView, MigrationView]:
        where = await the_organisation(bus, organisation)
        wish = PlanWaves(organisation=where.id, size=size, first_day=first_day, every_days=every_days)
        return where, await bus.call(wish)

    where, view = ask(question)
    tell_view(where, view, as_json=as_json)


def ask_main_users(organisation: str, number: int, *, as_json: bool) -> None:
    """Let the main users know that a wave is to be invited; say whom it reaches."""

    async def question(bus: Bus) -> tuple[OrganisationView, MigrationView, MigrationView]:
        where, before = await look(bus, organisation)
        return where, before, await bus.call(OpenWave(organisation=where.id, number=number))

    where, before, view = ask(question)
    if as_json:
        typer.echo(view.model_dump_json(indent=2, exclude={"history"}))
        return
    typer.echo(say("main_users_asked", organisation=where.name, number=number))
    if before.next_number == number:
        for name in dict.fromkeys(one.holder for one in before.next_wave):
            typer.echo(f"  {name}")


def match_holder(legacy: str, person: str, *, as_json: bool) -> None:
    """Say who the holder of a legacy grant is."""
    try:
        legacy_id = LegacyId(UUID(legacy))
    except ValueError:
        complain("roles.legacy_grant_not_found", "no_such_legacy")
        raise typer.Exit(1) from None

    async def question(bus: Bus) -> LegacyGrantView:
        somebody = await the_person(bus, person)
        return await bus.call(MatchLegacyHolder(legacy=legacy_id, person=somebody.id))

    found = ask(question)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    typer.echo(say("holder_matched", holder=found.holder, state=where_it_stands(found)))
