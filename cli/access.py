"""`ekstranet access`: may this person do this, and if not, why; and by what may anybody act?"""

import json
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import typer
from pydantic_core import to_jsonable_python

from cli.asking import ask, the_organisation, the_person
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import OrganisationKind, OrganisationView, PersonView
from shared.contracts.roles import AccessAnswer, CheckAccess, DescribePolicy, Ground, PolicyAnswer, Rung
from shared.messaging.bus import Bus

# Codes that stand for a story of their own.
EXPLAINED = ("katso_not_moved", "katso_main_user_not_moved")


def check(person: str, organisation: str, action: str, *, as_json: bool, exit_code: bool) -> None:
    """Print the ladder. The exit status is 0 whatever the answer, unless *exit_code* wants 1 for a no."""

    async def question(bus: Bus) -> tuple[PersonView, OrganisationView, AccessAnswer]:
        somebody = await the_person(bus, person)
        where = await the_organisation(bus, organisation)
        request = CheckAccess(organisation=where.id, person=somebody.id, action=action)
        return somebody, where, await bus.call(request)

    somebody, where, answer = ask(question)
    if as_json:
        whole = answer.model_dump(mode="json", include={"allowed", "grant", "roles", "revision"}) | {
            "rungs": to_jsonable_python([asdict(rung) for rung in answer.rungs]),
            "person": str(somebody.id),
            "organisation": str(where.id),
            "action": action,
        }
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        verdict = "allowed" if answer.allowed else "not_allowed"
        typer.echo(say(verdict, person=somebody.name, organisation=where.name, action=action))
        table([say("gate"), say("state"), say("since"), say("fixer")], [_row(rung) for rung in answer.rungs])
        for code in (rung.code for rung in answer.rungs if rung.code in EXPLAINED):
            typer.echo(say(f"access_{code}"))
    if exit_code and not answer.allowed:
        raise typer.Exit(1)


def _row(rung: Rung) -> list[str]:
    state = say("holds" if rung.holds else "lacks")
    fixer = "" if rung.holds else say(f"fixer_{rung.fixer}")
    return [say(f"gate_{rung.gate}"), f"{state} ({rung.code})", moment(rung.since), fixer]


def policy(kind: str, on: datetime | None, *, as_json: bool) -> None:
    """Print by what somebody may be a main user of an organisation of *kind*, or act for it, on a day."""
    day = (on or datetime.now(ZoneInfo("Europe/Helsinki"))).date()

    async def question(bus: Bus) -> PolicyAnswer:
        return await bus.call(DescribePolicy(kind=OrganisationKind(kind), on=day))

    answer = ask(question)
    if as_json:
        told = answer.model_dump(mode="json") | {"on": day.isoformat()}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    row = answer.row
    typer.echo(say("policy", kind=say(f"kind_{row.kind}"), day=day.isoformat(), label=answer.label))
    capacities = (("main_user", row.main_user), ("act_for", row.act_for))
    for capacity, grounds in capacities:
        typer.echo(say(f"capacity_{capacity}", grounds=_listed(grounds)))
    typer.echo(say("policy_source", source=row.source, date=row.dated, sure=say(f"sure_{row.sure}")))


def _listed(grounds: tuple[Ground, ...]) -> str:
    return "; ".join(say(f"ground_{ground}") for ground in grounds) or "-"
