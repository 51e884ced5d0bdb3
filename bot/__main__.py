"""The door: ``python -m bot [migrate | ratings | manifest]``."""

import asyncio
import sys

from bot.settings import BotSettings


async def _run(settings: BotSettings) -> None:
    from bot.app import run
    from shared.messaging.accounts import Account
    from shared.messaging.connection import connected
    from shared.runtime.process import until_told_to_stop

    async with connected(Account.BOT, url=settings.bus_url(), key_folder=settings.key_folder) as connection:
        await until_told_to_stop(run(connection, settings))


async def _ratings(settings: BotSettings) -> None:
    from bot.storage import METADATA, Memory
    from shared.storage.database import Database

    database = Database(settings.database, METADATA)
    async with database.working():
        counted = await Memory(database).ratings()
    worst_first = sorted(counted.items(), key=lambda each: (each[1][0] - each[1][1], each[0]))
    for (topic, language), (useful, useless) in worst_first:
        sys.stdout.write(f"{topic}\t{language}\t+{useful}\t-{useless}\n")


def main() -> None:
    if sys.argv[1:2] == ["manifest"]:
        from bot.manifest_door import print_manifest

        print_manifest(sys.argv[2:])
        return
    settings = BotSettings()
    match sys.argv[1:]:
        case []:
            from shared.runtime.logs import start_logging

            start_logging(settings, program="bot")
            asyncio.run(_run(settings))
        case ["migrate"]:
            from shared.storage.migrations import upgrade

            upgrade("bot", settings.database)
        case ["ratings"]:
            # Which answers helped, the least helpful first: whose article should be written anew.
            asyncio.run(_ratings(settings))
        case _:
            raise SystemExit("python -m bot [migrate | ratings | manifest [options]]")


if __name__ == "__main__":
    main()
