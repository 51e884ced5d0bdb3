"""The asking process of ``access``: bare requests to the echo, or checks through the real client."""

import asyncio
import gc
import sys
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import nats

from bench.echo import SUBJECT
from bench.town import Town
from bench.workers import drive, take_orders
from shared.contracts.roles import CheckAccess
from shared.contracts.roles.views import GATES
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import connected

ACTIONS = ("billing.edit", "billing.read", "systems.edit", "customer.read", "archive.edit", "material.read")


async def main(echo_url: str, url: str, key_folder: Path, grants: int) -> None:
    places = Town(grants).places()
    dice = Random(3)  # which one is asked about is no secret
    echo = await nats.connect(echo_url)

    def question() -> CheckAccess:
        organisation, person, _, _ = places[int(dice.random() * grants)]
        return CheckAccess(
            organisation=organisation, person=person, action=ACTIONS[int(dice.random() * len(ACTIONS))]
        )

    # As every program of ours does when it has started.
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    payload = question().model_dump_json().encode()

    async with connected(Account.CONTACTS, url=url, key_folder=key_folder) as connection:
        bus = Bus(connection)

        async def ask_echo() -> None:
            await echo.request(SUBJECT, payload, timeout=5)

        async def ask_access() -> None:
            answer = await bus.call(question())
            if len(answer.rungs) != len(GATES):
                raise ValueError("not the full ladder")

        async def carry_out(order: dict[str, Any]) -> Any:
            ask = ask_echo if order["what"] == "echo" else ask_access
            return asdict(await drive(ask, in_flight=order["in_flight"], seconds=order["seconds"]))

        await take_orders(carry_out)
    await echo.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
