"""Who may speak to the simulator: this machine's own pages and programs, no other web page."""

import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

SESSION_HEADER = "X-Simulator-Session"
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"


def guarded(own_url: Callable[[], str], session: str) -> Middleware:
    """Make the middleware that refuses foreign hosts, foreign origins and acts without the session.

    A foreign Host is a rebound name, and a foreign Origin some other page in the same browser: either could
    otherwise act as anybody in the workspace.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        port = urlsplit(own_url()).port
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = request.headers.get("Origin")
        # Python's SDK leaves the port out when its threads open a websocket; the name alone is what protects.
        if request.headers.get("Host") not in hosts | {"127.0.0.1", "localhost"}:
            raise web.HTTPForbidden(text="This workspace answers only to its own address.\n")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            raise web.HTTPForbidden(text="This workspace answers only to its own page.\n")
        if request.path.startswith("/sim/") and request.method not in ("GET", "HEAD"):
            given = request.headers.get(SESSION_HEADER, "")
            if not hmac.compare_digest(given.encode(), session.encode()):
                raise web.HTTPForbidden(text="The page is from an earlier start. Please reload it.\n")
        return await handler(request)

    return guard


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Send every answer with the headers that keep a page to itself."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cache-Control", "no-store")
