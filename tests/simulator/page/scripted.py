"""A scripted simulator: the page's contract with fixed people, recorded acts and events on demand."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.support.patience import PATIENCE

PAGE = Path(__file__).parents[3] / "simulator" / "page"
SESSION = "session-of-the-test"

type_json = dict[str, object]
Answer = Callable[[type_json], type_json]


def person(user_id: str, name: str, locale: str, **more: object) -> type_json:
    real_name = " ".join(part.capitalize() for part in name.split("."))
    return {
        "id": user_id,
        "name": name,
        "real_name": real_name,
        "email": f"{name}@town.example",
        "locale": locale,
        "tz": "Europe/Helsinki",
        "is_admin": False,
        "deleted": False,
        "is_restricted": False,
        "is_bot": False,
    } | more


PEOPLE = [
    person("U1", "aino.virta", "fi-FI", is_admin=True),
    person("U2", "elsa.strand", "sv-FI"),
    person("U3", "oliver.field", "en-GB"),
    person("U4", "veikko.vanha", "fi-FI", deleted=True),
    person("UBOT", "ekstranet", "en-US", real_name="Ekstranet", is_bot=True),
]


@dataclass
class Scripted:
    """What the server knows, what it was asked to do, and what it answers to each act."""

    origin: str = ""
    messages: dict[str, list[type_json]] = field(default_factory=dict)
    home: type_json | None = None
    views: list[type_json] = field(default_factory=list)
    prompts: list[type_json] = field(default_factory=list)
    wire: list[type_json] = field(default_factory=list)
    acts: list[type_json] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    last_read: str = ""
    _listeners: dict[str, list[asyncio.Queue[type_json]]] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def state(self, user: str | None) -> type_json:
        me = next((one for one in PEOPLE if one["id"] == user), None)
        channels: list[type_json] = [
            {
                "id": "C1",
                "name": "general",
                "is_im": False,
                "is_private": False,
                "members": ["U1", "U2", "U3"],
                "unread": 0,
            },
            {
                "id": "C2",
                "name": "roles",
                "is_im": False,
                "is_private": True,
                "members": ["U1", "U2"],
                "unread": 2,
                "last_read": self.last_read,
            },
            {
                "id": "D1",
                "name": "",
                "is_im": True,
                "is_private": True,
                "user": "UBOT",
                "members": [],
                "unread": 0,
            },
            {
                "id": "D2",
                "name": "",
                "is_im": True,
                "is_private": True,
                "user": "U2",
                "members": [],
                "unread": 0,
            },
        ]
        app = {
            "name": "Ekstranet",
            "bot_user_id": "UBOT",
            "commands": [
                {
                    "command": "/grant",
                    "description": "Grant a role to a person",
                    "usage_hint": "[@person] [role]",
                },
                {"command": "/roles", "description": "Show my roles", "usage_hint": ""},
            ],
            "shortcuts": [
                {"name": "Grant a role", "callback_id": "grant_role", "type": "global"},
                {"name": "Ask about this", "callback_id": "ask_about", "type": "message"},
            ],
            "prompts": self.prompts,
        }
        return {
            "workspace": {"name": "Meri-Lappi", "domain": "meri-lappi", "team_id": "T1"},
            "me": me,
            "users": PEOPLE,
            "channels": channels if me else [],
            "app": app,
            "home": self.home,
            "views": self.views,
        }

    async def tell(self, user: str, **event: object) -> None:
        """Send an event to every page of *user*, once one listens."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: bool(self._listeners.get(user))), PATIENCE)
        for queue in self._listeners[user]:
            queue.put_nowait(dict(event))

    async def break_lines(self, user: str) -> None:
        """End every stream of *user*; the browser comes back by itself."""
        await self.tell(user, type="end")

    async def done(self, act: str, count: int = 1) -> type_json:
        """The last of *count* acts of this kind, once it has come."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.of(act)) >= count), PATIENCE)
        return self.of(act)[-1]

    def of(self, act: str) -> list[type_json]:
        return [one for one in self.acts if one["act"] == act]

    def say(self, channel: str, text: str, **more: object) -> type_json:
        """Put a message into the past of *channel*."""
        ts = f"{time.time() - 600 + len(self.messages.get(channel, [])):.6f}"
        message: type_json = {
            "ts": ts,
            "user": "UBOT",
            "text": text,
            "ephemeral": False,
            "edited": False,
        } | more
        self.messages.setdefault(channel, []).append(message)
        return message

    def application(self) -> web.Application:
        app = web.Application(middlewares=[_strict])
        app.router.add_get("/", self._index)
        app.router.add_get("/sim/state", self._state)
        app.router.add_get("/sim/messages", self._messages)
        app.router.add_get("/sim/events", self._events)
        app.router.add_get("/sim/wire", self._wire)
        app.router.add_post("/sim/act", self._act)
        app.router.add_post("/sim/files", self._file)
        app.router.add_static("/page/", PAGE)
        return app

    async def _index(self, _request: web.Request) -> web.Response:
        text = (PAGE / "index.html").read_text("utf-8").replace("{{session}}", SESSION)
        return web.Response(text=text, content_type="text/html")

    async def _state(self, request: web.Request) -> web.Response:
        return web.json_response(self.state(request.query.get("user")))

    async def _messages(self, request: web.Request) -> web.Response:
        return web.json_response({"messages": self.messages.get(request.query["channel"], [])})

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        queue: asyncio.Queue[type_json] = asyncio.Queue()
        listeners = self._listeners.setdefault(request.query["user"], [])
        async with self._changed:
            listeners.append(queue)
            self._changed.notify_all()
        telling = asyncio.create_task(_tell(ws, queue))
        try:
            async for _ in ws:
                pass
        finally:
            telling.cancel()
            listeners.remove(queue)
        return ws

    async def _wire(self, _request: web.Request) -> web.Response:
        return web.json_response({"wire": self.wire})

    async def _file(self, request: web.Request) -> web.Response:
        name = request.query["name"]
        body = await request.read()
        return web.json_response({"ok": True, "file": {"id": f"F-{name}", "name": name, "size": len(body)}})

    async def _act(self, request: web.Request) -> web.Response:
        body: type_json = await request.json()
        if request.headers.get("X-Simulator-Session") != SESSION:
            return web.json_response({"ok": False, "error": "no_session"}, status=403)
        answer = self.answers.get(str(body["act"]), _granted)(body)
        async with self._changed:
            self.acts.append(body)
            self._changed.notify_all()
        return web.json_response(answer)


async def _tell(ws: web.WebSocketResponse, queue: "asyncio.Queue[type_json]") -> None:
    while (event := await queue.get())["type"] != "end":
        await ws.send_json(event)
    await ws.close()


def _granted(_body: type_json) -> type_json:
    return {"ok": True}


@web.middleware
async def _strict(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        response.headers["Cache-Control"] = "no-store"
    return response
