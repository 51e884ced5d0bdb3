"""Somebody identifies from chat, and asks Suomi.fi for whom they act."""

import re

from simulator.town.morning import BEGIN, elements
from simulator.town.rehearsal import Browser, a_browser
from tests.support.stack import Person, seen

AGAIN = "identify.again"
ACTION = re.compile(r'<form method="post" action="([^"]+)"')


async def ask_suomifi(person: Person, *, chosen: int, first_time: bool = True) -> str:
    """
    Press the button, log in, and let Suomi.fi answer for the first *chosen* organisations.

    The button is on Home for somebody who comes for the *first_time*, and else with their organisations.

    Gives the page that tells what was said.
    """
    if first_time:
        home = await person.home(BEGIN)
        press = next(one for one in elements(home["blocks"]) if one.get("action_id") == BEGIN)
        await person.chatter.act(
            "press", container={"type": "home"}, block_id=press["block_id"], action_id=BEGIN, state={}
        )
    else:
        await person.command("organisations")
        await person.press(await person.message(AGAIN), AGAIN)
    link = await seen(person.chatter.link, "a login link")
    async with a_browser() as session:
        browser = Browser(session)
        await browser.open(link)
        await browser.send(sub=person.who.name)
        if first_time:
            await browser.send(answer="yes")
        found = ACTION.search(browser.page)
        assert found is not None
        browser.address = link.partition("/identify/")[0] + found[1]
        await browser.send()
        assert "/oauth/authorize" in browser.address
        answer = [("answer", "continue"), *(("chosen", str(number)) for number in range(chosen))]
        async with session.post(browser.address, data=answer) as response:
            assert response.status == 200
            return await response.text()
