"""End a task that may forget that it was told to."""

import asyncio
from typing import Any

ONCE_MORE = 0.1


async def ended(task: "asyncio.Task[Any]") -> None:
    """
    Cancel *task*, again and again, and return once it is over.

    ``wait_for``, which nats-py sends and asks with, forgets in Python 3.11 that it was cancelled if what
    it waits for comes at that very moment. What the task raised is left in it.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=ONCE_MORE)
