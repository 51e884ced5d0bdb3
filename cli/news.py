"""Whether facts flow: from each service into the stream, and out of it to those who hear them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from cli.findings import Finding
from cli.words import say
from shared.contracts.base import Refusal, Request, Unavailable
from shared.contracts.health import Health
from shared.messaging.accounts import Keeper
from shared.messaging.bus import Bus
from shared.messaging.connection import Unreachable
from shared.messaging.provision import Filling, filling
from shared.runtime.settings import Settings

# Seconds in which whoever hears anything at all has heard more.
A_WHILE = 2.0
ALARM = 0.7


@dataclass(frozen=True, slots=True)
class Behind:
    """*hearer* has heard *heard* facts of *source*, which has announced *announced*."""

    hearer: str
    source: str
    heard: int
    announced: int


def behind(healths: Mapping[str, Health]) -> list[Behind]:
    """Who has not heard what was announced."""
    return [
        Behind(hearer, source, heard, announced)
        for hearer, health in healths.items()
        for source, heard in health.heard.items()
        if source in healths and heard < (announced := healths[source].revision - healths[source].waiting)
    ]


def stuck(before: Mapping[str, Health], after: Mapping[str, Health]) -> list[Behind]:
    """Who was behind and has heard nothing since: a fact is missing that will not come by itself."""
    then = {(one.hearer, one.source): one.heard for one in behind(before)}
    return [one for one in behind(after) if then.get((one.hearer, one.source)) == one.heard]


def about_hearing(one: Behind) -> Finding:
    told = say("advice_behind", hearer=one.hearer, source=one.source, heard=one.heard, of=one.announced)
    return Finding(one.hearer, False, "service.behind", told)


async def hearing(
    bus: Bus, healths: Mapping[str, Health], requests: Mapping[str, type[Request[Health]]]
) -> list[Finding]:
    """Look twice, some seconds apart, if somebody is behind: most are only slow."""
    if not behind(healths):
        return []
    await asyncio.sleep(A_WHILE)
    later: dict[str, Health] = {}
    for name in healths:
        try:
            later[name] = await bus.call(requests[name]())
        except (Unavailable, Refusal):
            # Silence has a finding of its own.
            continue
    return [about_hearing(one) for one in stuck(healths, later)]


def about_the_stream(found: Filling) -> Finding:
    """Whether the stream has room: full, it takes no more facts, and nobody hears any."""
    share = round(100 * found.taken / found.room)
    if found.taken > ALARM * found.room:
        return Finding("stream", False, "stream.filling", say("advice_stream_filling", percent=share))
    return Finding("stream", True, "stream.has_room")


async def stream(settings: Settings) -> list[Finding]:
    """Look at the stream, if the key for that is here: only who looks after the bus has it."""
    if not (settings.key_folder / f"{Keeper.BUS.lower()}.nk").exists():
        return []
    try:
        found = await filling(url=settings.bus_url(), key_folder=settings.key_folder)
    except Unreachable:
        return []
    if found is None:
        return [Finding("stream", False, "stream.missing", say("advice_stream_missing"))]
    return [about_the_stream(found)]
