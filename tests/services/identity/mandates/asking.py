"""Identity with its login pages open and Suomi.fi beside it, for whoever wants to ask it."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from services.identity import keys
from services.identity.mandates.signed import Seal
from services.identity.mandates.step import Step
from services.identity.mandates.table import rights_table
from services.identity.mandates.visits import visiting
from services.identity.pages import Pages, serving
from services.identity.provider import reaching
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount, IdentificationLink, ListMandates, MandateView
from simulator.suomifi.app import StandIn, running
from simulator.suomifi.census import read_census
from simulator.town.inhabitants import named
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import BOT, Town
from tests.services.identity.mandates.conftest import TOWN, credentials

MakeSeal = Callable[[StandIn], Seal]
ACTION = re.compile(r'<form method="post" action="([^"]+)"')


@dataclass(slots=True)
class Asking:
    """The town, its login pages, and Suomi.fi."""

    town: Town
    suomifi: StandIn
    step: Step

    async def log_in(self, browser: Browser, name: str, language: Language = "en") -> None:
        """Log in as somebody and say that the account is theirs, up to the page where it ends."""
        await browser.open((await self.begin(name, language)).url)
        await browser.send(sub=named(name).name)
        if "/confirm/" in browser.address:
            await browser.send(answer="yes")

    async def begin(self, name: str, language: Language = "fi") -> IdentificationLink:
        """The link that somebody is given in chat."""
        who = named(name)
        return await self.town.begin(ChatAccount(team=who.team, user=who.user), language=language)

    async def press(self, browser: Browser, **form: str) -> None:
        """Press the button of the form that is shown, where the form says."""
        found = ACTION.search(browser.page)
        if found is not None:
            browser.address = self.town.settings.login_url + unescape(found[1])
        await browser.send(**form)

    async def ask(self, browser: Browser, *chosen: str) -> None:
        """Go to Suomi.fi and choose the organisations with these numbers in the list."""
        await self.press(browser)
        if "/oauth/authorize" in browser.address:
            async with browser.session.post(
                browser.address, data=[("answer", "continue"), *(("chosen", one) for one in chosen)]
            ) as response:
                await browser._show(response)

    async def mandates(self, name: str) -> dict[str, MandateView]:
        wish = ListMandates(person=(await self.town.person(named(name).name)).id)
        found = await self.town.database.read(lambda rows: self.town.handlers.list_mandates(rows, wish, BOT))
        return {one.business_id: one for one in found.mandates}

    def steps(self) -> list[str]:
        """What Suomi.fi was asked, in order, without what the browser did there."""
        return [one.step for one in self.suomifi.journal.entries if one.step != "authorize"]


@asynccontextmanager
async def asking(town: Town, seal: MakeSeal | None = None) -> AsyncIterator[Asking]:
    """The town with the step switched on; *seal* makes what answers must be signed with."""
    callback = f"{town.settings.login_url}/mandates/callback"
    async with AsyncExitStack() as stack:
        stand_in = StandIn(read_census(TOWN).returning_to(callback))
        suomifi = await stack.enter_async_context(running(stand_in))
        us = credentials(suomifi, callback=callback)
        way = visiting(us, patience=2, seal=seal(suomifi) if seal else None)
        visits = await stack.enter_async_context(way)
        step = Step(
            database=town.database,
            visits=visits,
            table=rights_table(),
            lifetime=timedelta(hours=24),
            now=town.clock,
        )
        provider = await stack.enter_async_context(reaching(town.settings, town.clock))
        pages = Pages(
            database=town.database,
            provider=provider,
            codes=keys.codes(town.settings.key_folder),
            https=False,
            step=step,
            now=town.clock,
        )
        await stack.enter_async_context(serving(pages, host="127.0.0.1", port=town.settings.identity_port))
        yield Asking(town, suomifi, step)
