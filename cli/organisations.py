"""`ekstranet organisations show`: an organisation, its state in the register, and its main users."""

import json

import typer

from cli.asking import ask, the_organisation
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import DescribePeople, OrganisationView, PersonView
from shared.contracts.roles import DescribeCoverage, Role
from shared.messaging.bus import Bus

MOST = 100


def show(organisation: str, *, as_json: bool) -> None:
    """Print one organisation."""

    async def question(bus: Bus) -> tuple[OrganisationView, tuple[PersonView, ...]]:
        found = await the_organisation(bus, organisation)
        coverage = await bus.call(DescribeCoverage(organisation=found.id))
        ids = next((one.holders for one in coverage.holdings if one.role is Role.MAIN_USER), ())
        return found, (await bus.call(DescribePeople(ids=ids[:MOST]))).people

    found, main_users = ask(question)
    if as_json:
        told = found.model_dump(mode="json")
        told["main_users"] = [one.model_dump(mode="json") for one in main_users]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    facts = [
        (say("business_id"), found.business_id),
        ("OID", found.oid or "-"),
        (say("kind"), say(f"kind_{found.kind}")),
        (say("register_state"), say(f"register_{found.state}")),
        (say("valid"), f"{found.valid_from or ''} / {found.valid_until or ''}"),
        (say("fetched"), moment(found.fetched_at) or "-"),
        (say("id"), str(found.id)),
    ]
    typer.echo(found.name)
    table(["", ""], facts)
    if not main_users:
        typer.echo(say("shown_without_main_user"))
        return
    rows = [
        [one.name, f"{one.chat.team}/{one.chat.user}" if one.chat else "", moment(one.identified_at)]
        for one in main_users
    ]
    table([say("main_users"), say("account"), say("identified")], rows)
