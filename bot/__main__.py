"""The door: ``python -m bot [migrate]``."""

import asyncio
import sys

from bot.settings import BotSettings


async def _run(settings: BotSettings) -> None:
    from bot.app import run
    from shared.messaging.connection import connected
    from shared.messaging.topology import Account
    from shared.runtime.process import until_told_to_stop

    async with connected(Account.BOT, url=settings.bus_url(), key_folder=settings.key_folder) as connection:
        await until_told_to_stop(run(connection, settings))


def main() -> None:
    settings = BotSettings()
    match sys.argv[1:]:
        case []:
            from shared.runtime.logs import start_logging

            start_logging(settings, program="bot")
            asyncio.run(_run(settings))
        case ["migrate"]:
            from shared.storage.migrations import upgrade

            upgrade("bot", settings.database)
        case _:
            raise SystemExit("python -m bot [migrate]")


if __name__ == "__main__":
    main()
