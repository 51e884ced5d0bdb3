"""Somebody asks Suomi.fi for whom they act, and the operator sees what it said."""

import json

from simulator.town.inhabitants import inhabitants
from tests.journeys.suomifi import ask_suomifi
from tests.support.stack import Stack


async def test_from_a_button_in_chat_to_suomifi_and_to_the_operators_list(stack: Stack) -> None:
    iida = await stack.person("Iida")
    told = await ask_suomifi(iida, chosen=2)

    assert "Mallapteekki" in told
    assert "hyvinvointialue" in told

    status, out, err = await stack.ekstranet("identity", "mandates", "--person", "Iida Reseptilä", "--json")
    assert status == 0, err
    assert {one["business_id"]: one["rights"] for one in json.loads(out)} == {
        "9100007-2": ["act_for"],
        "9100001-3": ["reader"],
    }
    status, out, _ = await stack.ekstranet("identity", "mandates", "--person", "Iida Reseptilä")
    assert status == 0
    assert "proved" in out
    status, out, _ = await stack.ekstranet("identity", "mandates", "--person", "Liam Stubbs")
    assert (status, "has vouched for nothing" in out) == (0, True)
    # Roles hears each fact of identity, also those that it only counts.
    status, out, _ = await stack.ekstranet("doctor", "--json")
    assert status == 0, out

    written = "".join(stack.log(name) for name in ("identity", "roles", "bot", "simulator"))
    assert not [one.personal_code for one in inhabitants() if one.personal_code in written]
