"""Make the stream, and every hearer's place in it, as the topology says."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nats.errors import Error
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StreamConfig
from nats.js.errors import Error as JetStreamError
from nats.js.errors import NotFoundError

from shared.messaging.accounts import STREAM, Keeper, durable
from shared.messaging.connection import Unreachable, connected
from shared.messaging.topology import HEARS

MAX_BYTES = 1_000_000_000
KEEP = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Filling:
    """How many bytes of the stream are *taken*, and of how many."""

    taken: int
    room: int


async def provision(*, url: str, key_folder: Path, replicas: int = 1, keep: timedelta = KEEP) -> bool:
    """
    Bring the stream up to date; return whether it had to be made. Doing it again changes nothing.

    The stream carries news, and the databases hold what is true: what is older than *keep* goes, or the
    stream would be full one day and take no more facts. Whoever was away for longer needs them sent again.

    Raises:
        Unreachable: the bus does not answer, or its servers have not found each other yet.
    """
    stream = StreamConfig(
        name=STREAM,
        subjects=["event.>"],
        retention=RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW,
        max_bytes=MAX_BYTES,
        max_age=keep.total_seconds(),
        num_replicas=replicas,
        duplicate_window=120,
        deny_delete=True,
        deny_purge=True,
        allow_atomic=True,
    )
    try:
        async with connected(Keeper.BUS, url=url, key_folder=key_folder) as connection:
            return await _made(connection.nats.jetstream(), stream)
    except (Error, JetStreamError) as error:
        raise Unreachable(str(error)) from error


async def _made(js: JetStreamContext, stream: StreamConfig) -> bool:
    try:
        found = (await js.stream_info(STREAM)).config
        made = False
        if (found.max_age, found.num_replicas) != (stream.max_age, stream.num_replicas):
            await js.update_stream(stream)
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


async def filling(*, url: str, key_folder: Path) -> Filling | None:
    """
    How full the stream is; None if there is none.

    Raises:
        Unreachable: the bus does not answer.
    """
    async with connected(Keeper.BUS, url=url, key_folder=key_folder, budget=3) as connection:
        try:
            found = await connection.nats.jetstream().stream_info(STREAM)
        except NotFoundError:
            return None
        except (Error, JetStreamError) as error:
            raise Unreachable(STREAM) from error
    return Filling(found.state.bytes, found.config.max_bytes or MAX_BYTES)
