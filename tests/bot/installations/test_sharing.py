"""Two workspaces and a room that both read: what is whose stays where it belongs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.calling import within
from bot.sender import Said, SlackSaysNo
from shared.contracts.identity import ChatAccount
from shared.contracts.roles import GrantOffered
from tests.bot.conftest import said
from tests.bot.installations.scene import Scene, staged
from tests.bot.makers import TEAM, a_grant, a_person, an_organisation


@pytest.fixture
async def scene(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """Both workspaces, each with the bot in it, its own organisation and its own Maija."""
    async with staged(sqlite_url, tmp_path) as scene:
        async with scene.browser() as here, scene.browser() as there:
            await here.install(f"{TEAM}:U0MAIJA")
            await there.install("T0OTHER:W0MAIJA")
        yield scene


async def test_a_grant_in_one_workspace_is_invisible_in_the_other(scene: Scene) -> None:
    town = scene.town
    pharmacy = an_organisation("Apteekki Toinen")
    town.organisations[pharmacy.id] = pharmacy
    other = a_person(town.maija.name, "W0MAIJA", "fi").model_copy(
        update={"chat": ChatAccount(team="T0OTHER", user="W0MAIJA")}
    )
    town.people[other.id] = other
    town.bound |= {TEAM: {town.clinic.id}, "T0OTHER": {pharmacy.id}}
    here = a_grant(town.clinic, town.maija, town.olle)
    there = a_grant(pharmacy, other, town.olle)
    astray = a_grant(pharmacy, town.maija, town.olle)
    for grant in (here, there, astray):
        town.grants[grant.id] = grant
        await scene.bot.hearing.hear(GrantOffered(grant=grant))
    await scene.slack.wait_for_message("U0MAIJA", lambda message: str(here.id) in said(message))
    await scene.slack.wait_for_message("W0MAIJA", lambda message: str(there.id) in said(message))
    for user in ("U0MAIJA", "W0MAIJA"):
        await scene.slack.act(user, "home")
    my_home = await scene.slack.wait_for_home("U0MAIJA", lambda home: str(here.id) in str(home))
    their_home = await scene.slack.wait_for_home("W0MAIJA", lambda home: str(there.id) in str(home))
    mine = str(my_home) + "".join(said(each) for each in scene.slack.messages("U0MAIJA"))
    theirs = str(their_home) + "".join(said(each) for each in scene.slack.messages("W0MAIJA"))

    assert [name for name in (str(there.id), str(astray.id), pharmacy.name) if name in mine] == []
    assert [name for name in (str(here.id), town.clinic.name) if name in theirs] == []


async def test_nothing_is_said_where_another_organisation_reads(scene: Scene) -> None:
    sender = scene.bot.kit.sender
    with within(TEAM):
        with pytest.raises(SlackSaysNo, match="ext_shared_channel"):
            await sender.post("C0SHARED", Said("Who holds what"))
        await sender.post("C0OWN", Said("Among ourselves"))

    assert scene.slack.messages("C0SHARED") == []
    assert [each.text for each in scene.slack.messages("C0OWN")] == ["Among ourselves"]


@pytest.mark.parametrize("user", ["U0MAIJA", "W0MAIJA"])
async def test_who_asks_in_a_shared_room_reads_one_sentence_that_nobody_else_sees(
    scene: Scene, user: str
) -> None:
    bot = scene.slack.stage.bot
    await scene.slack.act(user, "say", channel="C0SHARED", text=f"<@{bot}> who holds what?")
    answer = await scene.slack.wait_for_message("C0SHARED", lambda message: message.ephemeral)
    await scene.slack.settled()
    others = [each for each in scene.slack.messages("C0SHARED") if each.bot_id]

    assert answer.only_for == user
    assert "your own workspace" in answer.text
    assert others == [answer]
