"""A real bus for tests: a nats-server of their own, with the topology's accounts and stream."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from shared.messaging import nats_server
from shared.messaging.accounts import Account
from shared.messaging.connection import Connection, connected
from shared.messaging.provision import provision
from tests.support.patience import PATIENCE
from tests.support.ports import free_port as free_port


@dataclass(frozen=True, slots=True)
class BusServer:
    """Where the bus is, and the keys to it."""

    url: str
    key_folder: Path

    def connect(self, account: Account) -> AbstractAsyncContextManager[Connection]:
        """Connect as *account* until the block ends."""
        return connected(account, url=self.url, key_folder=self.key_folder)


@asynccontextmanager
async def running_bus(folder: Path) -> AsyncIterator[BusServer]:
    """Run a bus in *folder* until the block ends."""
    port = free_port()
    key_folder = folder / "keys"
    config = nats_server.write_config(folder / "nats", key_folder=key_folder, port=port)
    process = await nats_server.start(config)
    url = f"nats://127.0.0.1:{port}"
    try:
        await provision(url=url, key_folder=key_folder)
        yield BusServer(url, key_folder)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE)


@pytest.fixture
async def bus_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BusServer]:
    """
    A bus for one test, in which nobody who is there is given up because the machine is busy, and facts that
    are on their way have time to come.
    """
    monkeypatch.setattr("shared.messaging.bus.ONE_TRY", PATIENCE / 3)
    monkeypatch.setattr("shared.runtime.service.CATCH_UP", PATIENCE / 6)
    async with running_bus(tmp_path / "bus") as server:
        yield server


Connect = Callable[[Account], AbstractAsyncContextManager[Connection]]
