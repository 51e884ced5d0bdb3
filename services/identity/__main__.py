"""The door: ``python -m services.identity [migrate | republish | settle … | rekey | code PERSON]``."""

import asyncio
import sys

from services.identity.settings import IdentitySettings
from shared.runtime.doors import housekeeping

SERVICE = "identity"


async def _run(settings: IdentitySettings) -> None:
    from services.identity.app import run
    from shared.messaging.accounts import Account
    from shared.messaging.connection import connected
    from shared.runtime.process import until_told_to_stop

    async with connected(
        Account.IDENTITY, url=settings.bus_url(), key_folder=settings.key_folder
    ) as connection:
        await until_told_to_stop(run(connection, settings))


def main() -> None:
    settings = IdentitySettings()
    if sys.argv[1:2] == ["settle"]:
        from services.identity.settle import main as settle

        settle(settings, sys.argv[2:])
        return
    if sys.argv[1:2] in (["rekey"], ["code"]):
        from services.identity.custody import main as custody

        custody(settings, sys.argv[1:])
        return
    if housekeeping(sys.argv[1:], package="services.identity", url=settings.database(SERVICE)):
        return
    from shared.runtime.logs import start_logging

    start_logging(settings, program=SERVICE)
    asyncio.run(_run(settings))


if __name__ == "__main__":
    main()
