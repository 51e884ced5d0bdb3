"""The door of the Web API: finds the method, checks the token and the scope, answers as Slack does."""

import time
from dataclasses import dataclass, field, replace

from aiohttp import web

from simulator.api import (
    account,
    assistant,
    blocks,
    channels,
    chat,
    conversations,
    files,
    reactions,
    scheduling,
    sessions,
    streaming,
    team,
    users,
    views,
)
from simulator.api.arguments import Arguments
from simulator.api.documented import Documented, UndocumentedCodeError, must_be_documented, reference
from simulator.api.faulty import faulted
from simulator.api.limits import Limits
from simulator.api.method import Methods, missing_scope
from simulator.slack import Slack
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.ids import random_id

METHODS: Methods = {
    **account.METHODS,
    **assistant.METHODS,
    **blocks.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **scheduling.METHODS,
    **sessions.METHODS,
    **streaming.METHODS,
    **team.METHODS,
    **users.METHODS,
    **views.METHODS,
}
# Retired by Slack in November 2025; files go up by way of files.getUploadURLExternal.
RETIRED = frozenset({"files.upload"})


@dataclass(frozen=True)
class Fault:
    """One answer that Slack gives instead of its own, such as 429 with a time to wait."""

    status: int = 429
    error: str = "ratelimited"
    retry_after: int | None = 1


@dataclass
class Endpoint:
    """Serves /api/{method}, as often as *limits* allow.

    What Slack does not document for a method is never answered: such a call fails, and so does whoever ran
    the simulator, because *undocumented* is read at the end.
    """

    slack: Slack
    limits: Limits | None = None
    undocumented: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        name, app = request.match_info["method"], self.slack.app
        began = time.perf_counter()
        try:
            answer = await faulted(
                app.delivery.faults, app.clock, name, request, lambda: self._answer(name, request)
            )
        except UndocumentedCodeError as error:
            self.undocumented.append(str(error))
            raise
        if answer.status != 200:
            self._tell(name, began, {"ok": False, "error": f"HTTP {answer.status}"})
        return answer

    async def _answer(self, name: str, request: web.Request) -> web.Response:
        began = time.perf_counter()
        given: Json = {}
        try:
            facts = _known(name)
            args = await Arguments.of(request, facts)
            given = {key: value for key, value in args.given.items() if key != "token"}
            stage, args = self._admit(args, _token(request, args))
            if self.limits is not None and (seconds := self.limits.wait(stage.team_id, args)):
                return _too_often(seconds)
            answer = _warned({"ok": True, **METHODS[name](stage, args)}, args.warnings)
        except SlackError as refusal:
            must_be_documented(name, refusal.code)
            answer = refusal.as_json()
        self._tell(name, began, answer, given)
        row = reference().methods.get(name)
        headers = {
            "x-slack-req-id": random_id("R"),
            "x-oauth-scopes": ",".join(sorted(self.slack.app.manifest.scopes)),
            "x-accepted-oauth-scopes": ",".join(row.scopes if row else ()),
        }
        return web.json_response(answer, headers=headers)

    def _tell(self, name: str, began: float, answer: Json, given: Json | None = None) -> None:
        """Tell whoever looks on of a call and what came of it."""
        ms = round((time.perf_counter() - began) * 1000, 1)
        body = {"arguments": given, "answer": answer}
        news = {"type": "wire", "direction": "api", "kind": name, "ms": ms, "body": body}
        self.slack.app.feed.publish(news)

    def _admit(self, args: Arguments, given: str | None) -> tuple[Stage, Arguments]:
        """Find the workspace that the token opens, and the scopes that it holds there."""
        facts = args.facts
        if not facts.tokens:
            return self.slack.first, args
        if not given:
            raise SlackError("not_authed")
        token = self.slack.app.tokens.find(given)
        if token.kind not in facts.tokens:
            raise SlackError("not_allowed_token_type")
        stage = self.slack.opened_by(token, args.given)
        held = stage.manifest.scopes if token.scopes is None else token.scopes
        if facts.scopes and held.isdisjoint(facts.scopes):
            raise missing_scope(facts.scopes, held)
        return stage, replace(args, held=held)

    def close(self) -> None:
        """Raise UndocumentedCodeError if any call was about to be refused in words that Slack lacks."""
        if self.undocumented:
            raise UndocumentedCodeError(", ".join(self.undocumented))


def _known(name: str) -> Documented:
    if name in RETIRED:
        raise SlackError("method_deprecated")
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return reference().methods[name]


def _too_often(seconds: int) -> web.Response:
    refusal = SlackError("ratelimited").as_json()
    return web.json_response(refusal, status=429, headers={"Retry-After": str(seconds)})


def _warned(answer: Json, warnings: tuple[str, ...]) -> Json:
    if not warnings:
        return answer
    metadata = answer.get("response_metadata", {}) | {"warnings": list(warnings)}
    return answer | {"warning": ",".join(warnings), "response_metadata": metadata}


def _token(request: web.Request, args: Arguments) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else args.text("token")
