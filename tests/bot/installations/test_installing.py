"""The bot comes into workspaces over real pages, and out again; nobody comes in for somebody else."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import create_engine, text

from bot.manifest import scopes
from bot.sender import Said, SlackSaysNo
from shared.contracts.identity import ChatAccount
from tests.bot.installations.scene import HERE, THERE, Scene, staged
from tests.bot.makers import TEAM

MAIJA, OTHER_MAIJA = ChatAccount(team=TEAM, user="U0MAIJA"), ChatAccount(team="T0OTHER", user="W0MAIJA")


@pytest.fixture
async def scene(database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    async with staged(database_url, tmp_path) as scene:
        yield scene


async def test_the_bot_is_installed_in_two_workspaces_and_speaks_in_each(scene: Scene) -> None:
    sender = scene.bot.kit.sender
    async with scene.browser() as here, scene.browser() as there:
        await here.install(f"{TEAM}:U0MAIJA")
        done = unescape(here.page)
        await there.install("T0OTHER:W0MAIJA")
    await sender.post(MAIJA, Said("Here"))
    await sender.post(OTHER_MAIJA, Said("There"))
    with pytest.raises(SlackSaysNo):
        await sender.post(ChatAccount(team=TEAM, user="W0MAIJA"), Said("Not for you"))

    assert "Kanta Ekstranet is now in Town" in done
    assert [each.text for each in scene.slack.messages("U0MAIJA")] == ["Here"]
    assert [each.text for each in scene.slack.messages("W0MAIJA")] == ["There"]


async def test_people_are_answered_in_the_workspace_that_they_write_in(scene: Scene) -> None:
    async with scene.browser() as here, scene.browser() as there:
        await here.install(f"{TEAM}:U0MAIJA")
        await there.install("T0OTHER:W0MAIJA")
    for user in ("U0MAIJA", "W0MAIJA"):
        await scene.slack.act(user, "home")
        await scene.slack.act(user, "command", command="/kanta", text="help")
        home = await scene.slack.wait_for_home(user)
        await scene.slack.wait_for_message(user, lambda message: message.ephemeral)

        assert home["team_id"] == scene.slack.of(user).team_id


async def test_tokens_are_nowhere_to_be_read_in_the_database(scene: Scene) -> None:
    async with scene.browser() as browser:
        await browser.install(f"{TEAM}:U0MAIJA")
    engine = create_engine(scene.database)
    with engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM installations")).all())
        left = connection.execute(text("SELECT count(*) FROM installing")).scalar_one()
    engine.dispose()
    token = scene.slack.stage.token

    assert token is not None
    assert token.value.startswith("xoxb-simulator-")
    assert TEAM in rows
    assert token.value not in rows
    assert "simulator" not in rows
    assert left == 0


async def test_a_browser_that_did_not_begin_cannot_finish(scene: Scene) -> None:
    """Somebody sends on the address that Slack led them back to: their workspace would look like ours."""
    async with scene.browser() as thief, scene.browser() as victim:
        await thief.to_slack()
        back = await thief.allow("T0OTHER:W0MAIJA", follow=False)
        await victim.open(back)
        stolen = (victim.status, unescape(victim.page))
        await thief.open(back)

    assert stolen[0] == 403
    assert "did not begin in this browser" in stolen[1]
    assert thief.status == 410
    assert await scene.bot.presence.installations.find("T0OTHER") is None


async def test_the_address_back_works_once(scene: Scene) -> None:
    async with scene.browser() as browser:
        await browser.to_slack()
        back = await browser.allow(f"{TEAM}:U0MAIJA", follow=False)
        await browser.open(back)
        first = browser.status
        await browser.open(back)

    assert (first, browser.status) == (200, 410)


@pytest.mark.parametrize("state", ["", "guess"])
async def test_a_state_that_was_not_given_out_leads_nowhere(scene: Scene, state: str) -> None:
    async with scene.browser() as browser:
        await browser.to_slack()
        back = urlsplit(await browser.allow(f"{TEAM}:U0MAIJA", follow=False))
        code = parse_qs(back.query)["code"][0]
        await browser.open(f"{browser.bot}{back.path}?code={code}&state={state}")

    assert browser.status == 410


async def test_a_code_that_slack_does_not_know_installs_nothing(scene: Scene) -> None:
    async with scene.browser() as browser:
        await browser.to_slack()
        back = urlsplit(await browser.allow(f"{TEAM}:U0MAIJA", follow=False))
        state = parse_qs(back.query)["state"][0]
        await browser.open(f"{browser.bot}{back.path}?code=1.2.abc&state={state}")

    assert browser.status == 400
    assert "Slack did not let the app in" in unescape(browser.page)


async def test_a_person_who_says_no_is_told_that_nothing_changed(scene: Scene) -> None:
    async with scene.browser() as browser:
        await browser.to_slack("sv")
        await browser.cancel()

    assert browser.status == 200
    assert "Du tillät det inte" in unescape(browser.page)


async def test_the_page_says_what_for_each_scope_is_in_three_languages(scene: Scene) -> None:
    async with scene.browser() as browser:
        pages = {}
        for language in ("fi", "sv", "en"):
            await browser.open(f"{browser.bot}/slack/install?lang={language}")
            pages[language] = unescape(browser.page)
        async with browser.session.get(f"{browser.bot}/slack/install") as answer:
            policy = answer.headers["Content-Security-Policy"]

    for language, page in pages.items():
        assert f'<html lang="{language}">' in page
        assert [scope for scope in scopes() if f"<code>{scope}</code>" not in page] == []
        assert not re.search(r'(src|href)="(?!/)', page)
        assert "<script" not in page
    assert "Lisää Slackiin" in pages["fi"]
    assert policy.startswith("default-src 'none'")


async def test_the_mark_of_a_browser_is_for_the_server_alone(scene: Scene) -> None:
    async with (
        scene.browser() as browser,
        browser.session.get(f"{browser.bot}/slack/install/go", allow_redirects=False) as answer,
    ):
        cookie = answer.headers["Set-Cookie"]
        location = answer.headers["Location"]

    secret = cookie.partition("=")[2].partition(";")[0].partition(".")[2]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert secret not in location


async def test_who_throws_the_bot_out_is_written_to_no_more(scene: Scene) -> None:
    async with scene.browser() as here, scene.browser() as there:
        await here.install(f"{TEAM}:U0MAIJA")
        await there.install("T0OTHER:W0MAIJA")
    await scene.slack.act("W0MAIJA", "uninstall")
    await scene.out_of("T0OTHER")
    with pytest.raises(SlackSaysNo, match="not_installed"):
        await scene.bot.kit.sender.post(OTHER_MAIJA, Said("Still there?"))
    await scene.bot.kit.sender.post(MAIJA, Said("Still here"))
    engine = create_engine(scene.database)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT place FROM installations")).scalars().all()
    engine.dispose()

    assert left == [TEAM]
    assert scene.slack.messages("W0MAIJA") == []


async def acknowledged(**_: object) -> None:
    """Take the acknowledgement, as Slack would."""


async def test_an_old_word_of_leaving_does_not_end_a_new_installation(scene: Scene) -> None:
    """Slack tells again what was not taken, minutes later; the bot may have been let in anew by then."""
    async with scene.browser() as browser:
        await browser.install("T0OTHER:W0MAIJA")
        stage = scene.slack.of("W0MAIJA")
        old = stage.payloads.event({"type": "app_uninstalled"}, team="T0OTHER", ext_shared=False)
        old["event_time"] -= 300
    await scene.bot.turns.event(acknowledged, old)
    await scene.bot.kit.sender.post(OTHER_MAIJA, Said("Still there"))

    assert [each.text for each in scene.slack.messages("W0MAIJA")] == ["Still there"]


def test_the_workspaces_of_this_test_are_not_installed_by_themselves() -> None:
    assert (HERE.installed, THERE.installed) == (False, False)
