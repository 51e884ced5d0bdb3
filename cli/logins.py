"""`ekstranet identity refused`: which logins were refused, and why?"""

import json
from datetime import UTC, datetime, timedelta

import typer

from cli.asking import ask
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import ListRefusedLogins, RefusedLogin
from shared.messaging.bus import Bus


def list_refused(hours: int, *, as_json: bool) -> None:
    """Print what was refused in the last *hours*, the latest first."""

    async def question(bus: Bus) -> tuple[RefusedLogin, ...]:
        since = datetime.now(UTC) - timedelta(hours=hours)
        return (await bus.call(ListRefusedLogins(since=since))).logins

    found = ask(question)
    if as_json:
        told = [one.model_dump(mode="json") for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo(say("none_refused", hours=str(hours)))
        return
    headings = [say(key) for key in ("refused_last", "refused_times", "refused_why", "provider", "attempt")]
    table(headings, map(_row, found))


def _row(one: RefusedLogin) -> list[str]:
    why = " · ".join(part for part in (one.code, one.why) if part)
    return [moment(one.last_at), str(one.times), why, one.provider, str(one.attempt or "")]
