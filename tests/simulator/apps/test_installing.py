"""Apps that install themselves by OAuth, as their frameworks do it, walked through by a browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from yarl import URL

from simulator.oauth.consent import Credentials
from simulator.running import Simulator, running
from tests.simulator.apps.processes import KINDS, MANIFEST, SECRET, listening, started
from tests.support.bus import free_port

HERE = Path(__file__).parent
OWN = Credentials("700.800", "shed-client-secret")
# What each framework's own page says.
REFUSED = {
    "python-asyncio": "access_denied",
    "python-threads": "access_denied",
    "javascript": "slack_oauth_installer_authorization_error",
}
LINK = re.compile(r'href="(http[^"]*/oauth/v2/authorize[^"]*)"')


@asynccontextmanager
async def distributed(kind: str, place: Path) -> AsyncIterator[tuple[Simulator, str]]:
    """A Slack of two workspaces, and an app that is in neither; where the app is."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with running(
        HERE / "two.yaml",
        MANIFEST,
        request_url=f"{address}/slack/events",
        signing_secret=SECRET,
        credentials=OWN,
        redirect_urls=(f"{address}/slack/oauth_redirect",),
    ) as simulator:
        variables = {
            "SLACK_API_URL": simulator.api_url,
            "SLACK_AUTHORIZE_URL": f"{simulator.url}/oauth/v2/authorize",
            "SLACK_CLIENT_ID": OWN.client_id,
            "SLACK_CLIENT_SECRET": OWN.client_secret,
            "SLACK_SIGNING_SECRET": SECRET,
            "PORT": str(port),
            "STORE": str(place / "installations"),
        }
        async with started(kind, place / "app.log", "distributed", **variables) as process:
            await listening(port, process)
            yield simulator, address


async def install(address: str, who: str, answer: str = "allow") -> tuple[int, str]:
    """Go where *who*'s browser goes; the status and the text of the app's last page."""
    jar = CookieJar(unsafe=True, treat_as_secure_origin=URL(address))
    async with ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{address}/slack/install") as page:
            link = LINK.search(await page.text())
        assert link is not None
        asked = URL(unescape(link[1]), encoded=True)
        async with browser.get(asked) as consent:
            assert who in await consent.text()
        async with browser.post(asked, data={"who": who, "answer": answer}) as done:
            assert str(done.url).startswith(f"{address}/slack/oauth_redirect?")
            return done.status, await done.text()


@pytest.mark.parametrize("kind", KINDS)
async def test_an_app_installs_itself_in_two_workspaces_and_knows_them_apart(
    kind: str, tmp_path: Path
) -> None:
    async with distributed(kind, tmp_path) as (simulator, address):
        first = await install(address, "T0QUARRY:U0QUINN")
        second = await install(address, "T0ORCHARD:U0OLGA")
        told = []
        for user in ("U0QUINN", "U0OLGA"):
            answered = await simulator.act(user, "command", command="/shed", text="")
            assert answered["ok"] is True, answered
            told.append((await simulator.wait_for_message(user)).text)

    assert (first[0], second[0]) == (200, 200)
    assert told == ["The shed stands in Quarry", "The shed stands in Orchard"]


@pytest.mark.parametrize("kind", KINDS)
async def test_an_app_is_told_when_a_person_says_no(kind: str, tmp_path: Path) -> None:
    async with distributed(kind, tmp_path) as (simulator, address):
        _, page = await install(address, "T0QUARRY:U0QUINN", answer="cancel")

        assert simulator.slack.app.tokens.into(simulator.stage.workspace) is None

    assert REFUSED[kind] in page
