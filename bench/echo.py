"""The limit: a bare nats-py subscription that sends back what it got. Run as a process of its own."""

import asyncio
import sys

import nats
from nats.aio.msg import Msg

SUBJECT = "echo"


async def main(url: str) -> None:
    client = await nats.connect(url)

    async def answer(msg: Msg) -> None:
        await client.publish(msg.reply, msg.data)

    await client.subscribe(SUBJECT, cb=answer)
    await client.flush()
    sys.stdout.write('"ready"\n')
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
