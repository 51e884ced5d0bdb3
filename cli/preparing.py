"""`ekstranet migrate`, `keys` and `provision`: what must be there before anything runs."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta

from rich.progress import track

from cli.asking import complain
from cli.running.plan import PACKAGES
from cli.words import say
from shared.messaging.keys import ensure_keys
from shared.messaging.provision import provision
from shared.messaging.server_config import server_config
from shared.runtime.settings import ServiceSettings, StreamSettings
from shared.storage.migrations import republish, upgrade


def database_url(name: str, settings: ServiceSettings) -> str:
    """Where the database of *name* is."""
    if name == "bot":
        return os.environ.get("KANTA_BOT_DATABASE_URL") or f"sqlite:///{settings.var}/bot.db"
    return settings.database(name)


def migrate_everything() -> None:
    """Bring every database up to date."""
    settings = ServiceSettings()
    for name, package in track(PACKAGES.items(), say("migrating"), transient=True):
        upgrade(package, database_url(name, settings))


def make_keys(listen: str) -> None:
    """Make the keys that are missing, and the server's configuration."""
    settings = ServiceSettings()
    folder = settings.var / "nats"
    folder.mkdir(parents=True, exist_ok=True)
    public = ensure_keys(settings.key_folder)
    (folder / "nats.conf").write_text(server_config(public, listen=listen, store=folder / "jetstream"))


def provision_bus(*, again: bool) -> None:
    """Make the stream; if it was lost, or *again*, fill it from the databases, which hold the truth."""
    settings = StreamSettings()
    made = asyncio.run(
        provision(
            url=settings.bus_url(),
            key_folder=settings.key_folder,
            replicas=settings.stream_replicas,
            keep=timedelta(days=settings.stream_keep_days),
        )
    )
    if not (made or again):
        return
    for name in PACKAGES:
        if name == "bot":
            continue
        url = database_url(name, settings)
        if count := republish(url):
            complain("stream.filled_again", "stream_filled_again", service=name, count=count)


def rekey_codes() -> None:
    """Let identity seal personal codes with its current key, at its own door: nobody else has that key."""
    done = subprocess.run([sys.executable, "-m", "services.identity", "rekey"], check=False)
    raise SystemExit(done.returncode)
