"""The stream: made once, changed where its settings change, and never full of what nobody needs any more."""

from datetime import timedelta

from shared.messaging.accounts import STREAM, Keeper
from shared.messaging.connection import connected
from shared.messaging.provision import KEEP, filling, provision
from tests.support.bus import BusServer


async def kept_for(server: BusServer) -> timedelta:
    async with connected(Keeper.BUS, url=server.url, key_folder=server.key_folder) as connection:
        found = await connection.nats.jetstream().stream_info(STREAM)
    return timedelta(seconds=found.config.max_age or 0)


async def test_a_stream_that_is_there_gets_what_is_set_now(bus_server: BusServer) -> None:
    before = await kept_for(bus_server)
    made = await provision(url=bus_server.url, key_folder=bus_server.key_folder, keep=timedelta(days=3))

    assert before == KEEP
    assert not made
    assert await kept_for(bus_server) == timedelta(days=3)


async def test_how_full_the_stream_is_can_be_told(bus_server: BusServer) -> None:
    found = await filling(url=bus_server.url, key_folder=bus_server.key_folder)

    assert found is not None
    assert (found.taken, found.room) == (0, 1_000_000_000)
