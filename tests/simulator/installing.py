"""A person at the consent page, and an app that exchanges what it was given there."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.manifest import load_manifest
from simulator.oauth.consent import Credentials
from simulator.running import Simulator, running
from tests.simulator.conftest import FAST, MANIFEST
from tests.simulator.test_workspaces import TWO

OWN = Credentials("1.2", "secret")
BACK = "http://127.0.0.1:9/slack/oauth_redirect"
SCOPES = "chat:write,users:read"


@pytest.fixture
async def slack() -> AsyncIterator[Simulator]:
    async with running(TWO, MANIFEST, timing=FAST, credentials=OWN, redirect_urls=(BACK,)) as simulator:
        yield simulator


@pytest.fixture
async def rotating() -> AsyncIterator[Simulator]:
    manifest = load_manifest(MANIFEST)
    settings = manifest.settings.model_copy(
        update={"token_rotation_enabled": True, "org_deploy_enabled": True}
    )
    manifest = manifest.model_copy(update={"settings": settings})
    async with running(TWO, manifest, timing=FAST, credentials=OWN, redirect_urls=(BACK,)) as simulator:
        yield simulator


async def visit(
    slack: Simulator, method: str = "GET", form: object = None, **query: str
) -> tuple[int, str, str, str]:
    """Be at the consent page; where the answer leads, the page and the policy it came with."""
    asked = {"client_id": "1.2", "scope": SCOPES, "state": "s", "redirect_uri": BACK} | query
    async with (
        aiohttp.ClientSession() as browser,
        browser.request(
            method, f"{slack.url}/oauth/v2/authorize", params=asked, data=form, allow_redirects=False
        ) as answer,
    ):
        return (
            answer.status,
            answer.headers.get("Location", ""),
            await answer.text(),
            answer.headers["Content-Security-Policy"],
        )


async def allowed(slack: Simulator, who: str, **query: str) -> str:
    """Let *who* say yes; the code."""
    status, location, *_ = await visit(slack, "POST", {"answer": "allow", "who": who}, **query)
    assert status == 302
    assert parse_qs(urlsplit(location).query)["state"] == ["s"]
    return parse_qs(urlsplit(location).query)["code"][0]


async def exchanged(slack: Simulator, code: str, **change: Any) -> Any:
    given = {"client_id": "1.2", "client_secret": "secret", "code": code, "redirect_uri": BACK} | change
    return (await AsyncWebClient(base_url=f"{slack.url}/api/").oauth_v2_access(**given)).data
