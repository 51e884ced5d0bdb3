"""The one way from us to Slack: checks what is said, keeps the pace, tries again where that is safe."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import wire
from bot.calling import HERE, LONGEST_WAIT, TRIES, Clients, call, call_within, within
from bot.calling import client as client
from bot.posting import Posting, Unsure
from bot.posting import Sent as Sent
from bot.posting import SlackAway as SlackAway
from bot.posting import SlackSaysNo as SlackSaysNo
from bot.sayings import Sayings, key_of
from bot.settings import BotSettings
from bot.views.text import cut
from shared.blockkit.validation import Surface, validate_blocks, validate_view
from shared.contracts.identity import ChatAccount

log = structlog.get_logger()

PACE = 1.0  # Slack takes one message a second in each channel.
ROOMS = ("C", "G")  # What the ids of channels begin with; those of direct messages begin with D.
MOST_TEXT = 4000
MEMBERS = 200  # As many as Slack advises to take at once.
# The trigger of a form was used, and its name taken: by us, if we do not know how the first try ended.
OPENED = {"exchanged_trigger_id", "duplicate_external_id"}
BY_OUR_NAME = "ours:"


@dataclass(frozen=True, slots=True)
class Said:
    """A message: *text* says the whole thing, for notifications and screen readers; *blocks* show it."""

    text: str
    blocks: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class Sender:
    """Talks to Slack for the whole bot."""

    client: AsyncWebClient
    settings: BotSettings
    pace: float = PACE
    sayings: Sayings | None = None
    clients: Clients | None = None
    _turns: dict[str, float] = field(default_factory=dict)

    async def post(
        self, to: str | ChatAccount, said: Said, *, thread: str | None = None, name: str | None = None
    ) -> Sent:
        """
        Say something to a person directly, or in a channel of the workspace that we are in.

        What has a *name*, or is said on an occasion, is said once, however often it is asked for.

        Raises:
            SlackSaysNo: people of other organisations read there, or Slack will not have it.
        """
        message = _message(said)
        channel, team = (to, "") if isinstance(to, str) else (to.user, to.team)
        with within(team):
            await self._check_readers(channel)
            await self._wait_for_turn(channel)
            arguments = {**message, "unfurl_links": False, "unfurl_media": False}
            key = key_of(channel, thread, message, name)
            return await Posting(self._call, self.sayings).post(channel, thread, arguments, key)

    async def whisper(self, channel: str, user: str, said: Said) -> None:
        """Say something in *channel* that only *user* sees."""
        await self._call("chat.postEphemeral", channel=channel, user=user, **_message(said))

    async def _check_readers(self, channel: str) -> None:
        """Raise SlackSaysNo where people of other organisations would read what we say."""
        if self.clients is None or not channel.startswith(ROOMS):
            return
        if await self.clients.is_shared(HERE.get(), channel):
            raise SlackSaysNo("ext_shared_channel")

    async def change(self, where: Sent, said: Said) -> None:
        """Say it anew in the same place."""
        words = _message(said, clear=True)
        with within(where.team):
            await self._call("chat.update", channel=where.channel, ts=where.ts, **words)

    async def remove(self, where: Sent) -> None:
        with within(where.team):
            await self._call("chat.delete", channel=where.channel, ts=where.ts)

    async def open(self, trigger: str, view: Mapping[str, Any]) -> str:
        """
        Open a modal; return its id.

        A trigger opens once. Where the answer to that was lost the modal goes by a name of our own.
        """
        name, unsure = uuid4().hex, False
        for _ in range(TRIES):
            try:
                answer = await self._call(
                    "views.open", safe=False, trigger_id=trigger, view=_view({**view, "external_id": name})
                )
            except Unsure:
                unsure = True
            except SlackSaysNo as no:
                if unsure and no.word in OPENED:
                    return BY_OUR_NAME + name
                raise
            else:
                return str(answer["view"]["id"])
        raise SlackAway("views.open")

    async def update(self, view_id: str, view: Mapping[str, Any], *, seen: str | None = None) -> None:
        """Show *view* in the place of another; with *seen*, only if that is still the one of this hash."""
        name = view_id.removeprefix(BY_OUR_NAME)
        if name != view_id:
            named = _view({**view, "external_id": name})
            await self._call("views.update", external_id=name, view=named, hash=seen)
            return
        await self._call("views.update", view_id=view_id, view=_view(view), hash=seen)

    async def publish(
        self, to: str | ChatAccount, view: Mapping[str, Any], *, seen: str | None = None
    ) -> str:
        """Show *view* on the person's Home tab, likewise; return its hash."""
        user, team = (to, "") if isinstance(to, str) else (to.user, to.team)
        with within(team):
            answer = await self._call("views.publish", user_id=user, view=_view(view), hash=seen)
        return str(answer["view"].get("hash") or "")

    async def status(self, channel: str, thread: str, text: str) -> None:
        """Show *text* as what we are doing in the thread; nothing takes it away."""
        await self._call("assistant.threads.setStatus", channel_id=channel, thread_ts=thread, status=text)

    async def session(self, channel: str, thread: str, status: str) -> None:
        """Say where the agent's session in the thread stands: *processing* shows people a way to stop it."""
        await self._call("agents.sessions.setStatus", channel_id=channel, thread_ts=thread, status=status)

    async def prompts(self, channel: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Suggest questions; without a thread, as agents must."""
        listed = [{"title": title, "message": message} for title, message in prompts]
        await self._call("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=listed)

    async def respond(self, url: str, said: Said) -> None:
        """
        Answer an interaction so that only the person who acted sees it.

        Raises:
            SlackSaysNo: the address is not one of Slack's, or is used up.
        """
        if not self.settings.answers_go_to(url):
            raise SlackSaysNo("foreign_response_url")
        body = _message(said) | {"response_type": "ephemeral", "replace_original": False}
        for attempt in range(1, TRIES + 1):
            try:
                async with (
                    aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
                    session.post(url, json=body, allow_redirects=False) as answer,
                ):
                    if answer.status == 200:
                        return
                    if answer.status != 429 and answer.status < 500:
                        raise SlackSaysNo("response_url_refused")
                    pause = wire.seconds(answer.headers.get("Retry-After")) or 0.3 * attempt
            except (aiohttp.ClientError, TimeoutError):
                # Said twice where only one person sees it is better than not said at all.
                pause = 0.2 * attempt
            await asyncio.sleep(min(pause, LONGEST_WAIT))
        raise SlackAway("response_url")

    async def account(self, of: ChatAccount) -> Mapping[str, Any]:
        """What Slack knows of an account, its locale included."""
        with within(of.team):
            answer = await self._call("users.info", user=of.user, include_locale=True)
        found: Mapping[str, Any] = answer["user"]
        return found

    async def members(self, team: str, cursor: str) -> tuple[Sequence[Mapping[str, Any]], str]:
        """Some of the accounts that there are in *team*, closed ones included, and the cursor to the next."""
        with within(team):
            answer = await self._call("users.list", team_id=team, cursor=cursor or None, limit=MEMBERS)
        return answer["members"], str((answer.get("response_metadata") or {}).get("next_cursor") or "")

    async def room(self, channel: str) -> Mapping[str, Any]:
        """What Slack knows of a channel."""
        answer: Mapping[str, Any] = (await self._call("conversations.info", channel=channel))["channel"]
        return answer

    async def whoami(self) -> Mapping[str, Any]:
        """The team, user and bot ids that belong to the token of the settings."""
        return await call(self.client, "auth.test")

    async def _call(self, method: str, *, safe: bool = True, **arguments: Any) -> Mapping[str, Any]:
        if self.clients is None:
            return await call(self.client, method, safe=safe, **arguments)
        return await call_within(self.clients, method, safe=safe, **arguments)

    async def _wait_for_turn(self, channel: str) -> None:
        now = asyncio.get_running_loop().time()
        if len(self._turns) > 1000:
            self._turns = {name: due for name, due in self._turns.items() if due > now}
        due = max(self._turns.get(channel, 0.0), now)
        self._turns[channel] = due + self.pace
        if due > now:
            await asyncio.sleep(due - now)


def _message(said: Said, *, clear: bool = False) -> dict[str, Any]:
    if not said.text:
        raise ValueError("a message without a text is silent to screen readers")
    text = cut(said.text, MOST_TEXT - 1)
    blocks = [dict(block) for block in said.blocks]
    if errors := validate_blocks(Surface.MESSAGE, blocks):
        log.error("message.malformed", errors=[error.as_json() for error in errors[:3]])
        blocks = []
    return {"text": text, "blocks": blocks} if blocks or clear else {"text": text}


def _view(view: Mapping[str, Any]) -> dict[str, Any]:
    if errors := validate_view(view):
        # Slack would refuse it as well; the log says better why.
        log.error("view.malformed", errors=[error.as_json() for error in errors[:3]])
    return dict(view)
