"""The door of the Web API: finds the method, checks the token and the scope, answers as Slack does."""

import time
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from simulator.api import account, assistant, blocks, chat, conversations, views
from simulator.api.arguments import Arguments
from simulator.api.method import Method, Methods
from simulator.slack import Slack
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.ids import random_id

METHODS: Methods = {
    **account.METHODS,
    **assistant.METHODS,
    **blocks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **views.METHODS,
}


@dataclass(frozen=True)
class Fault:
    """One answer that Slack gives instead of its own, such as 429 with a time to wait."""

    status: int = 429
    error: str = "ratelimited"
    retry_after: int | None = 1


@dataclass
class Endpoint:
    """Serves /api/{method}; *faults* wait for the next calls of their methods."""

    slack: Slack
    faults: dict[str, deque[Fault]] = field(default_factory=dict)

    async def handle(self, request: web.Request) -> web.Response:
        began = time.perf_counter()
        name = request.match_info["method"]
        if self.faults.get(name):
            return _failed(self.faults[name].popleft())
        given: Json = {}
        try:
            args = await Arguments.of(request)
            given = {key: value for key, value in args.given.items() if key != "token"}
            answer: Json = {"ok": True, **self._call(name, args, _token(request, args))}
        except SlackError as refusal:
            answer = refusal.as_json()
        self.slack.app.feed.publish(
            {
                "type": "wire",
                "direction": "api",
                "kind": name,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "body": {"arguments": given, "answer": answer},
            }
        )
        headers = {
            "x-slack-req-id": random_id("R"),
            "x-oauth-scopes": ",".join(sorted(self.slack.app.manifest.scopes)),
        }
        return web.json_response(answer, headers=headers)

    def _call(self, name: str, args: Arguments, token: str | None) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        return method.run(self._admit(method, token, args), args)

    def _admit(self, method: Method, given: str | None, args: Arguments) -> Stage:
        """Find the workspace that the token opens, if it may be used for *method*."""
        if not given:
            raise SlackError("not_authed")
        token = self.slack.app.tokens.find(given)
        if method.by not in (token.kind, "either"):
            raise SlackError("not_allowed_token_type")
        stage = self.slack.opened_by(token, args.given)
        held = stage.manifest.scopes if token.scopes is None else token.scopes
        if method.scopes and not held.intersection(method.scopes):
            raise SlackError("missing_scope", needed=method.scopes[0], provided=",".join(sorted(held)))
        return stage


def _token(request: web.Request, args: Arguments) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else args.text("token")


def _failed(fault: Fault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)
