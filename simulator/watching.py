"""How a page looks on: one websocket for each person who is shown."""

import asyncio

from aiohttp import web

from simulator.feed import Feed

# A browser opens six streams to one address and not a seventh; websockets it opens by the hundred, so
# that many people can be looked at from many tabs.
_HEARTBEAT_SECONDS = 15.0


async def watch(feed: Feed, request: web.Request) -> web.WebSocketResponse:
    """Tell the page what concerns its person until it goes away, or until all is over."""
    ws = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS)
    await ws.prepare(request)
    with feed.subscribed(request.query.get("user", "")) as news:
        telling = asyncio.create_task(_tell(ws, news))
        try:
            async for _ in ws:
                pass
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
    return ws


async def _tell(ws: web.WebSocketResponse, news: "asyncio.Queue[dict[str, object] | None]") -> None:
    while (item := await news.get()) is not None:
        await ws.send_json(item)
    await ws.close()
