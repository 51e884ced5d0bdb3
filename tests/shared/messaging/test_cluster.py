"""Three servers that are one bus: when one goes, its programs go on by another, and no fact is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse
from uuid import uuid4

from nats.aio.client import Server

from shared.contracts.base import Event, OrganisationId, PersonId
from shared.contracts.identity import MemberAdded
from shared.messaging import nats_server
from shared.messaging.accounts import Account
from shared.messaging.connection import Connection, Fact, Unreachable, connected, next_server
from shared.messaging.hearing import listen
from shared.messaging.provision import provision
from tests.support.bus import free_port
from tests.support.stack import seen

SIZE = 3
PATIENCE = 60
ORGANISATION, PERSON = OrganisationId(uuid4()), PersonId(uuid4())


@dataclass(frozen=True, slots=True)
class Cluster:
    """The servers by their ports, and the keys to them."""

    servers: dict[int, asyncio.subprocess.Process]
    key_folder: Path

    @property
    def url(self) -> str:
        return ",".join(f"nats://127.0.0.1:{port}" for port in self.servers)

    async def lose(self, port: int) -> None:
        """End the server on *port* as a power cut would."""
        self.servers[port].kill()
        await self.servers[port].wait()


@asynccontextmanager
async def running_cluster(folder: Path) -> AsyncIterator[Cluster]:
    ports, routes = [free_port() for _ in range(SIZE)], [free_port() for _ in range(SIZE)]
    named = ", ".join(f'"nats://127.0.0.1:{route}"' for route in routes)
    servers: dict[int, asyncio.subprocess.Process] = {}
    try:
        for port, route in zip(ports, routes, strict=True):
            config = nats_server.write_config(folder / str(port), key_folder=folder / "keys", port=port)
            with config.open("a") as written:
                written.write(f'server_name: "n{port}"\n')
                written.write(
                    f'cluster {{ name: kanta, listen: "127.0.0.1:{route}", routes: [{named}], '
                    "no_advertise: true }\n"
                )
            servers[port] = await nats_server.start(config)
        yield Cluster(servers, folder / "keys")
    finally:
        for server in servers.values():
            if server.returncode is None:
                server.kill()
            await server.wait()


async def done(what: Callable[[], Awaitable[object]], name: str) -> None:
    """Do *what* once the servers let us, as the relay and an operator do."""

    async def tried() -> bool | None:
        try:
            await what()
        except Unreachable:
            return None
        return True

    await seen(tried, name)


def fact(revision: int) -> Fact:
    event = MemberAdded(organisation=ORGANISATION, person=PERSON, main_user=False, revision=revision)
    return Fact(str(event.event_id), event.subject, event.model_dump_json().encode())


def port_of(connection: Connection) -> int:
    where = connection.nats.connected_url
    assert where is not None
    assert where.port is not None
    return where.port


def test_no_server_is_dialled_again_before_the_others() -> None:
    servers = [Server(urlparse(f"nats://n{number}:4222"), reconnects=number % 2) for number in range(6)]
    chosen = {next_server(servers)[0].uri.netloc for _ in range(200)}

    assert chosen == {"n0:4222", "n2:4222", "n4:4222"}


async def test_programs_go_on_by_another_server_and_no_fact_is_lost(tmp_path: Path) -> None:
    heard: asyncio.Queue[int] = asyncio.Queue()

    async def hear(event: Event) -> None:
        await heard.put(event.revision)

    async def heard_of(revision: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while await heard.get() != revision:
                pass

    async with AsyncExitStack() as stack:
        cluster = await stack.enter_async_context(running_cluster(tmp_path))
        # The servers have to find each other first, and choose who leads.
        await done(
            lambda: provision(url=cluster.url, key_folder=cluster.key_folder, replicas=SIZE), "the stream"
        )
        identity, roles = [
            await stack.enter_async_context(connected(one, url=cluster.url, key_folder=cluster.key_folder))
            for one in (Account.IDENTITY, Account.ROLES)
        ]
        await stack.enter_async_context(listen(roles, hear))
        first, second = fact(1), fact(2)
        await done(lambda: identity.announce([first]), "the first fact")
        await heard_of(1)
        lost = port_of(identity)
        await cluster.lose(lost)
        await done(lambda: identity.announce([second]), "the second fact")
        await heard_of(2)

        assert port_of(identity) != lost
        assert port_of(roles) != lost
