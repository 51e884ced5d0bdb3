"""A pharmacist takes the role of a main user up, and a vendor's worker acts within a mandate."""

import json

import pytest

from simulator.town.morning import elements
from tests.journeys.offering import offer
from tests.journeys.suomifi import ask_suomifi
from tests.support.stack import Stack, seen

# They share a stack: each has people of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def stack(shared: Stack) -> Stack:
    return shared


PHARMACY, COUNTY = "9100007-2", "9100001-3"


async def main_users(stack: Stack) -> list[tuple[str, str]]:
    """Who the pharmacy's are, and on what ground."""
    asked = ("organisations", "main-users", "--organisation", PHARMACY, "--json")
    status, out, err = await stack.ekstranet(*asked)
    assert status == 0, err
    return [(one["person"], one["ground"]) for one in json.loads(out)[0]["main_users"]]


async def may(stack: Stack, person: str, organisation: str, action: str) -> bool:
    asked = ("--person", person, "--organisation", organisation, "--action", action, "--json")
    status, out, err = await stack.ekstranet("access", "check", *asked)
    assert status == 0, err
    allowed: bool = json.loads(out)["allowed"]
    return allowed


async def test_a_pharmacist_takes_the_role_of_a_main_user_up_by_suomifis_word_and_grants_roles(
    stack: Stack,
) -> None:
    removing = (
        *("organisations", "remove-main-user", "--organisation", PHARMACY, "--person", "Heikki Rohtonen"),
        *("--reason", "Named by mistake", "--evidence", "example 1/2026"),
    )
    status, _, err = await stack.ekstranet(*removing)
    assert status == 1
    assert "roles.last_main_user" in err
    status, _, err = await stack.ekstranet(*removing, "--force")
    assert status == 0, err
    status, out, _ = await stack.ekstranet("organisations", "main-users", "--without")
    assert status == 0
    assert "Mallapteekki" in out
    assert "Suomi.fi" in out
    status, out, _ = await stack.ekstranet("doctor", "--json")
    assert (status, "main_users.missing" in out) == (1, True)

    heikki = await stack.person("Heikki")
    page = await ask_suomifi(heikki, chosen=1, first_time=False)
    assert "Mallapteekki" in page
    card = await heikki.message("Mallapteekki", "grant.accept")
    assert "Suomi.fi" in json.dumps(card, ensure_ascii=False)
    assert await main_users(stack) == []
    await heikki.press(card, "grant.accept")

    async def named() -> list[tuple[str, str]] | None:
        return await main_users(stack) or None

    assert [ground for _, ground in await seen(named, "a main user")] == ["signatory"]
    await heikki.home("Mallapteekki", "grant.begin")
    await offer(heikki, "Johan")
    johan = await stack.person("Johan")
    await johan.message("grant.accept")
    status, out, _ = await stack.ekstranet("doctor", "--json")
    assert status == 0, out


async def test_a_vendors_worker_acts_for_a_customer_within_the_mandate_and_no_further(stack: Stack) -> None:
    katri = await stack.person("Katri")
    await ask_suomifi(katri, chosen=3, first_time=False)
    card = await katri.message("hyvinvointialue", "grant.accept")
    assert not await may(stack, "Katri Koodila", COUNTY, "systems.edit")
    await katri.press(card, "grant.accept")

    async def allowed() -> bool | None:
        return await may(stack, "Katri Koodila", COUNTY, "systems.edit") or None

    assert await seen(allowed, "the right to edit systems")
    assert not await may(stack, "Katri Koodila", COUNTY, "billing.edit")


async def accepted_code(stack: Stack, person: str) -> str:
    """What the ladder of *person* says at the gate of acceptance."""
    asked = ("--person", person, "--organisation", COUNTY, "--action", "billing.edit", "--json")
    status, out, err = await stack.ekstranet("access", "check", *asked)
    assert status == 0, err
    return str(next(rung["code"] for rung in json.loads(out)["rungs"] if rung["gate"] == "accepted"))


async def test_a_main_user_of_the_first_file_accepts_on_the_home_tab(stack: Stack) -> None:
    aino = await stack.person("Aino")
    home = await aino.home("grant.accept", "grant.relinquish")
    assert "grant.decline" not in json.dumps(home)
    assert await accepted_code(stack, "U0AINO") == "named"

    button = next(one for one in elements(home["blocks"]) if one.get("action_id") == "grant.accept")
    await aino.chatter.act(
        "press",
        container={"type": "home"},
        block_id=button["block_id"],
        action_id="grant.accept",
        state={},
    )

    async def accepted() -> bool | None:
        return await accepted_code(stack, "U0AINO") == "accepted" or None

    assert await seen(accepted, "the acceptance")
    assert "grant.accept" not in json.dumps(await aino.home("✓"))
