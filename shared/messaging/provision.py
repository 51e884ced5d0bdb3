"""Make the stream, and every hearer's place in it, as the topology says."""

from pathlib import Path

from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StreamConfig
from nats.js.errors import NotFoundError

from shared.messaging.accounts import STREAM, Keeper, durable
from shared.messaging.connection import connected
from shared.messaging.topology import HEARS

MAX_BYTES = 1_000_000_000


async def provision(*, url: str, key_folder: Path) -> bool:
    """Bring the stream up to date; return whether it had to be made. Doing it again changes nothing."""
    stream = StreamConfig(
        name=STREAM,
        subjects=["event.>"],
        retention=RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW,
        max_bytes=MAX_BYTES,
        duplicate_window=120,
        deny_delete=True,
        deny_purge=True,
        allow_atomic=True,
    )
    async with connected(Keeper.BUS, url=url, key_folder=key_folder) as connection:
        js = connection.nats.jetstream()
        try:
            await js.stream_info(STREAM)
            made = False
        except NotFoundError:
            await js.add_stream(stream)
            made = True
        for account, events in HEARS.items():
            await js.add_consumer(
                STREAM,
                ConsumerConfig(
                    durable_name=durable(account),
                    filter_subjects=[event.subject for event in events],
                    ack_policy=AckPolicy.EXPLICIT,
                    ack_wait=30,
                    max_ack_pending=256,
                ),
            )
    return made
