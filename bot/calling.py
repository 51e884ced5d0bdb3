"""One call of Slack's Web API: with the token of a workspace, tried again where that is safe."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wire
from bot.posting import SlackAway, SlackSaysNo, Unsure
from bot.settings import REAL_TOKEN, BotSettings

log = structlog.get_logger()

TRIES = 4
LONGEST_WAIT = 60.0
# Something broke inside Slack, perhaps after it did what we asked.
BROKEN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "no_json"}
# Slack's words for a token that is good no more.
ENDED = {"account_inactive", "token_revoked", "invalid_auth", "token_expired"}
# The workspace that we speak in: that of the turn that we are in, or of the person whom we write to.
HERE: ContextVar[str] = ContextVar("workspace", default="")

# Their names, written out: the client's own methods encode each call as Slack wants it.
METHODS = {
    "agents.sessions.setStatus": "agents_sessions_setStatus",
    "auth.test": "auth_test",
    "chat.postMessage": "chat_postMessage",
    "chat.postEphemeral": "chat_postEphemeral",
    "chat.update": "chat_update",
    "chat.delete": "chat_delete",
    "conversations.history": "conversations_history",
    "conversations.info": "conversations_info",
    "conversations.open": "conversations_open",
    "conversations.replies": "conversations_replies",
    "users.info": "users_info",
    "users.list": "users_list",
    "views.open": "views_open",
    "views.update": "views_update",
    "views.publish": "views_publish",
    "assistant.threads.setStatus": "assistant_threads_setStatus",
    "assistant.threads.setSuggestedPrompts": "assistant_threads_setSuggestedPrompts",
}


@contextmanager
def within(team: str) -> Iterator[None]:
    """Speak in *team* inside the block; in the same workspace as before if it is empty."""
    if not team:
        yield
        return
    token = HERE.set(team)
    try:
        yield
    finally:
        HERE.reset(token)


class Clients(Protocol):
    """Finds the client that speaks for us in a workspace."""

    async def of(self, team: str) -> AsyncWebClient:
        """
        The client for *team*, or for the only workspace that we are in if it is empty.

        Raises:
            SlackSaysNo: we are not in that workspace.
        """
        ...

    async def ended(self, team: str, word: str) -> None:
        """Hear that Slack takes our token in *team* no more."""
        ...

    async def is_shared(self, team: str, channel: str) -> bool:
        """Tell whether people of other organisations read in *channel*."""
        ...


async def call_within(
    clients: Clients, method: str, *, safe: bool = True, **arguments: Any
) -> Mapping[str, Any]:
    """Call *method* in the workspace that we speak in; *safe* means that doing it twice is doing it once."""
    team = HERE.get()
    try:
        return await call(await clients.of(team), method, safe=safe, **arguments)
    except SlackSaysNo as no:
        if no.word in ENDED:
            await clients.ended(team, no.word)
        raise


async def call(
    client: AsyncWebClient, method: str, *, safe: bool = True, **arguments: Any
) -> Mapping[str, Any]:
    """
    Call *method* with one token.

    Raises:
        SlackSaysNo: Slack refuses.
        SlackAway: not now.
        Unsure: not now, and nobody knows whether it was done; only of what is not *safe*.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    ask: Callable[..., Awaitable[Any]] = getattr(client, METHODS[method])
    waited = 0.0
    for attempt in range(1, TRIES + 1):
        try:
            answer: Mapping[str, Any] = (await ask(**given)).data
        except SlackApiError as error:
            word, pause = wire.word(error), wire.asked_to_wait(error)
            unsure = pause is None and (word in BROKEN or wire.status(error) >= 500)
            if pause is None and not unsure:
                log.warning("slack.refused", method=method, error=word)
                raise SlackSaysNo(word) from None
        except aiohttp.ClientConnectorError:
            word, pause, unsure = "unreachable", 0.2 * attempt, False
        except (aiohttp.ClientError, TimeoutError):
            word, pause, unsure = "no_answer", None, True
        else:
            return answer
        if unsure and not safe:
            raise Unsure(word)
        pause = 0.3 * attempt if pause is None else pause
        waited += pause
        if attempt == TRIES or waited > LONGEST_WAIT:
            break
        await asyncio.sleep(pause)
    raise SlackAway(method)


def client(settings: BotSettings, token: str | None = None) -> AsyncWebClient:
    """
    The SDK's client, pointed at Slack or at the simulator, with *token* or that of the settings.

    Raises:
        ValueError: a real token would go to an address that is not Slack's.
    """
    token = settings.slack_bot_token.get_secret_value() if token is None else token
    if REAL_TOKEN.match(token) and not settings.slack_is_real:
        raise ValueError("a real Slack token is not sent to any address but slack.com's")
    web = AsyncWebClient(
        token=token,
        base_url=settings.api_base,
        timeout=10,
        # The SDK's own would send a message again whose answer was lost.
        retry_handlers=[],
    )
    if settings.on_this_machine:
        # The SDK takes HTTP(S)_PROXY from the environment even for this very machine.
        web.proxy = None
    return web
