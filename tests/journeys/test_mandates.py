"""Somebody asks Suomi.fi for whom they act, and the operator sees what it said."""

import json
import re

from simulator.town.inhabitants import inhabitants
from simulator.town.morning import BEGIN, elements
from simulator.town.rehearsal import Browser, a_browser
from tests.support.stack import Stack, seen

ACTION = re.compile(r'<form method="post" action="([^"]+)"')


async def test_from_a_button_in_chat_to_suomifi_and_to_the_operators_list(stack: Stack) -> None:
    iida = await stack.person("Iida")
    home = await iida.home(BEGIN)
    press = next(one for one in elements(home["blocks"]) if one.get("action_id") == BEGIN)
    await iida.chatter.act(
        "press", container={"type": "home"}, block_id=press["block_id"], action_id=BEGIN, state={}
    )
    link = await seen(iida.chatter.link, "a login link")
    async with a_browser() as session:
        browser = Browser(session)
        await browser.open(link)
        await browser.send(sub="Iida Reseptilä")
        await browser.send(answer="yes")
        found = ACTION.search(browser.page)
        assert found is not None
        browser.address = link.partition("/identify/")[0] + found[1]
        await browser.send()
        assert "/oauth/authorize" in browser.address
        async with session.post(
            browser.address, data=[("answer", "continue"), ("chosen", "0"), ("chosen", "1")]
        ) as response:
            told = await response.text()

    assert response.status == 200
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
