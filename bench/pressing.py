"""The pressed process: a bot with the small town of its tests behind it, on the line with a simulator."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.workers import take_orders
from bot.app import in_conversation
from bot.settings import BotSettings
from shared.contracts.identity import ChatAccount
from shared.contracts.roles import GrantOffered
from shared.runtime.logs import start_logging
from shared.storage.migrations import upgrade
from tests.bot.makers import a_grant, a_person
from tests.bot.town import Town


async def main(url: str, bot_token: str, app_token: str, folder: Path, team: str) -> None:
    settings = BotSettings.model_validate(
        {
            "SLACK_BOT_TOKEN": bot_token,
            "SLACK_APP_TOKEN": app_token,
            "slack_api_url": url,
            "bot_database_url": f"sqlite:///{folder / 'bot.db'}",
            "bot_quiet_hours": "none",
            "log_level": "error",
        }
    )
    start_logging(settings, program="bot")
    upgrade("bot", settings.database)
    town = Town()

    async with in_conversation(town, settings, pace=0.0) as bot:

        async def carry_out(order: dict[str, Any]) -> Any:
            """Offer a role to each of the users named."""
            for user in order["users"]:
                person = a_person(f"Testaaja {user}", user).model_copy(
                    update={"chat": ChatAccount(team=team, user=user), "linked_at": datetime.now(UTC)}
                )
                town.people[person.id] = person
                town.fresh.add(person.id)
                await bot.hearing.hear(GrantOffered(grant=town.put(a_grant(town.clinic, person, town.maija))))
            return len(order["users"])

        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await take_orders(carry_out)


if __name__ == "__main__":
    _, address, token, app, place, workspace = sys.argv
    asyncio.run(main(address, token, app, Path(place), workspace))
