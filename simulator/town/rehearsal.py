"""Plays a person's browser: opens a login link, picks the person at the provider, answers the question."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from aiohttp import ClientResponse, ClientSession, ClientTimeout, CookieJar
from yarl import URL

from simulator.town.inhabitants import Inhabitant, named

PATIENCE = ClientTimeout(total=20)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
ACTION = re.compile(r'<form method="post" action="([^"]+)"')
PERSON = re.compile(r'<button name="person" value="(\d+)">([^<]+)</button>')
HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


class LoginFailed(Exception):
    """A login ended elsewhere than at its end; the message is the heading of the page where it did."""


class Browser:
    """A browser with cookies of its own; *page* is what it shows, at *address*."""

    def __init__(self, session: ClientSession) -> None:
        self.session = session
        self.page = ""
        self.status = 0
        self.address = ""

    @property
    def heading(self) -> str:
        found = HEADING.search(self.page)
        return unescape(found[1]).strip() if found else ""

    async def open(self, address: str) -> None:
        """Go to *address*, and wherever it leads."""
        async with self.session.get(URL(address, encoded=True)) as response:
            await self._show(response)

    async def send(self, **form: str) -> None:
        """Press a button of the form that is shown."""
        hidden = {unescape(name): unescape(value) for name, value in HIDDEN.findall(self.page)}
        async with self.session.post(self.address, data=hidden | form) as response:
            await self._show(response)

    async def send_on(self) -> None:
        """Press the button of a form that leads elsewhere, as a page may do by itself."""
        found = ACTION.search(self.page)
        hidden = {unescape(name): unescape(value) for name, value in HIDDEN.findall(self.page)}
        address = urljoin(self.address, unescape(found[1])) if found else self.address
        async with self.session.post(address, data=hidden) as response:
            await self._show(response)

    async def pick(self, name: str) -> None:
        """Choose somebody at Suomi.fi e-Identification, and go back with the answer."""
        people = {unescape(found): number for number, found in PERSON.findall(self.page)}
        await self.send(person=people[name])
        await self.send_on()

    async def _show(self, response: ClientResponse) -> None:
        self.page = await response.text()
        self.status = response.status
        self.address = str(response.url)


def a_browser() -> ClientSession:
    """A session that behaves as a fresh browser; close it when done."""
    # The town lives on an IP address, for which aiohttp keeps no cookies unless told so.
    # And browsers follow an address as it is written.
    return ClientSession(timeout=PATIENCE, cookie_jar=CookieJar(unsafe=True), requote_redirect_url=False)


async def log_in(link_url: str, person: Inhabitant | str) -> None:
    """
    Log in as *person* through a link from chat, and say that the chat account is theirs.

    Raises:
        LoginFailed: it did not end well.
    """
    someone = named(person) if isinstance(person, str) else person
    async with a_browser() as session:
        browser = Browser(session)
        await browser.open(link_url)
        if "/oauth2/authorize" in browser.address:
            await browser.send(sub=someone.name)
        elif urlsplit(browser.address).path == "/sso":
            await browser.pick(someone.name)
        if "/confirm/" in browser.address and browser.status == 200:
            await browser.send(answer="yes")
        if "/done/" not in browser.address or browser.status != 200:
            raise LoginFailed(browser.heading or str(browser.status))
