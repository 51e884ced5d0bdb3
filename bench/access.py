"""How near ``access.check`` over the bus comes to what the bus itself can do."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bench.figures import Figure, Pace, Side, interleaved, middle
from bench.stand import plain_server, stand
from bench.town import Town, settle
from bench.workers import Worker, working
from shared.contracts.base import Unavailable
from shared.contracts.health import GetRolesHealth
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import connected

GRANTS = 20_000
LIMIT = 0.6
WARM_UP = 8.0
FLIGHTS = (1, 64)


async def measure(folder: Path, *, rounds: int, seconds: float) -> Sequence[Figure]:
    """
    Measure checks against the echo, turn by turn.

    The echo runs on a plain nats-server, with neither accounts nor contracts, and sends back the very bytes
    it got: an answer of ours is longer, crosses from one account to another, and is checked on both sides.
    """
    url = f"sqlite:///{folder / 'roles.db'}"
    await settle(url, Town(GRANTS))
    async with AsyncExitStack() as stack:
        bus = await stack.enter_async_context(stand(folder))
        echo_url = await stack.enter_async_context(plain_server(folder / "plain"))
        echo = await stack.enter_async_context(working("bench.echo", echo_url))
        await asyncio.wait_for(echo.ready(), 10)
        environment = bus.environment(database_url=url)
        await stack.enter_async_context(working("services.roles", environment=environment))
        async with connected(Account.OPERATOR, url=bus.url, key_folder=bus.key_folder) as operator:
            await until_answering(Bus(operator))
        asker = await stack.enter_async_context(
            working("bench.asking", echo_url, bus.url, bus.key_folder, str(GRANTS))
        )
        # Until every part of an answer has been written once, and every line of code has been run.
        await _ask(asker, "access", 64, WARM_UP)
        contenders: dict[str, Callable[[], Awaitable[Pace]]] = {
            f"{what} {flight}": partial(_ask, asker, what, flight, seconds)
            for flight in FLIGHTS
            for what in ("echo", "access")
        }
        paces = {name: middle(of) for name, of in (await interleaved(contenders, rounds=rounds)).items()}
    return [figure for flight in FLIGHTS for figure in _figures(flight, paces)]


def _figures(flight: int, paces: dict[str, Pace]) -> Sequence[Figure]:
    echo, access = paces[f"echo {flight}"], paces[f"access {flight}"]
    return (
        Figure(
            name=f"bare nats-py echo, {flight} in flight",
            value=echo.rate,
            unit="/s",
            note=f"p50 {echo.p50:.2f} ms, p99 {echo.p99:.2f} ms",
        ),
        Figure(
            name=f"access.check, {flight} in flight",
            value=access.rate,
            unit="/s",
            note=f"p50 {access.p50:.2f} ms, p99 {access.p99:.2f} ms",
        ),
        Figure(
            name=f"access.check against the echo, {flight} in flight",
            value=access.rate / echo.rate,
            unit="x",
            limit=LIMIT,
            side=Side.AT_LEAST,
            note=f"full ladder, {GRANTS:,} grants, contract checked on both sides",
        ),
    )


async def until_answering(bus: Bus) -> None:
    """Return when the roles service answers."""
    async with asyncio.timeout(30):
        while True:
            try:
                await bus.call(GetRolesHealth())
            except Unavailable:
                continue
            return


async def _ask(asker: Worker, what: str, in_flight: int, seconds: float) -> Pace:
    return Pace(**await asker.order(what=what, in_flight=in_flight, seconds=seconds))
