"""An offer that the holder's workspace may not show waits, is hinted at, and comes when it is bound."""

import json

from tests.support.stack import Person, Stack, seen

COUNTY = "9100001-3"
OFFER = (
    *("--organisation", COUNTY, "--person", "U0DANIEL", "--until", "2030-01-31"),
    *("--reason", "Aino leaves", "--evidence", "KANTA-17"),
)


async def out_of_use(stack: Stack, somebody: Person, team: str) -> None:
    """Let the workspace be used for the county no more, and wait until the bot knows."""
    assert (await stack.ekstranet("workspaces", "unbind", team, COUNTY))[0] == 0

    async def asked() -> bool | None:
        await somebody.chatter.act("home")
        return "workspace.claim" in json.dumps((await somebody.chatter.state())["home"]) or None

    await seen(asked, "the question whether the workspace may be used")


async def test_the_card_comes_by_itself_and_nothing_leaks_before(stack: Stack) -> None:
    aino, daniel = await stack.person("Aino"), await stack.person("Daniel")
    [workspace] = json.loads((await stack.ekstranet("workspaces", "list", "--json"))[1])
    team = workspace["team"]
    county = next(one for one in workspace["organisations"] if one["business_id"] == COUNTY)["name"]
    await out_of_use(stack, aino, team)
    before = len(await daniel.messages())
    status, _, err = await stack.ekstranet("organisations", "name-main-user", *OFFER)
    assert status == 0, err
    assert f"ekstranet workspaces bind {team} {COUNTY}" in err
    await daniel.message("Something waits for you", after=before)
    hinted = json.dumps((await daniel.messages())[before:], ensure_ascii=False)
    home = json.dumps(await daniel.home("blocks"), ensure_ascii=False)
    assert (await stack.ekstranet("workspaces", "bind", team, COUNTY))[0] == 0
    card = await daniel.message("grant.accept", county, after=before)

    for shown in (hinted, home):
        assert county not in shown
        assert "grant.accept" not in shown
    assert "Main user" in json.dumps(card)
