"""How the app comes into a workspace and goes again, over the pages and methods that a real app uses."""

import re
from html import unescape
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from simulator.oauth.page import LANGUAGES, WORDS
from simulator.running import Simulator, running
from tests.simulator.conftest import HERE, MANIFEST, bot_client
from tests.simulator.installing import BACK, OWN, SCOPES, allowed, exchanged, slack, visit

__all__ = ["slack"]


async def test_a_person_lets_the_app_in_and_the_app_gets_a_token(slack: Simulator) -> None:
    code = await allowed(slack, "T0PIER:U0ELLA")
    installed = await exchanged(slack, code)
    client = bot_client(slack, installed["access_token"])
    me = await client.auth_test()
    said = await client.chat_postMessage(channel="U0ELLA", text="Hello")
    with pytest.raises(SlackApiError) as missing:
        await client.conversations_info(channel=said["channel"])

    assert installed["team"] == {"id": "T0PIER", "name": "Pier"}
    assert (installed["scope"], installed["token_type"]) == (SCOPES, "bot")
    assert installed["authed_user"] == {"id": "U0ELLA"}
    assert (installed["enterprise"], installed["is_enterprise_install"]) == (None, False)
    assert (me["team_id"], me["user_id"]) == ("T0PIER", installed["bot_user_id"])
    assert missing.value.response["error"] == "missing_scope"
    assert "refresh_token" not in installed


async def test_a_person_who_says_no_is_led_back_without_a_code(slack: Simulator) -> None:
    status, location, *_ = await visit(slack, "POST", {"answer": "cancel"})

    assert status == 302
    assert location == f"{BACK}?error=access_denied&state=s"


async def test_the_page_asks_in_three_languages_and_loads_nothing_from_elsewhere(slack: Simulator) -> None:
    for language in LANGUAGES:
        status, _, page, policy = await visit(slack, lang=language)
        words = WORDS[language]

        assert status == 200
        assert f'<html lang="{language}">' in page
        assert words["allow"] in unescape(page)
        assert not re.search(r'(src|href)="(?!/)', page)
        assert "script" not in page
        assert policy.startswith("default-src 'none'")
        assert "form-action 'self' http://127.0.0.1:9;" in policy


def test_every_sentence_of_the_page_is_there_in_every_language() -> None:
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["en"])}
    assert set(WORDS) == set(LANGUAGES)


async def test_guests_and_those_who_left_cannot_let_the_app_in() -> None:
    async with running(HERE / "seed.yaml", MANIFEST, credentials=OWN, redirect_urls=(BACK,)) as slack:
        _, _, page, _ = await visit(slack)
        guest = await visit(slack, "POST", {"answer": "allow", "who": "T0HARBOUR:U0GUEST"})

    assert "U0AINO" in page
    assert not [name for name in ("U0GUEST", "U0OTHER", "U0GONE") if name in page]
    assert guest[0] == 200


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"client_id": "3.4"}, "invalid_client_id"),
        ({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://127.0.0.1:90/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://evil.example/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": BACK + "/../steal"}, "bad_redirect_uri"),
        ({"redirect_uri": BACK + "ed"}, "bad_redirect_uri"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
async def test_what_cannot_be_asked_for_leads_nowhere(
    slack: Simulator, change: dict[str, str], word: str
) -> None:
    status, location, page, _ = await visit(slack, **change)
    posted = await visit(slack, "POST", {"answer": "allow", "who": "T0PIER:U0ELLA"}, **change)

    assert (status, location) == (400, "")
    assert word in page
    assert (posted[0], posted[1]) == (400, "")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"client_id": "3.4"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"code": "guess"}, "invalid_code"),
        ({"redirect_uri": "http://127.0.0.1:9/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
    ],
)
async def test_an_exchange_that_is_not_right_is_refused(
    slack: Simulator, change: dict[str, Any], word: str
) -> None:
    code = await allowed(slack, "T0PIER:U0ELLA")
    with pytest.raises(SlackApiError) as refused:
        await exchanged(slack, **({"code": code} | change))

    assert refused.value.response["error"] == word


async def test_a_code_is_good_once_and_for_ten_minutes(slack: Simulator) -> None:
    first, second = [await allowed(slack, "T0PIER:U0ELLA") for _ in range(2)]
    await exchanged(slack, first)
    with pytest.raises(SlackApiError) as again:
        await exchanged(slack, first)
    await slack.advance(601)
    with pytest.raises(SlackApiError) as late:
        await exchanged(slack, second)

    assert again.value.response["error"] == "invalid_code"
    assert late.value.response["error"] == "invalid_code"


async def test_the_id_and_the_secret_may_come_in_the_body(slack: Simulator) -> None:
    form = {
        "client_id": "1.2",
        "client_secret": "secret",
        "code": await allowed(slack, "T0PIER:U0ELLA"),
        "redirect_uri": BACK,
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/api/oauth.v2.access", data=form) as answer,
    ):
        installed = await answer.json()

    assert installed["ok"] is True
