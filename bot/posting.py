"""Post a message once: where Slack's answer is lost, look for the message before it is sent again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

import structlog

from bot.sayings import Saying, Sayings

log = structlog.get_logger()

TRIES = 4
PAUSE = 0.2
# Slack's clock and ours may differ by this much.
SKEW = timedelta(minutes=2)
MOST = 200
EVENT = "kanta_said"


class SlackAway(Exception):
    """Slack cannot be reached just now, or asks us to come later."""


class Unsure(SlackAway):
    """Slack may have done it or not: the answer was lost, or says that something broke on the way."""


class SlackSaysNo(Exception):
    """Slack will not do it, now or later. *word* is its error."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Sent:
    """
    Where a message is; *before* says that it was there already.

    Without a *team* it is in the workspace that we are in.
    """

    channel: str
    ts: str
    before: bool = False
    team: str = ""


class Call(Protocol):
    """Calls a method of Slack's; *safe* means that doing it twice is doing it once."""

    async def __call__(self, method: str, *, safe: bool = True, **arguments: Any) -> Mapping[str, Any]: ...


class Posting:
    """
    Sends messages to Slack, each once.

    ``chat.postMessage`` is not idempotent and takes no key. So each message carries its key as metadata, and
    before one is sent again that may have arrived, it is looked for in the conversation. That needs the
    conversation's history, which we may read in direct messages only: elsewhere what may stand there already
    is not sent again.
    """

    def __init__(self, call: Call, sayings: Sayings | None) -> None:
        self._call = call
        self._sayings = sayings

    async def post(
        self, channel: str, thread: str | None, arguments: Mapping[str, Any], key: str | None
    ) -> Sent:
        """
        Post a message, or find it where it was posted before under *key*.

        Raises:
            SlackSaysNo: Slack refuses it.
            SlackAway: not now; under the same key it may be tried again.
        """
        saying = await self._sayings.begin(key) if self._sayings and key else None
        if saying and saying.channel and saying.ts:
            return Sent(saying.channel, saying.ts, before=True)
        name = key or uuid4().hex
        try:
            sent = await self._send(channel, thread, arguments, name, saying)
        except SlackSaysNo:
            if saying is not None and self._sayings and key:
                await self._sayings.unsaid(key)
            raise
        if saying is not None and self._sayings and key:
            await self._sayings.said(key, sent.channel, sent.ts)
        return sent

    async def _send(
        self, channel: str, thread: str | None, arguments: Mapping[str, Any], name: str, saying: Saying | None
    ) -> Sent:
        begun = saying.begun_at if saying else None
        unsure = saying is not None and saying.before
        for attempt in range(1, TRIES + 1):
            if unsure and (found := await self._look(channel, thread, name, begun)):
                return found
            try:
                answer = await self._call(
                    "chat.postMessage",
                    safe=False,
                    channel=channel,
                    thread_ts=thread,
                    metadata={"event_type": EVENT, "event_payload": {"key": name}},
                    **arguments,
                )
            except Unsure as error:
                unsure = True
                log.info("message.answer_lost", error=str(error))
                await asyncio.sleep(PAUSE * attempt)
            else:
                return Sent(str(answer["channel"]), str(answer["ts"]))
        if found := await self._look(channel, thread, name, begun):
            return found
        raise SlackAway("chat.postMessage")

    async def _look(self, channel: str, thread: str | None, name: str, begun: datetime | None) -> Sent | None:
        """
        Find the message called *name*.

        Raises:
            SlackAway: we may not look there, or Slack does not answer.
        """
        if channel[:1] in ("U", "W"):
            channel = str((await self._call("conversations.open", users=channel))["channel"]["id"])
        if not channel.startswith("D"):
            raise SlackAway("what may have been said in a channel is not said again")
        where: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": MOST}
        if begun is not None:
            where["oldest"] = f"{(begun - SKEW).timestamp():.6f}"
        try:
            if thread is None:
                found = await self._call("conversations.history", **where)
            else:
                found = await self._call("conversations.replies", ts=thread, **where)
        except SlackSaysNo as no:
            raise SlackAway(f"cannot look: {no.word}") from no
        for message in found["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == name:
                return Sent(channel, str(message["ts"]))
        return None
