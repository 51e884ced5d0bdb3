"""What a person sees while an answer is on its way, and how they stop it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.sender import Sender, SlackAway, SlackSaysNo

log = structlog.get_logger()

# Slack's words for: this workspace, or this app, has no agent sessions.
NO_SESSIONS = {"unknown_method", "feature_disabled", "not_agent_app", "method_deprecated"}
PROCESSING, ACTIVE = "processing", "active"


class Attention:
    """Shows that we are at work in a thread, for exactly as long as we are."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._without_sessions: set[str] = set()
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def give(
        self, team: str, channel: str, thread: str, status: str, work: Coroutine[Any, Any, None]
    ) -> None:
        """
        Do *work* while *status* is shown in the thread; it is taken away whatever happens.

        Who asks again in the same thread before the answer has come gets both answers.
        """
        task = asyncio.create_task(work)
        place = (channel, thread)
        self._under_way[place] = task
        showing = asyncio.create_task(self._show(team, channel, thread, PROCESSING, status))
        try:
            await asyncio.wait({task})
        finally:
            if self._under_way.get(place) is task:
                del self._under_way[place]
            task.cancel()
            await showing
            await self._show(team, channel, thread, ACTIVE, "")
        if task.cancelled():
            log.info("answer.stopped")
        else:
            task.result()

    def stop(self, channel: str, thread: str) -> None:
        """Give up what is under way in the thread: the person pressed stop."""
        if task := self._under_way.get((channel, thread)):
            task.cancel()

    async def _show(self, team: str, channel: str, thread: str, session: str, status: str) -> None:
        """Tell Slack; a status that cannot be shown is no reason not to answer."""
        try:
            if team not in self._without_sessions:
                try:
                    await self._sender.session(channel, thread, session)
                except SlackSaysNo as no:
                    if no.word not in NO_SESSIONS:
                        raise
                    self._without_sessions.add(team)
                else:
                    return
            await self._sender.status(channel, thread, status)
        except (SlackSaysNo, SlackAway) as error:
            log.info("status.not_shown", error=str(error))
