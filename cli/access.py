"""`ekstranet access check`: may this person do this, and if not, why?"""

import json
from dataclasses import asdict

import typer
from pydantic_core import to_jsonable_python

from cli.asking import ask, the_organisation, the_person
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import AccessAnswer, CheckAccess, Rung
from shared.messaging.bus import Bus


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
    if exit_code and not answer.allowed:
        raise typer.Exit(1)


def _row(rung: Rung) -> list[str]:
    state = say("holds" if rung.holds else "lacks")
    fixer = "" if rung.holds else say(f"fixer_{rung.fixer}")
    return [say(f"gate_{rung.gate}"), f"{state} ({rung.code})", moment(rung.since), fixer]
