"""The door: ``python -m services.contacts [migrate|republish]``."""

import asyncio
import sys

from services.contacts.settings import ContactsSettings
from shared.runtime.doors import housekeeping

SERVICE = "contacts"


async def _run(settings: ContactsSettings) -> None:
    from services.contacts.app import run
    from shared.messaging.accounts import Account
    from shared.messaging.connection import connected
    from shared.runtime.process import until_told_to_stop

    async with connected(
        Account.CONTACTS, url=settings.bus_url(), key_folder=settings.key_folder
    ) as connection:
        await until_told_to_stop(run(connection, settings))


def main() -> None:
    settings = ContactsSettings()
    if housekeeping(sys.argv[1:], package="services.contacts", url=settings.database(SERVICE)):
        return
    from shared.runtime.logs import start_logging

    start_logging(settings, program=SERVICE)
    asyncio.run(_run(settings))


if __name__ == "__main__":
    main()
