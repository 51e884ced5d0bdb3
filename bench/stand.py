"""What the measurements stand on: servers and services in processes of their own, in a folder that goes."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import nats
from nats.errors import Error

from shared.messaging import nats_server
from shared.messaging.provision import provision

LEAVING = 10.0
UP = 10.0


@dataclass(frozen=True, slots=True)
class Stand:
    """A bus with the accounts that the topology says, and the folder that everything lives in."""

    folder: Path
    url: str
    key_folder: Path
    server_pid: int

    def environment(self, *, database_url: str | None = None) -> dict[str, str]:
        """What a service needs to know to live here."""
        environment = {
            "KANTA_VAR": str(self.folder),
            "KANTA_KEYS": str(self.key_folder),
            "KANTA_NATS_URL": self.url,
            "KANTA_LOG_LEVEL": "warning",
        }
        return environment | ({"KANTA_ROLES_DATABASE_URL": database_url} if database_url else {})


@asynccontextmanager
async def stand(folder: Path) -> AsyncIterator[Stand]:
    """Run a bus in *folder* until the block ends."""
    port, key_folder = _free_port(), folder / "keys"
    config = nats_server.write_config(folder / "nats", key_folder=key_folder, port=port)
    url = f"nats://127.0.0.1:{port}"
    async with _server(config) as pid:
        await provision(url=url, key_folder=key_folder)
        yield Stand(folder, url, key_folder, pid)


@asynccontextmanager
async def plain_server(folder: Path) -> AsyncIterator[str]:
    """Run a nats-server without accounts, keys or streams: nothing between the echo and its asker."""
    port = _free_port()
    config = _plain_config(folder, port)
    async with _server(config):
        url = f"nats://127.0.0.1:{port}"
        await _up(url)
        yield url


@asynccontextmanager
async def _server(config: Path) -> AsyncIterator[int]:
    process = await nats_server.start(config)
    try:
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), LEAVING)


async def _up(url: str) -> None:
    async with asyncio.timeout(UP):
        while True:
            try:
                client = await nats.connect(url, allow_reconnect=False)
            except (OSError, Error):
                await asyncio.sleep(0.02)
            else:
                await client.close()
                return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _plain_config(folder: Path, port: int) -> Path:
    folder.mkdir()
    config = folder / "nats.conf"
    config.write_text(f'listen: "127.0.0.1:{port}"\n')
    return config
