"""The town's first morning: its main users go to the bot, follow the link they get, and identify themselves.

They do so by the ways that everybody has: the Home tab's button, the message with the link, the login pages.
"""

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import ClientSession

from simulator.town.inhabitants import Inhabitant, main_users
from simulator.town.rehearsal import a_browser, log_in

BEGIN, OPEN = "identify.begin", "identify.open"
SESSION = re.compile(r'name="simulator-session" content="([^"]+)"')
PATIENCE = 15.0
PAUSE = 0.05

T = TypeVar("T")


class Chatter:
    """A person at the simulator's page."""

    def __init__(self, session: ClientSession, url: str, token: str, user: str) -> None:
        self._session, self._url, self._token, self.user = session, url, token, user

    async def state(self) -> dict[str, Any]:
        """What the page shows this person."""
        return await self._get("state")

    async def home(self) -> dict[str, Any] | None:
        """The Home tab, once it was published."""
        home: dict[str, Any] | None = (await self.state())["home"]
        return home

    async def has_no_link(self) -> bool | None:
        """Whether no message holds a link to the login page any more; nothing while one does."""
        return None if await self.link() else True

    async def act(self, act: str, **body: object) -> dict[str, Any]:
        """Do something, as the page would."""
        headers = {"X-Simulator-Session": self._token}
        wish = {"user": self.user, "act": act} | body
        async with self._session.post(f"{self._url}/sim/act", json=wish, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def link(self) -> str | None:
        """The address behind the newest button that opens the login page, if there is one."""
        for channel in (await self.state())["channels"]:
            if channel["is_im"]:
                messages = (await self._get("messages", channel=channel["id"]))["messages"]
                for message in reversed(messages):
                    for element in elements(message.get("blocks") or []):
                        if element.get("action_id") == OPEN:
                            return str(element["url"])
        return None

    async def shut(self) -> None:
        """Close whatever stands open on the page."""
        for view in (await self.state())["views"][:1]:
            await self.act("close", view_id=view["id"], all=True)

    async def _get(self, what: str, **query: str) -> dict[str, Any]:
        async with self._session.get(
            f"{self._url}/sim/{what}", params={"user": self.user} | query
        ) as response:
            answer: dict[str, Any] = await response.json()
            return answer


async def introduce(url: str, person: Inhabitant) -> bool:
    """Let *person* link their chat account at the workspace *url*; return whether there was need to."""
    async with a_browser() as session:
        async with session.get(f"{url}/") as response:
            found = SESSION.search(await response.text())
        chatter = Chatter(session, url, found[1] if found else "", person.user)
        async with asyncio.timeout(PATIENCE):
            await chatter.act("home")
            home = await seen(chatter.home)
            press = next((one for one in elements(home["blocks"]) if one.get("action_id") == BEGIN), None)
            if press is None:
                return False
            await chatter.act(
                "press", container={"type": "home"}, block_id=press["block_id"], action_id=BEGIN, state={}
            )
            await log_in(await seen(chatter.link), person)
            await seen(chatter.has_no_link)
            await chatter.shut()
    return True


async def seen(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look until there is something to see, as somebody in front of a page does."""
    while (sight := await look()) is None:  # noqa: ASYNC110  # what is looked at is across HTTP
        await asyncio.sleep(PAUSE)
    return sight


def elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All buttons and the like in *blocks*, each with its block's id."""
    found = []
    for block in blocks:
        several = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        found += [one | {"block_id": block.get("block_id", "")} for one in several if isinstance(one, dict)]
    return found


async def _all(url: str) -> None:
    await asyncio.gather(*(introduce(url, person) for person in main_users()))


def main() -> None:
    """Introduce every main user who has not been."""
    parser = argparse.ArgumentParser(prog="simulator.town.morning")
    parser.add_argument("--url", required=True, help="the workspace's address")
    asyncio.run(_all(parser.parse_args().url.rstrip("/")))


if __name__ == "__main__":
    main()
