"""The door: ``python -m services.roles [migrate|republish]``."""

import asyncio
import sys

from services.roles.settings import RolesSettings
from shared.runtime.doors import housekeeping

SERVICE = "roles"


async def _run(settings: RolesSettings) -> None:
    from services.roles.app import run
    from shared.messaging.accounts import Account
    from shared.messaging.connection import connected
    from shared.runtime.process import until_told_to_stop

    async with connected(Account.ROLES, url=settings.bus_url(), key_folder=settings.key_folder) as connection:
        await until_told_to_stop(run(connection, settings))


def main() -> None:
    settings = RolesSettings()
    if housekeeping(sys.argv[1:], package="services.roles", url=settings.database(SERVICE)):
        return
    from shared.runtime.logs import start_logging

    start_logging(settings, program=SERVICE)
    asyncio.run(_run(settings))


if __name__ == "__main__":
    main()
