"""One long conversation with the Web API, in which every method is called once at least."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from simulator.running import Simulator
from simulator.wire import Json
from tests.simulator.doorkeeper import card, home, modal

Call = Callable[..., Awaitable[Json]]
_LONG_AGO = 1_600_000_000
_VOLATILE = (
    (re.compile(r"\b\d{10}\.\d{6}\b"), "TS"),
    (re.compile(r"\b\d{10}\.[0-9a-f]{8}\b"), "HASH"),
    (re.compile(r"\b[A-Za-z]{1,2}[0-9A-F]{10}\b"), "ID"),
    (re.compile(r"(/upload/v1/|ticket=)[\w-]+"), r"\1SECRET"),
    (re.compile(r"p\d{16}"), "pTS"),
    (re.compile(r":\d{4,5}/"), ":PORT/"),
)


def plain(answer: Any) -> Any:
    """Write an answer without what differs each time."""
    match answer:
        case dict():
            return {name: plain(value) for name, value in answer.items()}
        case list():
            return [plain(value) for value in answer]
        case int() if answer > _LONG_AGO:
            return "TIME"
        case str():
            for pattern, word in _VOLATILE:
                answer = pattern.sub(word, answer)
    return answer


@dataclass
class Scenario:
    """Calls every method by *call*, in whatever encoding that is, and keeps the answers."""

    simulator: Simulator
    call: Call
    answers: list[tuple[str, Any]] = field(default_factory=list)

    async def do(self, method: str, **arguments: Any) -> Json:
        answer = await self.call(method, **arguments)
        self.answers.append((method, plain(answer)))
        return answer

    async def play(self) -> None:
        await self._look_around()
        await self._talk()
        await self._write()
        await self._keep_rooms()
        await self._show_views()
        await self._share_files()
        await self.do("auth.revoke", test=True)

    async def _look_around(self) -> None:
        await self.do("api.test", foo="bar")
        await self.do("auth.test")
        await self.do("apps.connections.open", app_token=self.simulator.app_token)
        await self.do("team.info")
        await self.do("bots.info", bot="B0SIMULATOR")
        await self.do("emoji.list")
        await self.do("users.info", user="U0AINO", include_locale=True)
        await self.do("users.list", limit=3)
        await self.do("users.lookupByEmail", email="aino@harbour.example")
        await self.do("users.profile.get", user="U0AINO")
        await self.do("users.getPresence", user="U0AINO")
        await self.do("users.conversations", types="public_channel,private_channel", exclude_archived=True)
        await self.do("usergroups.list", include_users=True)
        await self.do("usergroups.users.list", usergroup="S0PILOTS", include_disabled=False)

    async def _talk(self) -> None:
        dm = (await self.do("conversations.open", users=["U0AINO", "U0BERTIL"], return_im=True))["channel"]
        posted = await self.do("chat.postMessage", channel=dm["id"], text="A & B <ä>", blocks=card())
        place = {"channel": dm["id"], "ts": posted["ts"]}
        await self.do("chat.postMessage", channel=dm["id"], text="Yes", thread_ts=posted["ts"], mrkdwn=False)
        await self.do("chat.postEphemeral", channel=dm["id"], user="U0AINO", text="You alone")
        await self.do("chat.update", **place, text="Changed", blocks=[])
        await self.do("chat.getPermalink", channel=dm["id"], message_ts=posted["ts"])
        item = {"channel": dm["id"], "timestamp": posted["ts"]}
        await self.do("reactions.add", name="boat", **item)
        await self.do("reactions.get", full=True, **item)
        await self.do("reactions.remove", name="boat", **item)
        await self.do("conversations.history", channel=dm["id"], limit=5, inclusive=True)
        await self.do("conversations.replies", **place)
        await self.do("conversations.members", channel=dm["id"])
        await self.do("conversations.mark", **place)
        await self.do("chat.delete", **place)
        await self.do("conversations.close", channel=dm["id"])
        soon = int(self.simulator.clock.now()) + 600
        set_ = await self.do("chat.scheduleMessage", channel="C0GENERAL", post_at=soon, text="Later")
        await self.do("chat.scheduledMessages.list", channel="C0GENERAL")
        name = set_["scheduled_message_id"]
        await self.do("chat.deleteScheduledMessage", channel="C0GENERAL", scheduled_message_id=name)

    async def _write(self) -> None:
        said = await self.simulator.act("U0AINO", "say", text="How?")
        thread = {"channel_id": said["channel"], "thread_ts": said["ts"]}
        await self.do("agents.sessions.setStatus", **thread, status="processing", title="Knots")
        await self.do("agents.sessions.rename", **thread, title="Bends")
        await self.do("assistant.threads.setStatus", **thread, status="thinks", loading_messages=["…"])
        await self.do("assistant.threads.setTitle", **thread, title="Knots")
        prompts = [{"title": "Tie", "message": "How do I tie?"}]
        await self.do("assistant.threads.setSuggestedPrompts", channel_id=said["channel"], prompts=prompts)
        started = await self.do("chat.startStream", channel=said["channel"], thread_ts=said["ts"])
        place = {"channel": said["channel"], "ts": started["ts"]}
        chunks = [{"type": "task_update", "id": "1", "title": "Look", "status": "complete"}]
        await self.do("chat.appendStream", **place, chunks=chunks, markdown_text="So: ")
        blocks = [{"type": "divider"}]
        await self.do(
            "chat.stopStream", **place, markdown_text="**so**.", blocks=blocks, session_status="active"
        )
        await self.do("blocks.validate", blocks=card())

    async def _keep_rooms(self) -> None:
        made = await self.do("conversations.create", name="night-watch", is_private=True)
        here = {"channel": made["channel"]["id"]}
        await self.do("conversations.invite", **here, users=["U0AINO", "U0CELIA"])
        await self.do("conversations.kick", **here, user="U0CELIA")
        await self.do("conversations.setTopic", **here, topic="Who?")
        await self.do("conversations.setPurpose", **here, purpose="Watch")
        await self.do("conversations.rename", **here, name="day-watch")
        await self.do("conversations.info", **here, include_num_members=True)
        await self.do("conversations.archive", **here)
        await self.do("conversations.unarchive", **here)
        await self.do("conversations.leave", **here)
        await self.do("conversations.join", channel="C0QUAY")
        await self.do("conversations.list", types="public_channel", exclude_archived=False, limit=2)

    async def _show_views(self) -> None:
        triggers = self.simulator.stage.triggers
        opened = await self.do("views.open", trigger_id=triggers.issue("U0AINO"), view=modal(card()))
        await self.do("views.push", trigger_id=triggers.issue("U0AINO"), view=modal(card()))
        await self.do("views.update", view_id=opened["view"]["id"], view=modal(card("Changed")))
        await self.do("views.publish", user_id="U0AINO", view=home("Welcome"))

    async def _share_files(self) -> None:
        place = await self.do("files.getUploadURLExternal", filename="log.txt", length=5)
        async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=b"ahoy!"):
            pass
        files = [{"id": place["file_id"], "title": "Log"}]
        await self.do(
            "files.completeUploadExternal", files=files, channel_id="C0GENERAL", initial_comment="Here"
        )
        await self.do("files.info", file=place["file_id"])
        await self.do("files.list", channel="C0GENERAL", count=10)
        await self.do("files.delete", file=place["file_id"])
