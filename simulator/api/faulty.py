"""Calls that go wrong on purpose, before or after their effect."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator.api.documented import must_be_documented
from simulator.clock import Clock
from simulator.faults import Faults, Rule

Handle = Callable[[], Awaitable[web.Response]]

# Longer than any client waits.
NEVER = 3600.0
SLOW = 2.0
# From here on it is no refusal of Slack's, but a failure, and needs no word of its own.
SERVER_FAILED = 500


async def faulted(
    faults: Faults, clock: Clock, name: str, request: web.Request, handle: Handle
) -> web.Response:
    """Answer *request* by *handle*, unless a rule for *name* will have it otherwise."""
    rule = faults.pick("api", name)
    if rule is None:
        return await handle()
    answer = await handle() if rule.after else None
    match rule.kind:
        case "answer":
            return _answer(rule, name)
        case "malformed":
            return web.Response(text='{"ok": tru', content_type="application/json")
        case "slow":
            await clock.sleep(SLOW if rule.seconds is None else rule.seconds)
            if answer is not None or (request.transport is not None and not request.transport.is_closing()):
                return answer or await handle()
        case "timeout":
            await clock.sleep(NEVER if rule.seconds is None else rule.seconds)
    if request.transport is not None:
        request.transport.abort()
    # Nobody reads this: the connection is gone.
    return web.Response(status=500)


def _answer(rule: Rule, name: str) -> web.Response:
    if rule.status < SERVER_FAILED:
        must_be_documented(name, rule.error)
    headers = {} if rule.retry_after is None else {"Retry-After": str(rule.retry_after)}
    return web.json_response({"ok": False, "error": rule.error}, status=rule.status, headers=headers)
