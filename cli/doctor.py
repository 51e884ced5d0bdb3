"""`ekstranet doctor`: what is wrong, and how to mend it."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from cli import news
from cli.findings import Finding
from cli.printing import table
from cli.running.child import LARGEST_LOG
from cli.words import say
from shared.contracts.base import Refusal, Request, Unavailable
from shared.contracts.health import (
    BotHealth,
    GetBotHealth,
    GetContactsHealth,
    GetIdentityHealth,
    GetRolesHealth,
    Health,
)
from shared.contracts.identity import GetRegisterStatus, RegisterStatus
from shared.contracts.roles import ListMainUsers
from shared.messaging import nats_server
from shared.messaging.accounts import Account, Keeper
from shared.messaging.bus import Bus
from shared.messaging.connection import Unreachable, connected
from shared.runtime.settings import Settings

SERVICES: dict[str, type[Request[Health]]] = {
    "identity": GetIdentityHealth,
    "roles": GetRolesHealth,
    "contacts": GetContactsHealth,
}
BACKLOG = 1000
# The bot pings its websockets every ten seconds.
SILENT = timedelta(seconds=60)


def examine(*, only: str | None, as_json: bool) -> None:
    """Print the findings; exit with 1 if something is not well."""
    findings = asyncio.run(_all(Settings(), only))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        rows = [
            [one.subject, say("well" if one.well else "unwell"), one.code, one.advice] for one in findings
        ]
        table([say("subject"), say("state"), say("code"), say("advice")], rows)
    if not all(one.well for one in findings):
        raise typer.Exit(1)


async def _all(settings: Settings, only: str | None) -> list[Finding]:
    findings: list[Finding] = []
    if only is None:
        findings += [_folder(settings.var), _keys(settings.key_folder), _server(), *_logs(settings.var)]
    findings += [one async for one in _services(settings, only)]
    return findings


def _folder(var: Path) -> Finding:
    if var.is_dir() and os.access(var, os.W_OK):
        return Finding(str(var), True, "folder.writable")
    return Finding(str(var), False, "folder.missing", say("advice_folder"))


def _keys(folder: Path) -> Finding:
    missing = [name for name in [*Account, *Keeper] if not (folder / f"{name.lower()}.nk").exists()]
    if missing:
        return Finding(str(folder), False, "keys.missing", say("advice_keys_missing"))
    loose = [path.name for path in folder.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        return Finding(
            str(folder), False, "keys.readable_by_others", say("advice_keys_loose", names=", ".join(loose))
        )
    return Finding(str(folder), True, "keys.private")


def _server() -> Finding:
    try:
        return Finding(str(nats_server.binary()), True, "bus.program_found")
    except FileNotFoundError:
        return Finding("nats-server", False, "bus.program_missing", say("advice_nats"))


def _logs(var: Path) -> list[Finding]:
    big = [path for path in (var / "logs").glob("*.log") if path.stat().st_size > 2 * LARGEST_LOG]
    return [Finding(str(path), False, "log.large", say("advice_log")) for path in big]


async def _services(settings: Settings, only: str | None) -> AsyncIterator[Finding]:
    url = settings.bus_url()
    try:
        async with connected(
            Account.OPERATOR, url=url, key_folder=settings.key_folder, budget=3
        ) as connection:
            yield Finding(url, True, "bus.reachable")
            bus = Bus(connection)
            healths: dict[str, Health] = {}
            for name, request in SERVICES.items():
                if only in (None, name):
                    yield await _service(bus, name, request(), healths)
            for finding in await news.hearing(bus, healths, SERVICES):
                yield finding
            if only is None:
                for finding in await news.stream(settings):
                    yield finding
                yield await _register(bus)
            if only in (None, "roles"):
                yield await _main_users(bus)
            if only in (None, "bot"):
                yield await _bot(bus)
    except (Unreachable, FileNotFoundError, OSError):
        yield Finding(url, False, "bus.unreachable", say("advice_bus"))


async def _service(bus: Bus, name: str, request: Request[Health], healths: dict[str, Health]) -> Finding:
    try:
        healths[name] = health = await bus.call(request)
    except (Unavailable, Refusal):
        return Finding(name, False, "service.silent", say("advice_silent", name=name))
    if health.waiting > BACKLOG:
        return Finding(name, False, "service.backlog", say("advice_backlog", count=health.waiting))
    return Finding(name, True, "service.well")


async def _main_users(bus: Bus) -> Finding:
    """Whether every organisation in which people hold roles has a main user, who can grant and end them."""
    try:
        found = await bus.call(ListMainUsers(without=True))
    except (Unavailable, Refusal):
        return Finding("roles", False, "service.silent", say("advice_silent", name="roles"))
    if not found.organisations:
        return Finding("roles", True, "main_users.everywhere")
    count = f"{len(found.organisations)}{'+' if found.next_page else ''}"
    return Finding("roles", False, "main_users.missing", say("advice_main_users", count=count))


async def _register(bus: Bus) -> Finding:
    try:
        status = await bus.call(GetRegisterStatus())
    except (Unavailable, Refusal):
        return Finding("register", False, "service.silent", say("advice_silent", name="identity"))
    return about_the_register(status, datetime.now(UTC))


def about_the_register(status: RegisterStatus, now: datetime) -> Finding:
    """Whether our copy of the national register is young enough, and whether it can be read."""
    if status.stale_at is not None and status.stale_at < now:
        told = say("advice_register_stale", moment=_clock(status.read_at))
        return Finding("register", False, "register.stale", told)
    if status.failed is not None:
        told = say("advice_register_failed", code=status.failed.outcome)
        return Finding("register", False, "register.reading_stopped", told)
    return Finding("register", True, "register.fresh" if status.read_at else "register.not_read_yet")


async def _bot(bus: Bus) -> Finding:
    try:
        health = await bus.call(GetBotHealth())
    except (Unavailable, Refusal):
        return Finding("bot", False, "service.silent", say("advice_silent", name="bot"))
    return about_the_line(health, datetime.now(UTC))


def about_the_line(health: BotHealth, now: datetime) -> Finding:
    """Whether the bot and Slack hear each other: a websocket that is silent is none."""
    heard = health.last_heard
    silent = health.transport == "sockets" and (heard is None or now - heard > SILENT)
    if not health.connected:
        return Finding("bot", False, "bot.not_connected", say("advice_slack"))
    facts = {"since": _clock(health.since), "heard": _clock(heard)}
    if health.transport == "requests":
        return Finding("bot", True, "bot.listening", say("line_requests", **facts))
    told = say("line_sockets", count=health.connections, reconnects=health.reconnects, **facts)
    return Finding("bot", not silent, "bot.line_silent" if silent else "bot.connected", told)


def _clock(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if moment else "-"
