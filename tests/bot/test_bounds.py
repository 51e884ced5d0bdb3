"""A workspace is used for its own organisations: of others nothing is shown, asked or sent in it."""

import pytest

from bot.bounds import Bounded
from bot.people import People
from shared.contracts.identity import ChatAccount, GetAffiliations, WorkspaceNotBound
from shared.contracts.roles import GetCoverage, GetMyGrants, GrantOffered
from tests.bot.conftest import Scene, said
from tests.bot.makers import TEAM, a_grant, an_organisation
from tests.bot.town import Town

MAIJA = ChatAccount(team=TEAM, user="U0MAIJA")


async def test_of_an_organisation_of_elsewhere_nothing_comes_back() -> None:
    town = Town()
    elsewhere = an_organisation("Elsewhere")
    town.organisations[elsewhere.id] = elsewhere
    town.main_users.add((elsewhere.id, town.maija.id))
    town.bound[TEAM] = {town.clinic.id}
    mine = a_grant(elsewhere, town.maija, town.olle)
    town.grants[mine.id] = mine
    bounded = Bounded(town)
    actor = People(bounded).acting(MAIJA)

    affiliations = await bounded.call(GetAffiliations(), on_behalf=actor)
    grants = await bounded.call(GetMyGrants(), on_behalf=actor)
    with pytest.raises(WorkspaceNotBound):
        await bounded.call(GetCoverage(organisation=elsewhere.id), on_behalf=actor)
    claimable = await bounded.claimable(actor)

    assert [one.organisation.id for one in affiliations.affiliations] == [town.clinic.id]
    assert grants.grants == ()
    assert [one.id for one in claimable] == [elsewhere.id]
    assert not [each for each in town.asked if isinstance(each, GetCoverage)]


async def test_what_may_be_claimed_is_asked_once_more_if_the_kept_token_counts_no_more() -> None:
    town = Town()
    town.bound[TEAM] = set()
    bounded = Bounded(town)
    actor = People(bounded).acting(MAIJA)
    await bounded.claimable(actor)
    town.void_tokens = True

    assert [one.id for one in await bounded.claimable(actor)] == [town.clinic.id]
    assert not town.void_tokens


async def test_a_main_user_takes_the_workspace_into_use_on_the_home_tab(scene: Scene) -> None:
    scene.town.bound[TEAM] = set()
    await scene.slack.act("U0MAIJA", "home")
    before = await scene.slack.wait_for_home("U0MAIJA", lambda home: "workspace.claim" in str(home))
    block = next(
        block
        for block in before["blocks"]
        if (block.get("accessory") or {}).get("action_id") == "workspace.claim"
    )
    await scene.slack.act(
        "U0MAIJA",
        "press",
        container={"type": "home"},
        block_id=block["block_id"],
        action_id="workspace.claim",
        state={},
    )
    after = await scene.slack.wait_for_home("U0MAIJA", lambda home: "workspace.claim" not in str(home))

    assert "offer" in str(after) or "grant.begin" in str(after)
    assert "grant.begin" not in str(before)
    assert scene.town.bound[TEAM] == {scene.town.clinic.id}


async def test_nothing_is_offered_in_a_workspace_of_another_organisation(scene: Scene) -> None:
    scene.town.bound[TEAM] = set()
    grant = a_grant(scene.town.clinic, scene.town.olle, scene.town.maija)
    scene.town.grants[grant.id] = grant
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    before = "".join(said(each) for each in scene.slack.messages("U0OLLE"))
    scene.town.bound[TEAM] = {scene.town.clinic.id}
    scene.bot.kit.bus.forget(TEAM)
    other = a_grant(scene.town.clinic, scene.town.olle, scene.town.maija)
    scene.town.grants[other.id] = other
    await scene.bot.hearing.hear(GrantOffered(grant=other))
    shown = await scene.card("U0OLLE", str(other.id))

    assert scene.town.clinic.name not in before
    assert "accept" not in before
    assert str(grant.id) not in "".join(said(each) for each in scene.slack.messages("U0OLLE"))
    assert str(other.id) in said(shown)
