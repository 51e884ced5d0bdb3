"""`ekstranet identity mandates`: for whom may this person act, by Suomi.fi's word?"""

import json
from datetime import UTC, datetime

import typer

from cli.asking import ask, the_person
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import ListMandates, MandateView, PersonView
from shared.messaging.bus import Bus


def list_mandates(person: str, *, as_json: bool) -> None:
    """Print what was proved, organisation by organisation, also what no longer holds."""

    async def question(bus: Bus) -> tuple[PersonView, tuple[MandateView, ...]]:
        somebody = await the_person(bus, person)
        return somebody, (await bus.call(ListMandates(person=somebody.id))).mandates

    somebody, found = ask(question)
    if as_json:
        told = [one.model_dump(mode="json") for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo(say("no_mandates", person=somebody.name))
        return
    table(
        [say(key) for key in ("organisation", "state", "rights", "codes", "since", "until")], map(_row, found)
    )
    if unknown := sorted({code for one in found for code in one.unknown_codes}):
        typer.echo(say("codes_unknown", codes=", ".join(unknown)))


def _row(one: MandateView) -> list[str]:
    if one.complete:
        state = say("proved" if datetime.now(UTC) < one.expires_at else "phase_expired")
    else:
        state = say("not_proved")
    return [
        f"{one.name} ({one.business_id})",
        state,
        ", ".join(one.rights),
        ", ".join(code.rpartition("/")[2] for code in one.codes),
        moment(one.proved_at),
        moment(one.expires_at),
    ]
